import type { Content } from '../content'
import type { Fault } from '../faults'
import { missingFaults } from './lookup'

/** 说是写着发证机关的那一格，照面上要有。 */
export const issuerFieldFaults = (content: Content): Fault[] =>
  content.folders.licences.flatMap((source) => {
    const { face, issuerField } = source.value
    return issuerField === undefined ? [] : missingFaults(source, ['issuerField'], issuerField, face.map(({ name }) => name), '照面字段')
  })
