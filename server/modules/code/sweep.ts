import { reportableMs } from '../../../domain/code/freshness'
import { failureLifeMs } from '../../../domain/code/locking'
import type { Deps } from '../../deps'
import { settleLapsed } from './awaited'
import { forgetCertificates } from './certificate-repository'
import { forgetFailures } from './locking'
import { forgetCodes } from './repository'

/** For how long after it was issued a code can be asked about: long enough to show that it was read. */
const askableMs = 10 * 60_000

/**
 * Lets readings lapse that were not answered or not fetched, and forgets what codes leave behind once nothing needs it: codes ten minutes
 * after they were issued, certificates when nothing that was read with them can be reported any more. Safe to run again.
 */
export async function sweepCodes(deps: Deps): Promise<void> {
  const ago = (milliseconds: number) => new Date(deps.now() - milliseconds)
  await settleLapsed(deps)
  await forgetCodes(deps.pool, ago(askableMs))
  await forgetFailures(deps.pool, ago(failureLifeMs))
  await forgetCertificates(deps.pool, { expiredBefore: ago(reportableMs), now: ago(0) })
}
