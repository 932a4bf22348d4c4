import { isDay, type IsoDay } from '../time'
import type { Predicate } from './types'

/**
 * 到 today 满没满 years 周岁：按公历，生日当天为满。二月二十九日生的，平年没有这一天，从严到三月一日才满。
 * 各领域法规起算略有不同（有的从生日次日起），用于哪一件时待核。
 */
export function hasTurned(birth: IsoDay, years: number, today: IsoDay): boolean {
  const birthday = `${String(Number(birth.slice(0, 4)) + years).padStart(4, '0')}${birth.slice(4)}`
  return birthday <= today
}

/** 照面答不答得出这一句：是、否；照面上没有那一天，或写得不是一天（YYYY-MM-DD），为 null。 */
export function answerPredicate({ field, atLeast }: Predicate, face: Record<string, string>, today: IsoDay): boolean | null {
  const day = face[field]
  return day !== undefined && isDay(day) ? hasTurned(day, atLeast, today) : null
}
