import type { Licence } from '../../../contract/licences'
import { maskAddress, maskIdNumber, maskName } from '../../../domain/identifier/mask'
import { isSensitive } from '../../../domain/licence/sensitivity'
import type { FaceField, LicenceType } from '../../../domain/licence/types'

type FaceLine = Licence['face'][number]

/** The face as the catalogue orders it; what the catalogue does not know comes last and counts as sensitive. */
export function faceLines(type: LicenceType | undefined, face: Record<string, string>, reveal: boolean): FaceLine[] {
  const known = type?.face ?? []
  const unknown = Object.keys(face).filter((name) => !known.some((field) => field.name === name))
  const fields: FaceField[] = [...known, ...unknown.map((name) => ({ name, type: 's' as const, sensitivity: 2 as const }))]
  return fields.flatMap((field) => {
    const text = face[field.name]
    if (text === undefined) return []
    const masked = !reveal && isSensitive(field)
    return [{ ...field, text: masked ? maskedText(field, text) : text, masked }]
  })
}

/** Where a certificate has a dash in place of a name (no father, say), the mask must not tell it. */
const maskedName = (name: string): string => (/\p{L}/u.test(name) ? maskName(name) : '***')

/** Masking by what a field holds: numbers keep their ends, names the first character, addresses the town, all else nothing. */
export function maskedText({ name, type }: FaceField, text: string): string {
  if (type === 'id' || type === 'code') return text.split('、').map(maskIdNumber).join('、')
  if (/地址|住址|坐落/.test(name)) return maskAddress(text)
  if (type === 's' && /姓名|人$|户主/.test(name)) return text.split('、').map(maskedName).join('、')
  return '***'
}
