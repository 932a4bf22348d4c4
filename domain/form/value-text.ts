import { isDay } from '../time'
import type { Region } from './region'
import type { Address, FieldValue, FormValues, FormViewField } from './types'

const isAddress = (value: FieldValue): value is Address =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'detail' in value

/** 逐级按代码找名称；不是本目录代码的，照写的原样。 */
function addressText({ province, city, district, town, village, detail }: Address, regions: Region[]): string {
  let level = regions
  const parts = [province, city, district, town, village ?? ''].map(part => {
    const region = level.find(each => each.code === part || each.name === part)
    level = region?.children ?? []
    return region?.name ?? part
  })
  return [...parts, detail].join('')
}

const dateText = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year} 年 ${month} 月 ${date} 日`
}

/** 一个值给人看的写法：选项写文字，日期写年月日，金额写元与两位小数，地址写名称。签字前的核对与设备上的对照用同一个函数。 */
export function valueText(field: FormViewField, value: FieldValue, regions: Region[]): string {
  const label = (chosen: string) => field.options.find(option => option.value === chosen)?.label ?? chosen
  if (value === null || value === '') return '（未填）'
  if (isAddress(value)) return addressText(value, regions)
  if (field.type === 'group' && Array.isArray(value)) {
    return (value as FormValues[]).map((row, index) => `${index + 1}. ${rowText(field, row, regions)}`).join('；')
  }
  if (field.type === 'money' && typeof value === 'number') return `${(value / 100).toFixed(2)} 元`
  if (field.type === 'date' && isDay(String(value))) return dateText(String(value))
  if (Array.isArray(value)) return value.map(each => label(String(each))).join('、') || '（未填）'
  return `${label(String(value))}${field.unit && typeof value === 'number' ? ` ${field.unit}` : ''}`
}

const rowText = (group: FormViewField, row: FormValues, regions: Region[]): string =>
  group.fields.map(field => `${field.label}：${valueText(field, row[field.id] ?? null, regions)}`).join('，')
