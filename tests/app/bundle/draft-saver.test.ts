import type { Draft, SaveDraft } from '../../../contract/drafts'
import type { FormValues } from '../../../domain/form/types'
import { ApiError } from '../../../src/api/api-error'
import { DraftSaver } from '../../../src/features/bundle/form/draft-saver'
import type { KeptEdits } from '../../../src/features/bundle/kept-draft'
import { differences } from '../../../src/features/bundle/form/draft-values'
import { draftOf } from './draft'

/** A server that keeps one draft, and a device that keeps what was typed. */
function world() {
  let there = draftOf(1)
  let timer: (() => void) | null = null
  const saves: SaveDraft[] = []
  const device: KeptEdits = { edits: {}, over: {} }
  const trouble: ApiError[] = []
  const valuesOf = ({ form }: Draft) =>
    Object.fromEntries(form.groups.flatMap(({ fields }) => fields.map(({ id, value }) => [id, value])))
  const source = {
    save: jest.fn(async (_id: string, change: SaveDraft) => {
      saves.push(change)
      const refused = trouble.shift()
      if (refused) throw refused
      if (change.version !== there.version) throw new ApiError('draft_conflict', 409, problem('draft_conflict', { current: there }))
      there = draftOf(there.version + 1, { ...valuesOf(there), ...change.values })
      return there
    }),
    keepEdits: (_id: string, kept: KeptEdits) => { Object.assign(device, kept) },
    keepDraft: () => undefined,
    later: (run: () => void, _ms: number) => {
      timer = run
      return () => { timer = null }
    }
  }
  return {
    source, saves, device, trouble,
    server: () => valuesOf(there),
    elsewhere: (values: FormValues) => { there = draftOf(there.version + 1, { ...valuesOf(there), ...values }) },
    /** The 800 ms are over. */
    tick: () => timer?.()
  }
}

const nothing: KeptEdits = { edits: {}, over: {} }

const problem = (code: ApiError['code'], rest: object = {}) =>
  ({ type: 'about:blank', title: code, status: 409, code: code as 'draft_conflict', traceId: 't', ...rest })

describe('填写时自动保存', () => {
  test('停笔才存，几次键入合成一次；存好之后手机上不再留', async () => {
    const { source, saves, device, server } = world()
    const saver = new DraftSaver(draftOf(1), nothing, source)
    saver.edit('bank', '江')
    saver.edit('bank', '江阴')
    expect(device.edits).toEqual({ bank: '江阴' })
    expect(saver.read().status).toBe('waiting')
    await saver.flush()
    expect(saves).toEqual([{ version: 1, step: 'form', values: { bank: '江阴' } }])
    expect(saver.read()).toMatchObject({ status: 'saved', edits: {} })
    expect(server().bank).toBe('江阴')
    expect(device.edits).toEqual({})
  })

  test('没有网络：先存在手机上，连上网再存一次，一个字不丢', async () => {
    const { source, trouble, device, server } = world()
    const saver = new DraftSaver(draftOf(1), nothing, source)
    trouble.push(new ApiError('offline', 0))
    saver.edit('bank', '江阴农商')
    await saver.flush()
    expect(saver.read().status).toBe('offline')
    expect(device.edits).toEqual({ bank: '江阴农商' })
    await saver.flush()
    expect(saver.read().status).toBe('saved')
    expect(server().bank).toBe('江阴农商')
  })

  test('关掉再打开：手机上没送出的接着送；锁定的和已不在表单里的不送', async () => {
    const { source, saves, tick } = world()
    const saver = new DraftSaver(draftOf(1), { edits: { bank: '江阴', name: '改名', gone: 'x' }, over: { bank: null } }, source)
    tick()
    await saver.flush()
    expect(saves.map(({ values }) => values)).toEqual([{ bank: '江阴' }])
  })

  test('存的时候又改了，后改的接着存', async () => {
    const { source, server } = world()
    const saver = new DraftSaver(draftOf(1), nothing, source)
    saver.edit('bank', '甲')
    const running = saver.flush()
    saver.edit('bank', '乙')
    await running
    expect(server().bank).toBe('乙')
    expect(saver.read().status).toBe('saved')
  })

  test('别处改了别的项：接过来再存，不打扰人', async () => {
    const { source, elsewhere, server } = world()
    const saver = new DraftSaver(draftOf(1), nothing, source)
    elsewhere({ account: '6200' })
    saver.edit('bank', '江阴')
    await saver.flush()
    expect(saver.read().conflict).toBeNull()
    expect(server()).toMatchObject({ bank: '江阴', account: '6200' })
  })

  test.each([['mine', '这边'], ['theirs', '那边']] as const)('两边改了同一项：%s', async (side, kept) => {
    const { source, elsewhere, server } = world()
    const saver = new DraftSaver(draftOf(1), nothing, source)
    elsewhere({ bank: '那边' })
    saver.edit('bank', '这边')
    await saver.flush()
    expect(differences(saver.read()).map(({ field, mine }) => [field.label, field.value, mine])).toEqual([['bank', '那边', '这边']])
    await saver.settle(side)
    expect(saver.read()).toMatchObject({ conflict: null, status: 'saved', edits: {} })
    expect(server().bank).toBe(kept)
  })

  test('没选就关掉、或断网时关掉，别处又改了同一项：再打开照样问，不悄悄盖掉', async () => {
    const { source, trouble, elsewhere, server, device, tick } = world()
    const closed = new DraftSaver(draftOf(1), nothing, source)
    trouble.push(new ApiError('offline', 0))
    closed.edit('bank', '这边')
    await closed.flush()
    elsewhere({ bank: '那边' })
    const opened = new DraftSaver(draftOf(2, server()), device, source)
    expect(opened.read()).toMatchObject({ status: 'failed', edits: { bank: '这边' }, conflict: { version: 2 } })
    opened.edit('account', '6200')
    tick()
    await opened.flush()
    expect(opened.read().status).toBe('failed')
    expect(server().bank).toBe('那边')
    expect(new DraftSaver(draftOf(2, server()), device, source).read().conflict).not.toBeNull()
    await opened.settle('mine')
    expect(server()).toMatchObject({ bank: '这边', account: '6200' })
    expect(device.edits).toEqual({})
  })

  test('回到页面时取到别处改过的同一项：问，不盖', async () => {
    const { source, trouble, elsewhere, server } = world()
    const saver = new DraftSaver(draftOf(1), nothing, source)
    trouble.push(new ApiError('offline', 0))
    saver.edit('bank', '这边')
    await saver.flush()
    elsewhere({ bank: '那边' })
    saver.adopt(draftOf(2, server()))
    await saver.flush()
    expect(saver.read().conflict).not.toBeNull()
    expect(server().bank).toBe('那边')
  })

  test('服务端不收的那一项标出来，其余的照样存上；改过再存就好', async () => {
    const { source, trouble, server } = world()
    const saver = new DraftSaver(draftOf(1), nothing, source)
    const fault = { pointer: '/values/bank', code: 'too_long', message: '内容太长' }
    trouble.push(new ApiError('invalid_fields', 422, problem('invalid_fields', { errors: [fault] })))
    saver.edit('bank', '太长')
    saver.edit('account', '6200')
    await saver.flush()
    expect(saver.read()).toMatchObject({ status: 'failed', faults: [{ pointer: '/bank' }], edits: { bank: '太长' } })
    expect(server().account).toBe('6200')
    saver.edit('bank', '短')
    await saver.flush()
    expect(saver.read()).toMatchObject({ status: 'saved', faults: [], edits: {} })
    expect(server().bank).toBe('短')
  })
})
