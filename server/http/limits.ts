import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../errors'
import type { App } from './server'

/** All limits, per account where somebody is signed in, else per address: `config: { rateLimit: limits.signIn }`. */
export const limits = {
  signIn: { max: 120, timeWindow: 60_000 },
  refresh: { max: 240, timeWindow: 60_000 },
  search: { max: 60, timeWindow: 60_000 },
  upload: { max: 40, timeWindow: 60_000 },
  /** Twenty an hour: more than a family or a company needs, too few to ask through a list of people. */
  invite: { max: 20, timeWindow: 3_600_000 },
  /** One a minute, more after use and after a change of whom one acts for. */
  code: { max: 30, timeWindow: 60_000 },
  /** Showing a person the code again after it ran out; not more. */
  offerDelegation: { max: 20, timeWindow: 3_600_000 },
  /** A code of eight is typed wrong a few times; nobody may go through many. */
  openOffer: { max: 12, timeWindow: 600_000 },
  /** A person objects to a few readings, nobody to thirty an hour. */
  objection: { max: 30, timeWindow: 3_600_000 },
  /** Each goes to people who look it up. */
  rectify: { max: 20, timeWindow: 3_600_000 },
  /** A device renews its certificate a few times a day, for each whom it shows codes for. */
  certify: { max: 60, timeWindow: 3_600_000 },
  verify: { max: 60, timeWindow: 60_000 },
  /** Drawing and signing takes a tenth of a second, and each PDF is one more copy about. */
  pdf: { max: 20, timeWindow: 3_600_000 },
  verifyPdf: { max: 20, timeWindow: 60_000 },
  /** Status lists and what else verifiers fetch again and again. */
  published: { max: 600, timeWindow: 60_000 }
} satisfies Record<string, RateLimitOptions>

/** Lets routes ask for a limit; must be awaited before the first route. Each copy of the server counts for itself. */
export async function allowRateLimits(app: App): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    // After the auth hook, which says whose request it is.
    hook: 'preHandler',
    keyGenerator: (request: FastifyRequest) => request.acting?.accountId ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) => {
      const seconds = Math.ceil(ttl / 1000)
      return new Refusal('rate_limited', {
        detail: `请 ${seconds > 90 ? `${Math.ceil(seconds / 60)} 分钟` : `${seconds} 秒`}后再试`,
        retryAfterSeconds: seconds
      })
    }
  })
}
