import type { SubmissionSummary } from '../../../contract/submissions'
import { waitingLines } from '../../../src/pages/progress/waiting'

const submission = (id: string, waitingForMe: SubmissionSummary['waitingForMe']): SubmissionSummary => ({
  id,
  bundleId: 'any',
  bundleName: `事${id}`,
  subjectId: 's',
  maskedSubjectName: '林*',
  status: 'running',
  statusText: '办理中',
  submittedAt: '2026-11-20T00:00:00.000Z',
  done: 0,
  total: 3,
  light: null,
  nextStep: '',
  waitingForMe
})

test('先到期的排前面，评价总在最后；一份提交里几件可评只占一行', () => {
  const lines = waitingLines([
    submission('1', [
      { caseId: 'a', action: 'rate', say: '甲办好了', dueAt: '2026-11-22T00:00:00.000Z' },
      { caseId: 'b', action: 'rate', say: '乙办好了', dueAt: '2026-11-23T00:00:00.000Z' },
      { caseId: 'c', action: 'supplement', say: '请补交户口簿', dueAt: null }
    ]),
    submission('2', [
      { caseId: 'd', action: 'correct', say: '请补正 2 处', dueAt: '2026-12-01T00:00:00.000Z' },
      { caseId: 'e', action: 'rate', say: '戊办好了', dueAt: '2026-11-21T00:00:00.000Z' }
    ])
  ])
  expect(lines.map(({ title, to, urgent }) => [title, to, urgent])).toEqual([
    ['请补正 2 处', '/features/case/correct/index?id=d', true],
    ['请补交户口簿', '/features/case/supplement/index?id=c', true],
    ['戊办好了', '/features/rating/rate/index?case=e', false],
    ['2 件办好了，说说办得怎么样', '/features/case/submission/index?id=1', false]
  ])
})
