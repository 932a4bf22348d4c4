import type { CaseSummary, ClockView } from '../../../contract/submissions'
import { clockWords, deferralLine, standingOf } from '../../../src/features/case/words'

const now = Date.parse('2026-11-24T02:00:00Z')

const clock: ClockView = {
  promisedDays: 3,
  used: 1,
  remaining: 2,
  dueAt: '2026-11-26T09:00:00.000Z',
  state: 'running',
  light: 'green',
  paused: null,
  calendar: '国务院放假安排',
  estimated: false
}

const subject: CaseSummary = {
  id: 'a',
  caseNo: null,
  key: 'hk',
  matterName: '落户',
  departmentName: '市公安局',
  status: 'examining',
  statusText: '审查中',
  after: [],
  clock,
  nextStep: '',
  blockedBy: null,
  result: null,
  allowedActions: ['withdraw'],
  rated: false
}

const words = (change: Partial<ClockView>, status: CaseSummary['status'] = 'examining') =>
  clockWords({ clock: { ...clock, ...change }, status }, now)

describe('办件的钟', () => {
  test('在走：还剩几日，承诺几日、哪天几点前，按什么日历', () => {
    expect(words({})).toEqual({
      headline: '还剩 2 个工作日',
      lines: ['承诺 3 个工作日 · 11 月 26 日（周四）17:00 前', '按国务院放假安排计算，周末不计。'],
      ring: { value: 2 / 3, text: '2日', label: '还剩 2 个工作日，共 3 个工作日', ink: 'green' }
    })
  })

  test('灯变颜色，环跟着变；自然日和估算都说明', () => {
    expect(words({ light: 'yellow' })?.ring?.ink).toBe('amber')
    expect(words({ calendar: '自然日', estimated: true })?.lines[1]).toBe('按自然日计算，周末也算；有一段的放假安排还没公布，是估算。')
  })

  test('停着：为什么停、何时起、预计何时恢复', () => {
    const paused = { reason: '需要现场踏勘', since: '2026-11-23T02:00:00.000Z', expectedDay: '2026-11-26' }
    expect(words({ state: 'paused', paused }, 'paused')).toMatchObject({
      headline: '暂停计时',
      lines: [
        '需要现场踏勘，11 月 23 日（周一）起停，预计 11 月 26 日（周四）恢复。',
        '恢复后还剩 2 个工作日。',
        '按国务院放假安排计算，周末不计。'
      ]
    })
    expect(words({ state: 'paused', paused, promisedDays: 0 }, 'paused')?.lines[1]).toBe('恢复后当天办结。')
  })

  test('没开始、超期、即办、办完，各有说法；没有承诺又没开始就不显示', () => {
    expect(words({ state: 'notStarted', dueAt: null })?.headline).toBe('承诺 3 个工作日')
    expect(words({ state: 'notStarted', promisedDays: null })).toBeNull()
    expect(words({ state: 'notStarted' }, 'withdrawn')).toBeNull()
    expect(words({ state: 'overdue', remaining: 0, light: 'red' })?.ring).toMatchObject({ text: '超期', ink: 'red', value: 1 })
    expect(words({ promisedDays: 0, remaining: 1 })).toMatchObject({ headline: '今天办结', ring: { text: '当天', value: 1 } })
    expect(words({ state: 'stopped', light: null }, 'done')).toEqual({
      headline: '用时 1 个工作日',
      lines: ['承诺 3 个工作日'],
      ring: null
    })
    expect(words({ state: 'stopped', used: 0 }, 'done')?.headline).toBe('用时不到 1 个工作日')
  })
})

describe('一件办到哪里', () => {
  const standing = (change: Partial<CaseSummary>) => standingOf({ ...subject, ...change })

  test('等我做的排在状态前面', () => {
    expect(standing({ status: 'correction', allowedActions: ['correct', 'withdraw'] })).toEqual({ tone: 'amber', word: '等你补正' })
    expect(standing({ allowedActions: ['supplement', 'withdraw'] })).toEqual({ tone: 'amber', word: '等你补材料' })
  })

  test('办成是绿的；办结却没有结果是不予办理，红的', () => {
    const result = { kind: 'document' as const, name: '通知书', number: '1' }
    expect(standing({ status: 'done', statusText: '已办结', result })).toEqual({ tone: 'green', word: '已办结' })
    expect(standing({ status: 'done', statusText: '不予办理' })).toEqual({ tone: 'red', word: '不予办理' })
    expect(standing({ status: 'blocked', statusText: '办不了' }).tone).toBe('red')
    expect(standing({ status: 'waiting', statusText: '等前一步' }).tone).toBe('grey')
    expect(standing({ status: 'paused', statusText: '暂停计时' }).tone).toBe('grey')
    expect(standing({}).tone).toBe('water')
  })
})

test('先办后补给几天、从哪天起、按什么日历；还没轮到的说轮到时重新给足', () => {
  expect(deferralLine(10, false)).toBe('从送到部门那天起给 10 个工作日，按国务院放假安排计算，周末不计。')
  expect(deferralLine(10, true)).toMatch(/现在就可以补.*重新给足 10 个工作日/)
})
