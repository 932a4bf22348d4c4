import { Group, SelectHost } from '../platform/form-host'
import { Box, Span } from '../platform/host'
import { classes } from './classes'
import { describedBy, FieldError, spokenLabel } from './field-frame'
import './field.scss'
import './region-picker.scss'

export interface Region {
  code: string
  name: string
  children?: Region[]
}

interface RegionPickerProps {
  id: string
  label: string
  /** The whole tree to choose from: province → city → district → town, or a part of it. */
  regions: Region[]
  /** Codes from the top down; shorter than the tree while unfinished. */
  value: string[]
  onChange: (codes: string[]) => void
  levels?: string[]
  hint?: string
  error?: string
  required?: boolean
  disabled?: boolean
}

const chinese = ['省（自治区、直辖市）', '市', '区（县、市）', '街道（镇）']

/** A place, level by level; choosing anew at one level forgets the levels below. */
export function RegionPicker(props: RegionPickerProps) {
  const { id, label, regions, value, onChange, levels = chinese, hint, error, required, disabled } = props
  const shown = openLevels(regions, value)
  return <Group
    id={id} className={classes('field', error && 'is-bad')} multiple describedBy={describedBy(id, hint, error)}
    spoken={spokenLabel(label, { required, hint, error })} legend={<>{label}{!required && <Span className='field-optional'>选填</Span>}</>}
  >
    {hint && <Box id={`${id}-hint`} className='field-hint'>{hint}</Box>}
    {shown.map((options, level) => <Box key={level} className='region-level'>
      <SelectHost
        id={`${id}-${level}`} className='control control--pick' aria-label={levels[level]} spoken={`${label}，${levels[level]}`}
        placeholder={`请选择${levels[level]}`} value={value[level] ?? ''} disabled={disabled}
        options={options.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(code) => onChange(code ? [...value.slice(0, level), code] : value.slice(0, level))}
      />
    </Box>)}
    <FieldError id={id} error={error} />
  </Group>
}

function openLevels(regions: Region[], value: string[]): Region[][] {
  const shown = [regions]
  for (const code of value) {
    const children = shown[shown.length - 1]?.find((region) => region.code === code)?.children
    if (!children?.length) break
    shown.push(children)
  }
  return shown
}
