import { ApiError } from '../../../src/api/api-error'
import type { KeptSubmission } from '../../../src/session/kept-submission'
import { Submitter } from '../../../src/session/submitter'

const body = { version: 3, contentHash: 'aa', commitments: ['truth'] }
const signed = { body, actingFor: null, bundleName: '演示一件事' }
const reply = { submissionId: 's1', receiptCode: 'r1' }

function device() {
  const kept: Record<string, KeptSubmission> = {}
  const sent: string[] = []
  const answers: (() => Promise<typeof reply>)[] = []
  let keys = 0
  const source = {
    send: (_draft: string, _body: KeptSubmission['body'], key: string) => {
      sent.push(key)
      return (answers.shift() ?? (async () => reply))()
    },
    kept: (id: string) => kept[id],
    keep: (id: string, submission: KeptSubmission) => { kept[id] = submission },
    forget: (id: string) => { delete kept[id] },
    done: (id: string) => { delete kept[id] },
    newKey: () => `key-${++keys}`
  }
  return { source, kept, sent, answers, open: () => new Submitter('d1', source) }
}

const fails = (code: ApiError['code']) => async () => { throw new ApiError(code, code === 'offline' ? 0 : 409) }

describe('提交只有一次', () => {
  test('连点两下只送一次', async () => {
    const { open, sent } = device()
    const submitter = open()
    const [one, two] = await Promise.all([submitter.submit(signed), submitter.submit(signed)])
    expect(one).toEqual({ kind: 'done', reply })
    expect(two).toEqual(one)
    expect(sent).toEqual(['key-1'])
  })

  test('送出后没有回音：关掉再打开，用同一把钥匙接着送', async () => {
    const { open, sent, answers, kept } = device()
    answers.push(fails('offline'))
    expect(await open().submit(signed)).toEqual({ kind: 'waiting' })
    expect(kept.d1).toMatchObject({ key: 'key-1', waiting: true })
    expect(await open().resume()).toEqual({ kind: 'done', reply })
    expect(sent).toEqual(['key-1', 'key-1'])
    expect(kept).toEqual({})
    expect(open().resume()).toBeNull()
  })

  test('被拒绝了不自己再送；内容没变用同一把钥匙，变了就换一把', async () => {
    const { open, sent, answers } = device()
    answers.push(fails('reauthentication_required'))
    const submitter = open()
    expect(await submitter.submit(signed)).toMatchObject({ kind: 'refused', error: { code: 'reauthentication_required' } })
    expect(submitter.resume()).toBeNull()
    answers.push(fails('draft_incomplete'))
    await submitter.submit(signed)
    await submitter.submit({ ...signed, body: { ...body, version: 4 } })
    expect(sent).toEqual(['key-1', 'key-1', 'key-2'])
  })

  test('钥匙在第一个字节送出之前就存好了', async () => {
    const { source, kept } = device()
    const seen: (string | undefined)[] = []
    const submitter = new Submitter('d1', { ...source, send: async () => { seen.push(kept.d1?.key); return reply } })
    await submitter.submit(signed)
    expect(seen).toEqual(['key-1'])
  })
})
