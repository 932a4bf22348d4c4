import type { CaseDetail } from '../../../../contract/submissions'
import { useResource } from '../../../api/resource'
import { readSubmission } from '../../../api/submissions'
import { stoppedWith } from '../words'

/** Names of the matters that stop with this case because they wait for its result; null while that is not known. */
export function useStopped({ key, submissionId }: CaseDetail, asked: boolean): string[] | null {
  const { data } = useResource(asked ? `submission/${submissionId}` : null, () => readSubmission(submissionId))
  return data && stoppedWith(key, data.cases).map(({ matterName }) => matterName)
}
