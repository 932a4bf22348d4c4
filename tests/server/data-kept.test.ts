import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import sharp from 'sharp'
import type { Draft, DraftFile } from '../../contract/drafts'
import type { LicenceList } from '../../contract/licences'
import { tx } from '../../server/db/pool'
import { sweepFiles } from '../../server/modules/draft/sweep'
import { keepFiles } from '../../server/modules/file/service'
import { recordSubject, relate } from '../../server/modules/identity/subjects'
import { forgetLapsed } from '../../server/modules/invitation/standing'
import { api } from './journey'
import { father, hukou, idCard, paper } from './papers'
import { signIn, type Browser } from './sign-in'
import { mother, startWorld, type World } from './world'

const DAY = 86_400_000
const answers = { born: 'here', hukou: 'jy', wed: 'married', ins: 'emp', sub: 'y' }

describe('资料只留到该留的时候', () => {
  let world: World
  let browser: Browser
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.licences = [idCard(mother), hukou(mother), idCard(father)]
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
  })
  after(async () => {
    await world.close()
  })

  const later = async (milliseconds: number) => {
    world.pass(milliseconds)
    browser = (await signIn(world, mother)).browser
  }
  const begin = () => api<Draft>(browser, 'POST', '/drafts', { bundleId: 'newborn', answers, restart: true }, 201)
  const files = path.join('files')
  const onDisk = () => {
    const folder = path.join(world.deps.config.dataDir, files)
    return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((each) => (each.isFile() ? [each.name] : []))
  }
  async function upload(): Promise<string> {
    const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#d33' } })
      .png()
      .toBuffer()
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    const reply = await browser.send({
      method: 'POST',
      url: '/api/v1/files',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      payload: Buffer.concat([Buffer.from(head), photo, Buffer.from('\r\n--b--\r\n')])
    })
    return reply.json<DraftFile>().id
  }
  const attach = ({ id, version }: Draft, file: string) =>
    api<Draft>(browser, 'PUT', `/drafts/${id}`, { version, materials: { 'idc-sp': { choice: 'upload', files: [file] } } })
  const onRecord = async () => (await world.deps.pool.query<{ id: string }>('select id from file')).rows.map(({ id }) => id)

  test('没有用上的上传，草稿过期的时候一并删去；还在草稿里的留着，草稿多久都一样', async () => {
    const used = await upload()
    const unused = await upload()
    let draft = await attach(await begin(), used)
    await later(20 * DAY)
    draft = await api<Draft>(browser, 'PUT', `/drafts/${draft.id}`, { version: draft.version, step: 'form' })
    await sweepFiles(world.deps)
    assert.deepEqual(new Set(await onRecord()), new Set([used, unused]))
    await later(11 * DAY)
    await sweepFiles(world.deps)
    await sweepFiles(world.deps)
    assert.deepEqual([await onRecord(), onDisk()], [[used], [used]])
    await api(browser, 'DELETE', `/drafts/${draft.id}`, undefined, 204)
    await sweepFiles(world.deps)
    assert.deepEqual([await onRecord(), onDisk()], [[], []])
  })

  test('注销之后，文件的字节和记录都不在了', async () => {
    await attach(await begin(), await upload())
    await api(browser, 'POST', '/identity/account/close', { confirm: '注销账号' }, 204)
    await sweepFiles(world.deps)
    assert.deepEqual([await onRecord(), onDisk()], [[], []])
  })

  test('上传写到一半就断掉的，一天后清掉；别的不碰', async () => {
    const whole = await upload()
    const partial = path.join(world.deps.config.dataDir, files, whole.slice(0, 2), `${whole}.cut-off`)
    fs.writeFileSync(partial, 'half')
    const touched = (instant: number) => fs.utimesSync(partial, instant / 1000, instant / 1000)
    touched(world.deps.now())
    await sweepFiles(world.deps)
    assert.equal(fs.existsSync(partial), true)
    touched(world.deps.now() - DAY - 1000)
    await sweepFiles(world.deps)
    assert.deepEqual([fs.existsSync(partial), onDisk().includes(whole)], [false, true])
  })

  test('提交的那一刻文件刚被删除：不当作交了', async () => {
    const file = await upload()
    await api(browser, 'DELETE', `/files/${file}`, undefined, 204)
    await assert.rejects(
      tx(world.deps.pool, (client) => keepFiles(world.deps, client, [file])),
      { code: 'not_found' }
    )
  })

  test('对方放出的内容过了同意的期限就抹掉', async () => {
    const draft = await begin()
    const wish = { materialIds: ['idc-sp'], holderName: father.name, holderIdNumber: father.idNumber }
    const { id } = await api<{ id: string }>(browser, 'POST', `/drafts/${draft.id}/invitations`, wish, 201)
    const { browser: holder } = await signIn(world, father)
    const { validUntil } = await api<{ validUntil: string }>(holder, 'POST', `/invitations/${id}/answer`, { answer: 'grant' })
    const kept = async () =>
      (await world.deps.pool.query('select 1 from invitation where id = $1 and released_sealed is not null', [id])).rowCount
    await forgetLapsed(world.deps)
    assert.equal(await kept(), 1)
    world.setNow(Date.parse(validUntil))
    await forgetLapsed(world.deps)
    assert.equal(await kept(), 0)
  })

  test('证照库不再列出的：有新一版的算已换发，没有的算已注销，都不能再免提交', async () => {
    const diploma = paper('diploma', mother, { 姓名: mother.name })
    world.outside.licences.push(diploma)
    const statuses = async () => {
      const { licences } = await api<LicenceList>(browser, 'GET', '/licences')
      return Object.fromEntries(licences.map((each) => [`${each.type} ${each.issuedOn}`, each.status]))
    }
    assert.deepEqual(await statuses(), { 'id-card 2021-03-01': 'valid', 'hukou 2021-03-01': 'valid', 'diploma 2021-03-01': 'valid' })
    const renewed = idCard(mother, { version: 2, issuedOn: '2026-11-18' })
    world.outside.licences = [renewed, hukou(mother)]
    await later(11 * 60_000)
    assert.deepEqual(await statuses(), {
      'id-card 2026-11-18': 'valid',
      'id-card 2021-03-01': 'changed',
      'hukou 2021-03-01': 'valid',
      'diploma 2021-03-01': 'cancelled'
    })
    world.outside.licences.push(diploma)
    await later(11 * 60_000)
    assert.equal((await statuses())['diploma 2021-03-01'], 'valid')
  })

  test('注销时，只有本人能代表的孩子，取来的副本也一并删除', async () => {
    const { deps } = world
    const { accountId } = (await signIn(world, mother)).me
    const ward = await recordSubject(deps.pool, deps, { kind: 'natural_person', name: '林小演', idCode: '32028120200101001X' })
    await relate(deps.pool, deps, accountId, ward, 'guardian')
    world.outside.licences.push({ ...hukou(mother), holderIdCode: '32028120200101001X' })
    await api(browser, 'GET', '/licences')
    const copies = async () => (await deps.pool.query('select 1 from licence where subject_id = $1', [ward])).rowCount
    assert.equal(await copies(), 1)
    await api(browser, 'POST', '/identity/account/close', { confirm: '注销账号' }, 204)
    assert.equal(await copies(), 0)
  })
})
