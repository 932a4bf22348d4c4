import type { DraftReview, SignedGrant } from '../../../../contract/drafts'
import type { HolderRole } from '../../../../domain/bundle/types'
import { isSensitive } from '../../../../domain/licence/sensitivity'
import { unique } from '../../../../domain/lists'

const whose: Record<HolderRole, string> = { applicant: '', spouse: '', legalRepresentative: '', ward: '孩子的', company: '企业的' }

/** Which licence: whose, and whether it is only to come. Another party's that is given here is one's own: one filled oneself in. */
export const licenceText = ({ licenceName, holder, issuedHere }: SignedGrant): string =>
  `${whose[holder]}${licenceName}${issuedHere ? '（这次办出来的）' : ''}`

/** To which departments, each once. */
export const departmentsText = ({ to }: SignedGrant): string => unique(to.map(({ departmentName }) => departmentName)).join('、')

/** How many fields, and how many of them are sensitive. */
export function fieldsText({ to, fields }: SignedGrant): string {
  const sensitive = fields.filter(isSensitive).length
  return `用于 ${to.length} 个事项，给 ${fields.length} 格${sensitive > 0 ? `，其中 ${sensitive} 格敏感` : ''}`
}

/** The word beside a field, by its sensitivity (0 to 3). */
export const sensitivityTags: readonly string[] = ['', '', '敏感', '特别敏感']

/** How to take it back before its time is over: by whom and where; who signs for another can't. */
export function revokingText(agent: DraftReview['agent']): string[] {
  return [
    agent === null
      ? '中途要收回：打开「我的证照」里的这一本，点「用证记录」，随时能收回。'
      : '你是代为签字：中途要收回，由持证人自己打开「我的证照」里的这一本，点「用证记录」。',
    '还没送到部门的那一件，撤回它就不会给。已经办完的收不回来。'
  ]
}
