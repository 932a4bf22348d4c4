import type { Address, FieldValue } from '../../domain/form/types'
import { Field } from './field'
import { RegionPicker, type Region } from './region-picker'

interface AddressInputProps {
  id: string
  label: string
  required: boolean
  hint?: string
  pointer: string
  value: Partial<Address>
  onChange: (value: FieldValue) => void
  onCheck: (value: FieldValue) => void
  errorAt: (pointer: string) => string | undefined
  regions: Region[]
}

const parts = ['province', 'city', 'district', 'town', 'village'] as const
const levels = ['省（自治区、直辖市）', '市', '区（县、市）', '街道（镇）', '村（社区）']

/** An address: the place level by level as far as the list goes, the rest in words. */
export function AddressInput({ id, label, required, hint, pointer, value, onChange, onCheck, errorAt, regions }: AddressInputProps) {
  const depth = listedLevels(regions, value)
  const listed = parts.slice(0, depth)
  const change = (some: Partial<Address>) => onChange({ ...value, ...some } as Address)
  const pick = (codes: string[]) =>
    onChange({ detail: value.detail ?? '', ...Object.fromEntries(codes.map((code, at) => [parts[at], code])) } as Address)
  const typed = (part: 'town' | 'village' | 'detail') => ({
    error: errorAt(`${pointer}/${part}`),
    value: value[part] ?? '',
    onChange: (text: string) => change({ [part]: text }),
    onBlur: () => { if (value.province || value.detail) onCheck(value as Address) }
  })
  return <>
    <RegionPicker
      id={id} label={label} required={required} hint={hint} regions={regions} levels={levels} onChange={pick}
      value={listed.flatMap((part) => value[part] || [])}
      error={errorAt(pointer) ?? listed.map((part) => errorAt(`${pointer}/${part}`)).find(Boolean)}
    />
    {value.district && depth < 4 && <Field {...typed('town')} id={`${id}-3`} label={`${label}：街道（镇）`} required={required} maxLength={30} />}
    {value.town && depth < 5 && <Field {...typed('village')} id={`${id}-4`} label={`${label}：村（社区）`} maxLength={30} />}
    <Field
      {...typed('detail')} id={`${id}-detail`} label={`${label}：详细地址`} required={required} maxLength={100}
      hint='路名、小区、楼号、室号'
    />
  </>
}

/** How many levels the list offers for what has been chosen so far. */
function listedLevels(regions: Region[], value: Partial<Address>): number {
  let offered: Region[] | undefined = regions
  let depth = 0
  for (const part of parts) {
    if (!offered?.length) break
    depth += 1
    offered = offered.find(({ code }) => code === value[part])?.children
  }
  return depth
}
