import assert from 'node:assert/strict'
import type { LicenceList } from '../../contract/licences'
import type { Present, Presentation, Verification } from '../../contract/presentations'
import type { Problem } from '../../contract/problems'
import { api } from './journey'
import { paper } from './papers'
import { openBrowser, type Browser } from './sign-in'
import { mother, type World } from './world'

/** 照面齐全的身份证，带出生日期。 */
export const fullIdCard = (rest: Parameters<typeof paper>[3] = {}) =>
  paper(
    'id-card',
    mother,
    {
      姓名: mother.name,
      性别: '女',
      民族: '汉',
      出生日期: '1995-01-01',
      住址: '江苏省江阴市澄江街道演示路1号',
      公民身份号码: mother.idNumber,
      签发机关: '江阴市公安局（演示）',
      有效期: '2021-03-01 至 2041-03-01'
    },
    { validTo: '2041-03-01', ...rest }
  )

/** 刚列出来、领了的一本，按种类取标识。 */
export async function licenceId(browser: Browser, type: string): Promise<string> {
  await api(browser, 'POST', '/licences/claims', {})
  const { licences } = await api<LicenceList>(browser, 'GET', '/licences')
  return licences.find((each) => each.type === type && each.status !== 'changed')?.id ?? assert.fail(`没有 ${type}`)
}

export const present = (browser: Browser, id: string, wanted: Partial<Present> = {}) =>
  api<Presentation>(
    browser,
    'POST',
    `/licences/${id}/presentations`,
    { fields: ['姓名'], predicates: [], purpose: '租房', ...wanted },
    201
  )

/** 二维码里 # 后面的令牌。 */
export const tokenOf = ({ href }: Presentation) => new URL(href).hash.slice(1)

export const verify = (world: World, code: string) => api<Verification>(openBrowser(world), 'POST', '/verifications', { code })

/** 公开地核一个 PDF；每次从另一个地址来，碰不到次数的限制。 */
let uploads = 0
export const uploadPdf = (world: World, bytes: Buffer, type = 'application/pdf') =>
  openBrowser(world).send({
    method: 'POST',
    url: '/api/v1/verifications/pdf',
    headers: { 'content-type': type },
    payload: bytes,
    remoteAddress: `10.1.${(uploads += 1) >> 8}.${uploads & 255}`
  })

export async function checkPdf(world: World, bytes: Buffer): Promise<Verification> {
  const reply = await uploadPdf(world, bytes)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json<Verification>()
}

/** 被拒的缘由。 */
export async function refusal(browser: Browser, method: 'GET' | 'POST', url: string, payload?: object, headers = {}): Promise<string> {
  const reply = await browser.send({ method, url: `/api/v1${url}`, headers, ...(payload && { payload }) })
  assert.ok(reply.statusCode >= 400, reply.body)
  return reply.json<Problem>().code
}
