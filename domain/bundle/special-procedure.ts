import type { Condition } from '../condition/types'

export type SpecialProcedureKind = 'siteInspection' | 'hearing' | 'expertReview' | 'appraisal' | 'test' | 'publicNotice' | 'coolingOff'

/** 特别程序：不计入承诺时限，但计入「全部办完」的预计日。 */
export interface SpecialProcedure {
  kind: SpecialProcedureKind
  name: string
  days: number
  unit: 'workday' | 'natural'
  when?: Condition
}
