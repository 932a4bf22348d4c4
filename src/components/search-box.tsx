import { InputHost } from '../platform/form-host'
import { Box, Press } from '../platform/host'
import { Icon } from './icon'
import './search-box.scss'

interface SearchBoxProps {
  id: string
  /** Spoken name; the placeholder alone names nothing. */
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
  onSearch: () => void
  focus?: boolean
}

/** One line to say what one wants to do. */
export function SearchBox({ id, label, placeholder, value, onChange, onSearch, focus }: SearchBoxProps) {
  return <Box className='search' role='search'>
    <Box className='search-glass'><Icon name='search' ink='ink-2' /></Box>
    <InputHost
      id={id} className='search-input' kind='search' aria-label={label} spoken={label} placeholder={placeholder} maxLength={50}
      value={value} onChange={onChange} onEnter={onSearch} focus={focus}
    />
    <Press className='search-go' onPress={onSearch}>搜索</Press>
  </Box>
}
