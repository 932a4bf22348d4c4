import type { Problem, ProblemCode } from '../../contract/problems'
import type { FieldError } from '../../domain/form/types'

/**
 * offline: the request never arrived (no network, timed out); nothing was changed on the server as far as we know.
 * file_unopened: the file arrived, but the device can't show it.
 */
export type ErrorCode = ProblemCode | 'offline' | 'cancelled' | 'file_unopened'

/** The one error that the API layer throws. Pages choose words by `code` (wording.ts), never by message text. */
export class ApiError extends Error {
  readonly fields: FieldError[]
  readonly allowedActions: string[]
  readonly traceId: string | null
  readonly current: unknown

  constructor(
    readonly code: ErrorCode,
    readonly status: number,
    problem?: Problem
  ) {
    super(problem?.detail ?? problem?.title ?? code)
    this.name = 'ApiError'
    this.fields = problem?.errors ?? []
    this.allowedActions = problem?.allowedActions ?? []
    this.traceId = problem?.traceId ?? null
    this.current = problem?.current
  }

  /** What the server said about this very case, for example which step forbids it; null when it said nothing beyond the title. */
  get detail(): string | null {
    return this.status > 0 && this.message !== this.code ? this.message : null
  }
}

/** Anything thrown, as an ApiError. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('internal', 0)
}
