import type { Address, FieldError, FieldValue, FormViewField } from '../../../../domain/form/types'
import { Field, RegionPicker, type Region } from '../../../components'
import { Box } from '../../../platform/host'

const levels = ['省（自治区、直辖市）', '市', '区（县、市）', '街道（镇）', '村（社区）']

interface AddressFieldProps {
  id: string
  field: FormViewField
  hint?: string
  faults: FieldError[]
  pointer: string
  regions: Region[]
  onChange: (value: Address) => void
  onCheck: (value: Address) => void
}

/** A structured address: the place level by level, then street and number in words. */
export function AddressField({ id, field, hint, faults, pointer, regions, onChange, onCheck }: AddressFieldProps) {
  const address = asAddress(field.value)
  const codes = [address.province, address.city, address.district, address.town, address.village ?? '']
  const chosen = codes.slice(0, codes.indexOf('') < 0 ? codes.length : codes.indexOf(''))
  const detailFault = faults.find((fault) => fault.pointer === `${pointer}/detail`)
  const placeFault = faults.find((fault) => fault !== detailFault)
  function place([province = '', city = '', district = '', town = '', village = '']: string[]) {
    onChange({ province, city, district, town, ...(village ? { village } : {}), detail: address.detail })
  }
  return <Box>
    <RegionPicker
      id={id} label={field.label} hint={hint} required={field.required} regions={regions} levels={levels} value={chosen} onChange={place}
      error={placeFault?.message}
    />
    <Field
      id={`${id}-detail`} label={`${field.label}：详细地址`} required={field.required} value={address.detail} maxLength={100}
      hint='路名、小区、楼号、室号' error={detailFault?.message}
      onChange={(detail) => onChange({ ...address, detail })} onBlur={() => { if (address.province || address.detail) onCheck(address) }}
    />
  </Box>
}

function asAddress(value: FieldValue): Address {
  const blank = { province: '', city: '', district: '', town: '', detail: '' }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...blank, ...value } : blank
}
