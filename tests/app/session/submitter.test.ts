import type { SubmitReply } from '../../../contract/drafts'
import { ApiError } from '../../../src/api/api-error'
import type { KeptSubmission } from '../../../src/session/kept-submission'
import { Submitter, type Outcome } from '../../../src/session/submitter'

const draft = 'draft'
const submitting = {
  body: { version: 3, contentHash: 'hash', commitments: ['truth'] }, actingFor: null, bundleName: '出生一件事'
}
const reply: SubmitReply = { submissionId: 'submission', receiptCode: 'CODE' }
const noNetwork = new ApiError('offline', 0)

function house() {
  const kept = new Map<string, KeptSubmission>()
  const send = jest.fn<Promise<SubmitReply>, [string, KeptSubmission['body'], string]>()
  const done = jest.fn((id: string) => void kept.delete(id))
  let keys = 0
  const open = () => new Submitter(draft, {
    send, done, kept: (id) => kept.get(id), keep: (id, submission) => void kept.set(id, submission), forget: (id) => void kept.delete(id),
    newKey: () => `key-${(keys += 1)}`
  })
  return { kept, send, done, open }
}

test('连点两下只发一次', async () => {
  const { send, open } = house()
  send.mockResolvedValue(reply)
  const submitter = open()
  const outcomes = await Promise.all([submitter.submit(submitting), submitter.submit(submitting)])
  expect(outcomes).toEqual([{ kind: 'done', reply }, { kind: 'done', reply }])
  expect(send).toHaveBeenCalledTimes(1)
})

test('没有答复就留着；关掉重开，用同一把钥匙原样再发；办成后什么都不留', async () => {
  const { kept, send, done, open } = house()
  send.mockRejectedValueOnce(noNetwork)
  expect(await open().submit(submitting)).toEqual({ kind: 'waiting' })
  expect(kept.get(draft)).toEqual({ ...submitting, key: 'key-1', waiting: true })
  send.mockResolvedValueOnce(reply)
  const later = open()
  const heard: ('sending' | Outcome)[] = []
  later.follow((now) => heard.push(now))
  await later.resume()
  expect(send.mock.calls).toEqual([[draft, submitting.body, 'key-1'], [draft, submitting.body, 'key-1']])
  expect(heard).toEqual(['sending', { kind: 'done', reply }])
  expect(done).toHaveBeenCalledWith(draft)
  expect(later.resume()).toBeNull()
})

test('被拒绝的不再自己发；内容改过换一把新钥匙', async () => {
  const { kept, send, open } = house()
  const refusal = new ApiError('reauthentication_required', 403)
  send.mockRejectedValueOnce(refusal)
  const submitter = open()
  expect(await submitter.submit(submitting)).toEqual({ kind: 'refused', error: refusal })
  expect(submitter.resume()).toBeNull()
  send.mockRejectedValueOnce(noNetwork)
  await submitter.submit({ ...submitting, body: { ...submitting.body, version: 4 } })
  expect(kept.get(draft)?.key).toBe('key-2')
})
