import { timeOf } from '../../../domain/time'

/** 「10:42:07」, Beijing time. */
export const clockText = (at: number): string => `${timeOf(at)}:${new Date(at).toISOString().slice(17, 19)}`
