import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { Licence, Rectification as Said } from '../../../contract/licences'
import { requestRectification } from '../../../src/api/licences'
import { Rectification } from '../../../src/features/licence/detail/rectification'
import { keepUnsent } from '../../../src/session/unsent'

jest.mock('../../../src/api/licences')

const noon = Date.parse('2026-11-20T04:00:00.000Z')
const said: Said = {
  at: '2026-11-19T04:00:00.000Z', field: '住址', claim: '演示路 2 号', deliveredAt: null, answerBy: '2026-11-26', outcome: null, answer: null,
  answeredAt: null
}
const licence: Licence = {
  id: 'licence', type: 'id-card', name: '居民身份证', issuer: '演示公安局', subjectId: 'self', maskedHolderName: '林*', status: 'valid',
  statusText: '有效', issuedOn: '2021-03-01', validTo: null, isNew: false, inRectification: false,
  look: { tint: 'blue', layout: 'card', seal: '公安局' }, claimedAt: '2026-11-01T00:00:00.000Z', identifier: null, version: 1,
  face: [{ name: '住址', type: 's', text: '演示路***', sensitivity: 2, masked: true }], fromCase: null,
  trustedUntil: '2026-11-21T04:00:00.000Z', rectification: null, rectificationDays: 5, allowedActions: ['present', 'rectify'], reasons: []
}
const onSent = jest.fn()
const show = (change: Partial<Licence> = {}, { now = noon, offline = false } = {}) =>
  render(<Rectification of={{ ...licence, ...change }} hotline='0510-12345' offline={offline} now={now} onSent={onSent} />)
const checking = (change: Partial<Said> = {}): Partial<Licence> =>
  ({ rectification: { ...said, ...change }, inRectification: true, allowedActions: ['present'] })

beforeEach(() => jest.mocked(requestRectification).mockReset())

test('没选哪一格、没写应该是什么，不送，说清缺哪样；没送成，写的还在；送成了告诉页面', async () => {
  show()
  fireEvent.click(screen.getByText('信息有误？'))
  fireEvent.click(screen.getByRole('button', { name: '请发证机关核对' }))
  expect(screen.getByText('错误：请选哪一格不对')).toBeTruthy()
  expect(screen.getByText('错误：请写应该是什么')).toBeTruthy()
  expect(requestRectification).not.toHaveBeenCalled()

  fireEvent.change(screen.getByLabelText('哪一格不对'), { target: { value: '住址' } })
  fireEvent.input(screen.getByLabelText('应该是什么'), { target: { value: ' 演示路 2 号 ' } })
  jest.mocked(requestRectification).mockRejectedValueOnce(new Error('offline'))
  fireEvent.click(screen.getByRole('button', { name: '请发证机关核对' }))
  await waitFor(() => expect(screen.getByRole('alert').textContent).not.toBe(''))
  expect(screen.getByLabelText<HTMLTextAreaElement>('应该是什么').value).toBe(' 演示路 2 号 ')
  expect(onSent).not.toHaveBeenCalled()

  jest.mocked(requestRectification).mockResolvedValueOnce(licence)
  fireEvent.click(screen.getByRole('button', { name: '请发证机关核对' }))
  await waitFor(() => expect(onSent).toHaveBeenCalledTimes(1))
  expect(requestRectification).toHaveBeenLastCalledWith('licence', { field: '住址', claim: '演示路 2 号' })
})

test('写到一半登录过期：登录回来，写到哪里还是哪里', () => {
  const before = show()
  fireEvent.click(screen.getByText('信息有误？'))
  fireEvent.change(screen.getByLabelText('哪一格不对'), { target: { value: '住址' } })
  fireEvent.input(screen.getByLabelText('应该是什么'), { target: { value: '演示路 2 号' } })
  keepUnsent('me')
  before.unmount()
  show()
  expect(screen.getByLabelText<HTMLSelectElement>('哪一格不对').value).toBe('住址')
  expect(screen.getByLabelText<HTMLTextAreaElement>('应该是什么').value).toBe('演示路 2 号')
})

test('没有网络不能提；正在核对的、不能提的，只给电话', () => {
  const { unmount } = show({}, { offline: true })
  fireEvent.click(screen.getByText('信息有误？'))
  expect(screen.getByRole('button', { name: '连上网才能提' })).toHaveProperty('disabled', true)
  unmount()
  const second = show(checking())
  fireEvent.click(screen.getByText('还有信息不对？'))
  expect(screen.getByText(/这一本正在核对，答复以后才能再提/)).toBeTruthy()
  expect(screen.queryByLabelText('哪一格不对')).toBeNull()
  second.unmount()
  show({ allowedActions: [] })
  fireEvent.click(screen.getByText('信息有误？'))
  expect(screen.getByText(/不能在手机上提更正。请打 0510-12345/)).toBeTruthy()
})

test('送到没有、哪天前答复、过了期限、怎么答复的，都照实说', () => {
  const texts: [Partial<Said>, number, RegExp][] = [
    [{}, noon, /正在送给发证机关。请它在 11 月 26 日（周四）结束前答复/],
    [{ deliveredAt: said.at }, noon, /已送到发证机关/],
    [{ deliveredAt: said.at }, Date.parse('2026-11-26T16:00:00.000Z'), /过了期限（待核）还没答复，可以打 0510-12345 催/],
    [{ outcome: 'upheld', answer: '查过没有错', answeredAt: said.at }, noon, /演示公安局答复：查过没有错/]
  ]
  for (const [change, now, text] of texts) {
    const { unmount } = show(checking(change), { now })
    expect(screen.getByText(text)).toBeTruthy()
    unmount()
  }
  show(checking({ outcome: 'corrected', answer: '改好了', answeredAt: said.at }))
  expect(screen.getByText('已更正')).toBeTruthy()
})
