import type { CodeSceneList } from '../../../contract/codes'
import { lastDayText } from '../../../domain/time'
import { ApiError } from '../../../src/api/api-error'
import { wordingOf } from '../../../src/api/wording'
import {
  among, chosenFrom, groupNote, lastDayOf, paramsOf, scopeOf, spanText, type Chosen
} from '../../../src/features/delegation/give/choice'
import { groupedCode, offerCodeOf } from '../../../src/features/delegation/offer-code'
import { sceneGroups } from '../../../src/features/delegation/scene-groups'
import { briefly, mayDo, mayNotDo, untilText, whoForWhom } from '../../../src/features/delegation/words'

type Scene = CodeSceneList['scenes'][number]
const scene = (id: string, name: string, holder: Scene['holder'], group: string, inPerson = false) =>
  ({ id, name, holder, group, inPerson }) as Scene
const scenes: CodeSceneList = {
  groups: [{ id: 'hall', name: '去大厅' }, { id: 'company', name: '企业的' }, { id: 'health', name: '看病' }, { id: 'inn', name: '住店' }],
  scenes: [
    scene('clinic', '就医挂号', 'person', 'health'), scene('queue', '大厅取号', 'both', 'hall'),
    scene('bidding', '招投标登录', 'company', 'company'), scene('brand-new', '新添的场景', 'person', 'health'),
    scene('pension', '待遇资格认证', 'person', 'health', true), scene('hotel', '酒店入住', 'person', 'inn', true)
  ]
}
const groups = sceneGroups(scenes, 'person')
const now = Date.parse('2026-11-19T15:30:00Z')

describe('授权码', () => {
  test('扫到的地址、照着输的八位，大小写、空格、短横线、认错的字母都读得出', () => {
    for (const text of [
      'https://zsb.example/features/delegation/accept/index?code=AB10CD20', 'https://zsb.example/x?a=1&code=AB10CD20#y', 'ab10 cd20', 'AB1O-CD2o',
      ' abIo－cdZO '.replace('Z', '2')
    ]) expect(offerCodeOf(text)).toBe('AB10CD20')
  })

  test('不像授权码的，不去问', () => {
    for (const text of ['', 'AB10CD2', 'AB10CD200', 'ABU0CD20', 'https://zsb.example/', '授权码']) expect(offerCodeOf(text)).toBeNull()
  })

  test('四位一组', () => expect(groupedCode('AB10CD20')).toBe('AB10 CD20'))
})

describe('选什么', () => {
  test('场景照目录分的组和次序：只有本人的码能用的，空的组不列', () => {
    expect(groups.map(({ id, scenes: own }) => [id, own.map((each) => each.name)])).toEqual([
      ['hall', ['大厅取号']], ['health', ['就医挂号', '新添的场景']]
    ])
    expect(sceneGroups(scenes, 'company').map(({ id }) => id)).toEqual(['hall', 'company'])
  })

  test('要本人到场的不能选，说明为什么；一组里都是的，不列', () => {
    expect(scopeOf({ bundles: [], groups: ['health', 'inn'], span: 'today' }, groups).scenes).toEqual(['clinic', 'brand-new'])
    expect(groups.map(groupNote)).toEqual(['大厅取号', '就医挂号、新添的场景。不含待遇资格认证：要本人到场，不能请人代亮码'])
  })

  const chosen: Chosen = { bundles: ['retirement'], groups: ['hall', 'health'], span: 'month' }
  test('选的几组变成一个个场景；离开去确认本人再回来，一样也不丢', () => {
    expect(scopeOf(chosen, groups)).toEqual({ bundles: ['retirement'], scenes: ['queue', 'clinic', 'brand-new'] })
    expect(chosenFrom(paramsOf(chosen))).toEqual(chosen)
    expect(chosenFrom({ span: 'forever' })).toEqual({ bundles: [], groups: [], span: null })
  })

  test('地址里带来的、这里选不到的，去掉', () => {
    expect(among({ ...chosen, bundles: ['startup'], groups: ['company', 'hall'] }, [{ id: 'retirement' }], groups)).toEqual({
      bundles: [], groups: ['hall'], span: 'month'
    })
  })

  test('期限：今天、一个月、一年；写的是最后一天，一年不超过服务端收的', () => {
    expect(lastDayOf('today', now)).toBe('2026-11-19')
    expect(spanText('month', now)).toBe('到 12 月 19 日（周六）为止，到期自动结束')
    expect(lastDayOf('year', now) <= '2027-11-19').toBe(true)
    // 12 月 19 日的 24:00。
    expect(lastDayText(Date.parse('2026-12-19T16:00:00Z'), now)).toBe('12 月 19 日（周六）')
  })
})

describe('说法', () => {
  test('能做的一行一样；不能做的，办事之外的都写上', () => {
    const scope = { bundleNames: ['退休一件事'], sceneNames: ['大厅取号', '就医挂号'] }
    expect(mayDo(scope)).toEqual(['办「退休一件事」', '亮码：大厅取号、就医挂号'])
    expect(mayDo({ bundleNames: [], sceneNames: ['大厅取号'] })).toEqual(['亮码：大厅取号'])
    expect(briefly(scope)).toBe('退休一件事、亮码 2 处')
    expect(mayNotDo('徐*').join()).toMatch(/徐\*的证照、足迹和消息.*当面.*转给别人/)
  })

  test('谁替谁办，从看的这一边说：同姓的打了码也分得清', () => {
    const names = { shownSubjectName: '徐*', maskedDelegateName: '徐*' }
    expect(whoForWhom({ ...names, side: 'given', role: 'proxy' })).toBe('徐* 替你办')
    expect(whoForWhom({ ...names, side: 'given', role: 'proxy', maskedDelegateName: null })).toBe('替你办')
    expect(whoForWhom({ ...names, side: 'received', role: 'proxy' })).toBe('你替 徐* 办')
    const company = { ...names, shownSubjectName: '演示公司', role: 'operator' } as const
    expect(whoForWhom({ ...company, side: 'given' })).toBe('徐* 替 演示公司 办')
    expect(whoForWhom({ ...company, side: 'received' })).toBe('你替 演示公司 办')
  })

  test('结束了的期限写「原定」，免得当成还有效', () => {
    const until = '2026-12-19T16:00:00.000Z'
    expect(untilText({ until, status: 'active' }, now)).toBe('到 12 月 19 日（周六）为止')
    expect(untilText({ until, status: 'revoked' }, now)).toBe('原定到 12 月 19 日（周六）为止')
  })

  test('超出授权：说清楚是哪一样没有、请谁加', () => {
    const detail = '授权里没有「退休一件事」。请对方自己办'
    const problem = { type: '', title: '', status: 403, code: 'beyond_delegation', detail, traceId: 't' } as const
    expect(wordingOf(new ApiError('beyond_delegation', 403, problem)).now).toBe(`${detail}。`)
    expect(wordingOf(new ApiError('beyond_delegation', 403)).now).toMatch(/把这一项加进授权/)
  })
})
