import type { Region } from '../../../catalogue/regions'
import type { Address, FieldValue, FormValues, FormViewField } from '../../../domain/form/types'

const isAddress = (value: FieldValue): value is Address => typeof value === 'object' && value !== null && !Array.isArray(value) && 'detail' in value

/** The tree's name for a code at one level; what is no code of ours stands as it was written. */
function addressText({ province, city, district, town, village, detail }: Address, regions: Region[]): string {
  let level = regions
  const parts = [province, city, district, town, village ?? ''].map(part => {
    const region = level.find(each => each.code === part || each.name === part)
    level = region?.children ?? []
    return region?.name ?? part
  })
  return [...parts, detail].join('')
}

/** How a value reads in the summary before signing: option labels, 元 with two decimals, addresses by name. */
export function valueText(field: FormViewField, value: FieldValue, regions: Region[]): string {
  const label = (chosen: string) => field.options.find(option => option.value === chosen)?.label ?? chosen
  if (value === null || value === '') return '（未填）'
  if (isAddress(value)) return addressText(value, regions)
  if (field.type === 'group' && Array.isArray(value)) {
    return (value as FormValues[]).map((row, index) => `${index + 1}. ${rowText(field, row, regions)}`).join('；')
  }
  if (field.type === 'money' && typeof value === 'number') return `${(value / 100).toFixed(2)} 元`
  if (Array.isArray(value)) return value.map(each => label(String(each))).join('、') || '（未填）'
  return `${label(String(value))}${field.unit && typeof value === 'number' ? ` ${field.unit}` : ''}`
}

const rowText = (group: FormViewField, row: FormValues, regions: Region[]): string =>
  group.fields.map(field => `${field.label}：${valueText(field, row[field.id] ?? null, regions)}`).join('，')
