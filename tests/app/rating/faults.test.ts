import type { RatingForm } from '../../../contract/ratings'
import { faultsOf, type Given } from '../../../src/features/rating/rate/rating'

const tag = (id: string) => ({ id, label: id, topic: '效率' })
const form: RatingForm = {
  caseId: 'c',
  matterName: '落户',
  departmentName: '市公安局',
  open: true,
  until: null,
  rating: null,
  minBadText: 10,
  grades: [
    { grade: 'very_good', label: '非常满意', bad: false, tags: [tag('fast')] },
    { grade: 'fair', label: '基本满意', bad: false, tags: [tag('could-be-faster')] },
    { grade: 'very_poor', label: '非常不满意', bad: true, tags: [tag('slow')] }
  ]
}
const given = (change: Partial<Given>): Given => ({ grade: null, tags: [], text: '', anonymous: true, ...change })

test('没选等级先请选；好评什么都可以不写', () => {
  expect(faultsOf(form, given({}))).toEqual({ grade: '请先选一个评价' })
  expect(faultsOf(form, given({ grade: 'very_good' }))).toEqual({})
  expect(faultsOf(form, given({ grade: 'fair', tags: ['could-be-faster'] }))).toEqual({})
})

test('差评要标签，还要写够十个字；空格不算字，生僻字算一个', () => {
  expect(Object.keys(faultsOf(form, given({ grade: 'very_poor' })))).toEqual(['tags', 'text'])
  expect(faultsOf(form, given({ grade: 'very_poor', tags: ['slow'], text: `  ${'𠮷'.repeat(9)}   ` })).text).toContain('至少 10 个字')
  expect(faultsOf(form, given({ grade: 'very_poor', tags: ['slow'], text: '𠮷'.repeat(10) }))).toEqual({})
})

test('别的等级的标签不算数', () => {
  expect(faultsOf(form, given({ grade: 'very_good', tags: ['slow'] })).tags).toBeTruthy()
})
