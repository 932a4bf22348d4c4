import type { Content } from '../content'
import type { Fault } from '../faults'
import { conditionFaults } from './conditions'
import { formFaults } from './forms'
import { cycleFaults } from './cycles'
import { holderFaults } from './holders'
import { inputFaults } from './inputs'
import { issuerFieldFaults } from './issuer-fields'
import { limitFaults } from './limits'
import { lookupOf } from './lookup'
import { nameFaults } from './names'
import { predicateFaults } from './predicates'
import { referenceFaults } from './references'
import { readerFaults, sceneFaults } from './scenes'

/** 跨文件的全部检查。 */
export function contentFaults(content: Content): Fault[] {
  const lookup = lookupOf(content)
  return [
    ...nameFaults(content),
    ...referenceFaults(content, lookup),
    ...cycleFaults(content),
    ...conditionFaults(content, lookup),
    ...inputFaults(content, lookup),
    ...holderFaults(content, lookup),
    ...formFaults(content, lookup),
    ...limitFaults(content),
    ...sceneFaults(content, lookup),
    ...readerFaults(content),
    ...predicateFaults(content),
    ...issuerFieldFaults(content)
  ]
}
