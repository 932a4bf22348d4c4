import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { open } from '../../domain/case/events'
import type { CaseState, CaseStatus } from '../../domain/case/types'
import { blockedKeys, readyKeys, stoppedWith, submissionStatus } from '../../domain/submission/progress'
import type { CaseNode } from '../../domain/submission/progress'

const blank = open(0, '张*').state
const document = { kind: 'document' as const, name: '回执', number: '1' }
const node = (key: string, status: CaseStatus, after: string[] = [], rest: Partial<CaseState> = {}): CaseNode =>
  ({ key, after, state: { ...blank, status, ...rest } })
const approved = { outcome: 'approve' as const, result: document }
const refused = { outcome: 'disapprove' as const }

describe('派哪些', () => {
  test('没有前置的立刻可派，有前置的等准予且结果入库', () => {
    assert.deepEqual(readyKeys([node('a', 'waiting'), node('b', 'waiting', ['a'])]), ['a'])
    assert.deepEqual(readyKeys([node('a', 'decided', [], { outcome: 'approve' }), node('b', 'waiting', ['a'])]), [])
    assert.deepEqual(readyKeys([node('a', 'issuing', [], { outcome: 'approve' }), node('b', 'waiting', ['a'])]), [])
  })

  test('送达不阻塞后续', () => {
    assert.deepEqual(readyKeys([node('a', 'delivering', [], approved), node('b', 'waiting', ['a'])]), ['b'])
  })

  test('几个前置都要到齐', () => {
    const graph = (second: CaseNode) => [node('a', 'done', [], approved), second, node('c', 'waiting', ['a', 'b'])]
    assert.deepEqual(readyKeys(graph(node('b', 'examining'))), [])
    assert.deepEqual(readyKeys(graph(node('b', 'archived', [], approved))), ['c'])
    assert.deepEqual(readyKeys(graph(node('b', 'done', [], refused))), [])
  })

  test('已派出的不再派', () => {
    assert.deepEqual(readyKeys([node('a', 'submitted'), node('b', 'blocked'), node('c', 'withdrawn')]), [])
  })
})

describe('挡住哪些', () => {
  const graph = (first: CaseNode) => [first, node('b', 'waiting', ['a']), node('c', 'waiting', ['b']), node('d', 'waiting')]

  test('不予只锁死其后代，隔层也算，其余照办', () => {
    for (const first of [node('a', 'decided', [], refused), node('a', 'rejected'), node('a', 'withdrawn'), node('a', 'terminated')]) {
      assert.deepEqual(blockedKeys(graph(first), undefined), [{ key: 'b', by: 'a' }, { key: 'c', by: 'a' }], first.state.status)
      assert.deepEqual(readyKeys(graph(first)), ['d'])
    }
    assert.deepEqual(blockedKeys(graph(node('a', 'examining')), undefined), [])
  })

  test('任一不予即整件停：还没派的都停，已在办的照办', () => {
    const nodes = [...graph(node('a', 'done', [], refused)), node('e', 'examining')]
    assert.deepEqual(blockedKeys(nodes, 'any').map(({ key }) => key), ['b', 'c', 'd'])
  })

  test('点名的不予才整件停', () => {
    const nodes = [node('reg', 'examining'), node('x', 'rejected'), node('d', 'waiting')]
    assert.deepEqual(blockedKeys(nodes, ['reg']), [])
    assert.deepEqual(blockedKeys([node('reg', 'rejected'), node('d', 'waiting')], ['reg']), [{ key: 'd', by: 'reg' }])
  })

  test('撤回之前说会停下什么，和撤回之后真停下的一样', () => {
    const nodes = graph(node('a', 'examining'))
    assert.deepEqual(stoppedWith('a', nodes, undefined), ['b', 'c'])
    assert.deepEqual(stoppedWith('b', nodes, undefined), ['c'])
    assert.deepEqual(stoppedWith('c', nodes, undefined), [])
    assert.deepEqual(stoppedWith('a', nodes, ['a']), ['b', 'c', 'd'], '点名的不予整件停，撤回也是')
    assert.deepEqual(stoppedWith('d', nodes, ['a']), [])
  })

  test('被挡住的点名最初那一件，不点名同样被挡的', () => {
    const nodes = [node('a', 'rejected'), node('b', 'blocked', ['a']), node('c', 'waiting', ['b'])]
    assert.deepEqual(blockedKeys(nodes, undefined), [{ key: 'c', by: 'a' }])
  })
})

describe('整件状态', () => {
  const rows: [string, CaseNode[], string][] = [
    ['刚提交', [node('a', 'waiting'), node('b', 'waiting', ['a'])], 'submitted'],
    ['有一件进了预审', [node('a', 'preReview'), node('b', 'waiting', ['a'])], 'running'],
    ['有成有败但还有在办的', [node('a', 'done', [], approved), node('b', 'rejected'), node('c', 'examining')], 'running'],
    ['全部办成', [node('a', 'done', [], approved), node('b', 'archived', [], approved)], 'done'],
    ['有成有败', [node('a', 'done', [], approved), node('b', 'done', [], refused)], 'partial'],
    ['成了一件，其余撤回', [node('a', 'done', [], approved), node('b', 'withdrawn')], 'partial'],
    ['一件没成', [node('a', 'done', [], refused), node('b', 'blocked', ['a'])], 'failed'],
    ['整件撤回', [node('a', 'withdrawn'), node('b', 'withdrawn', ['a'])], 'withdrawn'],
    ['撤回带累后续', [node('a', 'withdrawn'), node('b', 'blocked', ['a'])], 'withdrawn']
  ]
  for (const [title, nodes, expected] of rows) test(title, () => assert.equal(submissionStatus(nodes), expected))
})
