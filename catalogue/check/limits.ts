import type { Content } from '../content'
import type { Fault } from '../faults'

/** 时限：承诺不得超过法定（processes.md §2.5）；即办件当场办结，承诺件写天数（matters.md §3）。 */
export function limitFaults(content: Content): Fault[] {
  return content.folders.matters.flatMap(source => {
    const {
      limit: { statutory, promised },
      handlingType
    } = source.value
    const over = statutory !== null && promised !== null && promised > statutory
    return [
      ...(over ? [source.fault(['limit', 'promised'], `承诺 ${promised} 日超过法定 ${statutory} 日`, '承诺时限不得超过法定时限')] : []),
      ...(handlingType === 'instant' && promised !== 0
        ? [source.fault(['handlingType'], '即办件的承诺时限应是 0', '把 limit.promised 改成 0，或把 handlingType 改成 promised')]
        : []),
      ...(handlingType === 'promised' && promised === 0
        ? [source.fault(['handlingType'], '承诺时限是 0，应是即办件', '把 handlingType 改成 instant，或写上承诺天数')]
        : [])
    ]
  })
}
