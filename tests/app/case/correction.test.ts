import type { CaseDetail } from '../../../contract/submissions'
import { blankField } from '../../../domain/form/view'
import { asOnPage, correctionErrors, givenValues, type CorrectionTask } from '../../../src/features/case/correct/correction'

const item = (kind: 'field' | 'material', target: string, label: string) => ({
  id: target,
  kind,
  target,
  label,
  given: kind === 'field' ? '林小囗' : null,
  problem: '不对',
  mend: '改',
  sample: null
})

const task: CorrectionTask = {
  detail: {
    correction: { items: [item('field', 'childName', '宝宝姓名'), item('material', 'hk', '户口簿')], dueAt: null }
  } as unknown as CaseDetail,
  fields: {
    childName: {
      ...blankField({ id: 'childName', label: '宝宝姓名', type: 'personName', for: [], required: false, sensitivity: 1 }),
      required: true
    }
  },
  regions: []
}
const pointers = (values: Record<string, string>, files: string[]) =>
  correctionErrors(task, values, () => files, '2026-11-24').map(({ pointer }) => pointer)

test('告知的每一项都要补，填的也要合规矩；都好了就没有毛病', () => {
  expect(pointers({}, [])).toEqual(['/childName', '/files/hk'])
  expect(pointers({ childName: '😀' }, ['f'])).toEqual(['/childName'])
  expect(pointers({ childName: '林小𠮷' }, ['f'])).toEqual([])
})

test('从原来填的改起，材料没有原来填的', () => {
  expect(givenValues(task)).toEqual({ childName: '林小囗' })
})

test('服务端指到的位置换成页面上的', () => {
  const error = (pointer: string) => ({ pointer, code: 'required', message: '' })
  expect(asOnPage([error('/values/home/town'), error('/files/hk')]).map(({ pointer }) => pointer)).toEqual(['/home/town', '/files/hk'])
})
