import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import type { Draft } from '../../contract/drafts'
import type { LicenceGrantList, LicenceList } from '../../contract/licences'
import type { InvitationSummary } from '../../contract/invitations'
import { accepted, birthCert, followed, materialOf, steps, withCases, withdrawAll, type Applied } from './cases'
import { answers, wish } from './inviting'
import { api, complete, deliverAll, readCase, signAndSubmit, startDraft } from './journey'
import { father, hukou, idCard, marriage } from './papers'
import { signIn, type Browser } from './sign-in'
import { mother, type World } from './world'

describe('还没送到部门的办件，要用另一位同意放出的证照', () => {
  let world: World
  let sibling: Browser
  let invitationId: string
  let applied: Applied
  withCases((started) => void (world = started))
  beforeEach(async () => {
    world.outside.licences = [idCard(mother), hukou(mother), marriage(mother), idCard(father)]
    world.pass(11 * 60_000)
    await alsoForHukou()
    const { browser } = await signIn(world, mother)
    const draft = await startDraft(browser, 'newborn', answers)
    invitationId = (await api<InvitationSummary>(browser, 'POST', `/drafts/${draft.id}/invitations`, wish, 201)).id
    sibling = (await signIn(world, father)).browser
    await answer('grant')
    const { id } = await complete(browser, await api<Draft>(browser, 'GET', `/drafts/${draft.id}`))
    applied = followed(world, browser, (await signAndSubmit(world, browser, mother, id)).submissionId)
    await deliverAll(world)
    assert.equal((await applied.caseOf('hk')).status, 'waiting')
  })

  /** 眼下目录里要另一位同意的证照，都只给最先送的那一件；所以在一版改过的目录里，落户也要核对另一方的身份证。 */
  const alsoForHukou = async () => {
    const { revision, catalogue } = world.shelf.current()
    if (revision.endsWith('-hk')) return
    const changed = { revision: `${revision}-hk`, catalogue: structuredClone(catalogue) }
    changed.catalogue.matters['birth-registration']?.materials.push({ id: 'idc-sp', why: '核对另一方父母的身份' })
    const values = [changed.revision, JSON.stringify(changed.catalogue)]
    await world.deps.pool.query('insert into catalogue_revision (revision, content, loaded_at) values ($1, $2, now())', values)
    world.shelf.current = () => changed
  }
  const answer = (given: 'grant' | 'revoke') => api(sibling, 'POST', `/invitations/${invitationId}/answer`, { answer: given })
  const change = async (status: 'suspended' | 'valid') => {
    world.pass(1000)
    const at = new Date(world.deps.now()).toISOString()
    const payload = { eventId: world.deps.newId(), at, licence: { ...idCard(father), status }, reason: null }
    const reply = await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload })
    assert.equal(reply.statusCode, 200, reply.body)
    await deliverAll(world)
  }
  const noted = async (key: string) => {
    const { timeline } = await readCase(applied.browser, (await applied.caseOf(key)).id)
    return timeline.filter(({ type }) => type === 'licenceChanged').map(({ detail }) => detail ?? '')
  }
  const bornNow = async () => {
    const bc = await applied.sent('bc')
    const issued = { type: 'issued' as const, licence: birthCert(bc) }
    await steps(world, bc, accepted(bc), { type: 'examineStarted' }, { type: 'decided', outcome: 'approve' }, issued)
    await deliverAll(world)
    return materialOf(await applied.sent('hk'), 'idc-sp')
  }

  test('这本证照变了，等着的这一件也听得到；没用到它的不说', async () => {
    await change('suspended')
    const [told, ...more] = await noted('hk')
    assert.deepEqual(more, [])
    assert.match(told ?? '', /^所依据的居民身份证有变：已暂扣（.+）。这一件还没送到部门，送办时按那时的来。$/)
    assert.deepEqual(await noted('vac'), [])
    const { how, licence } = await bornNow()
    assert.deepEqual([how, licence?.status, licence?.face], ['consent', 'suspended', {}])
    await withdrawAll(applied.browser, applied.submissionId)
    await change('valid')
  })

  test('对方收回同意，等着的这一件记一笔；到送办时不给照面，也不生出新的授权', async () => {
    await answer('revoke')
    await deliverAll(world)
    const [told, ...more] = await noted('hk')
    assert.deepEqual(more, [])
    assert.match(told ?? '', /^所依据的居民身份证有变：持证人收回了授权（.+）。这一件还没送到部门，送办时按那时的来。$/)
    const { licence } = await bornNow()
    assert.equal(licence, null)
    const { licences } = await api<LicenceList>(sibling, 'GET', '/licences')
    const own = licences.find(({ type }) => type === 'id-card')
    const { grants } = await api<LicenceGrantList>(sibling, 'GET', `/licences/${own?.id}/grants`)
    const statuses = ({ caseNo }: { caseNo: string | null }) =>
      grants.filter(({ purpose }) => purpose.includes(caseNo ?? '')).map(({ status }) => status)
    assert.deepEqual([statuses(await applied.sent('bc')), statuses(await applied.sent('hk'))], [['revoked'], []])
    await withdrawAll(applied.browser, applied.submissionId)
  })
})
