import { fireEvent, render, screen, within } from '@testing-library/react'
import type { DraftReview, SignedGrant } from '../../../contract/drafts'
import { Grants } from '../../../src/features/bundle/sign/grants'

const card: SignedGrant = {
  materialId: 'idc', licenceName: '居民身份证', holder: 'applicant', issuedHere: false, until: 'caseClosed',
  to: [
    { matterName: '出生医学证明首次签发', departmentName: '助产机构' },
    { matterName: '一次性奖励', departmentName: '卫健委' },
    { matterName: '补发', departmentName: '助产机构' }
  ],
  fields: [{ name: '姓名', sensitivity: 1 }, { name: '公民身份号码', sensitivity: 2 }]
}
const born: SignedGrant = {
  materialId: 'birth:new', licenceName: '出生医学证明', holder: 'ward', issuedHere: true, until: 'caseClosed',
  to: [{ matterName: '出生登记', departmentName: '公安局' }], fields: [{ name: '出生地', sensitivity: 3 }]
}
const reviewOf = (grants: SignedGrant[], agent: DraftReview['agent'] = null): DraftReview => ({
  version: 1, errors: [], pending: [], commitments: [], grants, agent, contentHash: '', summary: [], reauthenticated: false
})
const head = (name: RegExp) => screen.getByRole('button', { name })

test('一本一行：哪一证、给哪些部门（不重复）、几格、几格敏感；收起时看不到格', () => {
  render(<Grants review={reviewOf([card, born])} />)
  expect(screen.getByRole('heading', { level: 2, name: '授权用证' })).toBeTruthy()
  expect(head(/居民身份证/).textContent).toBe('居民身份证给 助产机构、卫健委用于 3 个事项，给 2 格，其中 1 格敏感')
  expect(head(/出生医学证明/).textContent).toContain('孩子的出生医学证明（这次办出来的）')
  expect(screen.queryByText('公民身份号码')).toBeNull()
  expect(head(/居民身份证/).getAttribute('aria-expanded')).toBe('false')
})

test('点开：给谁用于什么逐条写，每一格的名字，敏感的旁边有字；再点收起；各开各的', () => {
  render(<Grants review={reviewOf([card, born])} />)
  fireEvent.click(head(/居民身份证/))
  expect(head(/居民身份证/).getAttribute('aria-expanded')).toBe('true')
  expect(document.getElementById(head(/居民身份证/).getAttribute('aria-controls') ?? '')).toBeTruthy()
  for (const text of ['助产机构：出生医学证明首次签发', '卫健委：一次性奖励', '助产机构：补发']) expect(screen.getByText(text)).toBeTruthy()
  const fields = within(screen.getByRole('list', { name: '居民身份证给出的格' })).getAllByRole('listitem')
  expect(fields.map(({ textContent }) => textContent)).toEqual(['姓名', '公民身份号码敏感'])
  expect(screen.queryByText('出生地')).toBeNull()
  fireEvent.click(head(/出生医学证明/))
  expect(screen.getByText('出生地').parentElement?.textContent).toBe('出生地特别敏感')
  fireEvent.click(head(/居民身份证/))
  expect(screen.queryByText('公民身份号码')).toBeNull()
})

test('到何时、在哪里收回都写着；代签的写明由持证人收回；没用证照的没有这一块', () => {
  const { rerender, container } = render(<Grants review={reviewOf([card])} />)
  expect(container.textContent).toContain('用到它的那一件办完为止')
  expect(container.textContent).toContain('打开「我的证照」里的这一本，点「用证记录」')
  rerender(<Grants review={reviewOf([card], 'proxy')} />)
  expect(container.textContent).toContain('由持证人自己打开')
  rerender(<Grants review={reviewOf([])} />)
  expect(container.textContent).toBe('')
})
