import type { FaceType } from '../../../../domain/licence/types'

/** One field as it is shown on a face; what came without a type is text. */
export interface FaceField {
  name: string
  text: string
  type?: FaceType
  masked?: boolean
}

/** Fields to read and photos to look at: a face draws them in different places. */
export function partsOf(fields: FaceField[]): { photos: FaceField[]; lines: FaceField[] } {
  return { photos: fields.filter(({ type }) => type === 'img'), lines: fields.filter(({ type }) => type !== 'img') }
}

/** The text of a field, in its parts: a list has one per entry, all else has one. Dates are written as people say them. */
export function textsOf({ text, type, masked }: FaceField): string[] {
  if (text.trim() === '') return ['未填']
  if (masked) return [text]
  if (type === 'list') return text.split(/\s*[、；;\n]\s*/).filter((entry) => entry !== '')
  return [type === 'd' ? text.replace(/\d{4}-\d{2}-\d{2}/g, spelledDay) : text]
}

function spelledDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year} 年 ${month} 月 ${date} 日`
}

const narrowest = 9

/** Whether a field fits half a line: both its name and its text are short. Chinese characters count whole, others half. */
export function isShort(field: FaceField): boolean {
  const widthOf = (text: string) => [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 255 ? 1 : 0.55), 0)
  const texts = textsOf(field)
  return texts.length === 1 && [field.name + (field.masked ? '（已遮住）' : ''), texts[0] ?? ''].every((text) => widthOf(text) <= narrowest)
}

/**
 * Numbers as they are read out, in groups: an ID number by place, birthday and rest, other long codes by four. Masked and short ones, and
 * what isn't a number, stay as they are.
 */
export function grouped(text: string): string {
  if (/^\d{17}[\dX]$/.test(text)) return `${text.slice(0, 6)} ${text.slice(6, 10)} ${text.slice(10, 14)} ${text.slice(14)}`
  if (!/^[0-9A-Z]{9,}$/.test(text)) return text
  return text.replace(/(.{4})(?=.)/g, '$1 ')
}
