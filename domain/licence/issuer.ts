import type { LicenceType } from './types'

/** 亮出这几格时给不给看是谁发的：照面上有这一格的，选了它才给；没有这样一格的，照给。 */
export const givesIssuer = ({ issuerField }: Pick<LicenceType, 'issuerField'>, shown: string[]): boolean =>
  issuerField === undefined || shown.includes(issuerField)
