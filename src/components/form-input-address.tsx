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
  errorAt: (pointer: string) => string | undefined
  regions: Region[]
}

const parts = ['province', 'city', 'district', 'town', 'village'] as const
const levels = ['省', '市', '区县', '镇街', '村社区']

/** An address: the place level by level as far as the list goes, the rest in words. */
export function AddressInput({ id, label, required, hint, pointer, value, onChange, errorAt, regions }: AddressInputProps) {
  const depth = listedLevels(regions, value)
  const change = (some: Partial<Address>) => onChange({ ...value, ...some } as Address)
  const pick = (codes: string[]) =>
    onChange({ detail: value.detail ?? '', ...Object.fromEntries(codes.map((code, at) => [parts[at], code])) } as Address)
  const faulty = parts
    .slice(0, depth)
    .map((part) => errorAt(`${pointer}/${part}`))
    .find(Boolean)
  return (
    <>
      <RegionPicker
        id={id}
        label={label}
        required={required}
        hint={hint}
        error={errorAt(pointer) ?? faulty}
        regions={regions}
        levels={levels}
        value={parts.slice(0, depth).flatMap((part) => value[part] ?? [])}
        onChange={pick}
      />
      {value.district && depth < 4 && (
        <Field
          id={`${id}-town`}
          label={`${label}的镇街`}
          required={required}
          maxLength={30}
          error={errorAt(`${pointer}/town`)}
          value={value.town ?? ''}
          onChange={(town) => change({ town })}
        />
      )}
      {value.town && depth < 5 && (
        <Field
          id={`${id}-village`}
          label={`${label}的村社区`}
          maxLength={30}
          error={errorAt(`${pointer}/village`)}
          value={value.village ?? ''}
          onChange={(village) => change({ village })}
        />
      )}
      <Field
        id={`${id}-detail`}
        label={`${label}的详细地址`}
        required={required}
        maxLength={100}
        hint="路名、门牌号、楼栋、房号"
        error={errorAt(`${pointer}/detail`)}
        value={value.detail ?? ''}
        onChange={(detail) => change({ detail })}
      />
    </>
  )
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
