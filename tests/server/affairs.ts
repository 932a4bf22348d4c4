import { randomUUID } from 'node:crypto'
import type { Draft } from '../../contract/drafts'
import { api, complete, deliverAll, signAndSubmit, startDraft, upload } from './journey'
import { father, idCard } from './papers'
import { signIn, type Browser } from './sign-in'
import type { Fixture, Owner } from './fixtures'
import { mother, START } from './world'

/** Fixtures of everything that belongs to an affair: drafts, files, invitations, submissions, cases, licences. */
const bundleId = 'newborn'
const answers = { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' }
const married = { ...answers, wed: 'married' }
async function freshDraft(browser: Browser, given: Draft['answers'] = answers): Promise<Draft> {
  return api<Draft>(browser, 'POST', '/drafts', { bundleId, answers: given, picks: [], restart: true }, 201)
}

type Submitted = { submissionId: string; caseId: string; caseNo: string; receiptCode: string; fileId: string }

/** One submission for all that only look at it or are refused; made once in each world. */
const submissions = new WeakMap<object, Promise<Submitted>>()

function submission({ browser, world }: Owner) {
  const known = submissions.get(world) ?? submit()
  submissions.set(world, known)
  return known

  async function submit() {
    const draft = await complete(browser, await startDraft(browser, bundleId, answers).catch(() => freshDraft(browser)))
    const { submissionId, receiptCode } = await signAndSubmit(world, browser, mother, draft.id)
    await deliverAll(world)
    const { cases } = await api<{ cases: { id: string; caseNo: string }[] }>(browser, 'GET', `/submissions/${submissionId}`)
    const { rows } = await world.deps.pool.query<{ id: string }>('select id from file limit 1')
    return { submissionId, receiptCode, caseId: cases[0]?.id ?? '', caseNo: cases[0]?.caseNo ?? '', fileId: rows[0]?.id ?? randomUUID() }
  }
}

/** Somebody asks the holder of a marriage certificate for consent. */
async function invite(asker: Browser, holder: { name: string; idNumber: string }): Promise<string> {
  const draft = await freshDraft(asker, married)
  const body = { materialIds: consentMaterials(draft), holderName: holder.name, holderIdNumber: holder.idNumber }
  return (await api<{ id: string }>(asker, 'POST', `/drafts/${draft.id}/invitations`, body, 201)).id
}

const consentMaterials = ({ plan }: Draft) => plan.materials.filter(({ state }) => state === 'consent').map(({ id }) => id)

const ofDraft = (request: (draft: Draft) => object = () => ({})): Fixture => ({
  kind: 'owned',
  make: async ({ browser }) => {
    const draft = await freshDraft(browser)
    return { params: { id: draft.id }, ...request(draft) }
  }
})
const ofSubmission = (body?: object): Fixture => ({
  kind: 'owned',
  make: async (owner) => ({ params: { id: (await submission(owner)).submissionId }, body })
})
const ofCase = (body?: object): Fixture => ({
  kind: 'owned',
  make: async (owner) => ({ params: { id: (await submission(owner)).caseId }, body })
})
const ofFile: Fixture = { kind: 'owned', make: async ({ browser }) => ({ params: { id: (await upload(browser)).id } }) }
const ofLicence = (body?: object): Fixture => ({
  kind: 'owned',
  make: async ({ browser }) => ({ params: { id: await claimedLicence(browser) }, body })
})
async function claimedLicence(browser: Browser): Promise<string> {
  await api(browser, 'POST', '/licences/claims', {})
  const { licences } = await api<{ licences: { id: string }[] }>(browser, 'GET', '/licences')
  return licences[0]?.id ?? ''
}
const toRectify = { field: '姓名', claim: '只有主人写的' }
const onShow = { fields: ['姓名'], predicates: [], purpose: '只属于主人' }
const received = (body?: object): Fixture => ({
  kind: 'owned',
  make: async ({ world }) => ({ params: { id: await invite((await signIn(world, father)).browser, mother) }, body })
})

const rating = { grade: 'good', tags: [], text: '', anonymous: false }
const callback = {
  eventId: 'event-of-test',
  caseNo: 'no-such-case',
  departmentId: 'police',
  at: new Date(START).toISOString(),
  type: 'accepted',
  by: '演示经办人'
}

export const affairs: Record<string, Fixture> = {
  'GET /api/v1/catalogue': { kind: 'public' },
  'GET /api/v1/regions': { kind: 'public' },
  'GET /api/v1/search': { kind: 'public', make: async () => ({ query: { q: '出生' } }) },
  'GET /api/v1/bundles/{bundleId}': { kind: 'public', make: async () => ({ params: { bundleId } }) },
  'POST /api/v1/bundles/{bundleId}/plan': { kind: 'public', make: async () => ({ params: { bundleId }, body: { answers } }) },
  'GET /api/v1/receipts/{code}': { kind: 'public', make: async (owner) => ({ params: { code: (await submission(owner)).receiptCode } }) },
  'GET /api/v1/home': { kind: 'own' },
  'GET /api/v1/drafts': { kind: 'own' },
  'POST /api/v1/drafts': { kind: 'own', make: async () => ({ body: { bundleId, answers, restart: true } }) },
  'GET /api/v1/drafts/{id}': ofDraft(),
  'PUT /api/v1/drafts/{id}': ofDraft(({ version }) => ({ body: { version, step: 'form' } })),
  'DELETE /api/v1/drafts/{id}': ofDraft(),
  'GET /api/v1/drafts/{id}/review': ofDraft(),
  'POST /api/v1/drafts/{id}/objections': ofDraft(({ form }) => ({
    body: { fieldId: form.groups.flatMap(({ fields }) => fields).find(({ locked }) => locked)?.id ?? 'childName', claim: '这里写错了' }
  })),
  'POST /api/v1/drafts/{id}/submission': ofDraft(({ version }) => ({
    headers: { 'idempotency-key': randomUUID() },
    body: { version, contentHash: 'not-the-hash', commitments: [] }
  })),
  'POST /api/v1/drafts/{id}/invitations': {
    kind: 'owned',
    make: async ({ browser }) => {
      const draft = await freshDraft(browser, married)
      return {
        params: { id: draft.id },
        body: { materialIds: consentMaterials(draft), holderName: father.name, holderIdNumber: father.idNumber }
      }
    }
  },
  'GET /api/v1/invitations': { kind: 'own' },
  'GET /api/v1/invitations/{id}': received(),
  'POST /api/v1/invitations/{id}/answer': received({ answer: 'decline' }),
  'POST /api/v1/invitations/{id}/close': {
    kind: 'owned',
    make: async ({ browser }) => ({ params: { id: await invite(browser, father) }, body: { reason: 'cancelled' } })
  },
  'POST /api/v1/files': { kind: 'own' },
  'GET /api/v1/files/{id}': ofFile,
  'DELETE /api/v1/files/{id}': ofFile,
  'GET /api/v1/licences': { kind: 'own' },
  'POST /api/v1/licences/claims': { kind: 'own', make: async () => ({ body: {} }) },
  'POST /api/v1/licences/changes': {
    kind: 'signed',
    make: async () => ({ body: { eventId: 'change-of-test', at: new Date(START).toISOString(), licence: idCard(mother), reason: null } })
  },
  'GET /api/v1/licences/{id}': ofLicence(),
  'POST /api/v1/licences/{id}/rectification': ofLicence(toRectify),
  'POST /api/v1/licences/rectifications/{id}/answer': {
    kind: 'signed',
    make: async ({ browser, world }) => {
      const id = await claimedLicence(browser)
      await api(browser, 'POST', `/licences/${id}/rectification`, toRectify)
      const { rows } = await world.deps.pool.query<{ id: string }>('select id from rectification where licence_id = $1', [id])
      return { params: { id: rows[0]?.id ?? '' }, body: { outcome: 'upheld', text: '只告诉主人' } }
    }
  },
  'GET /api/v1/licences/{id}/grants': ofLicence(),
  'POST /api/v1/licence-grants/{id}/revocation': {
    kind: 'owned',
    make: async (owner) => {
      await submission(owner)
      const { licences } = await api<{ licences: { id: string; type: string }[] }>(owner.browser, 'GET', '/licences')
      const card = licences.find(({ type }) => type === 'id-card')?.id ?? ''
      const { grants } = await api<{ grants: { id: string }[] }>(owner.browser, 'GET', `/licences/${card}/grants`)
      return { params: { id: grants[0]?.id ?? '' } }
    }
  },
  'GET /api/v1/licences/{id}/presentable': ofLicence(),
  'POST /api/v1/licences/{id}/presentations': ofLicence(onShow),
  'GET /api/v1/presentations/{id}': {
    kind: 'owned',
    make: async ({ browser }) => {
      const id = await claimedLicence(browser)
      return { params: { id: (await api<{ id: string }>(browser, 'POST', `/licences/${id}/presentations`, onShow, 201)).id } }
    }
  },
  'GET /api/v1/licences/{id}/pdf': ofLicence(),
  'POST /api/v1/verifications/pdf': { kind: 'public' },
  'POST /api/v1/verifications': { kind: 'public', make: async () => ({ body: { code: 'ABCDEFGHJKLM' } }) },
  'GET /api/v1/submissions': { kind: 'own' },
  'GET /api/v1/submissions/{id}': ofSubmission(),
  'GET /api/v1/submissions/{id}/receipt': ofSubmission(),
  'POST /api/v1/submissions/{id}/withdraw': ofSubmission({}),
  'GET /api/v1/cases/{id}': ofCase(),
  'POST /api/v1/cases/{id}/correction': ofCase({ values: {}, files: {} }),
  'POST /api/v1/cases/{id}/supplement': {
    kind: 'owned',
    make: async (owner) => ({
      params: { id: (await submission(owner)).caseId },
      body: { materialId: 'anything', files: [(await upload(owner.browser)).id] }
    })
  },
  'POST /api/v1/cases/{id}/withdraw': ofCase({}),
  'GET /api/v1/cases/{id}/rating': ofCase(),
  'PUT /api/v1/cases/{id}/rating': ofCase(rating),
  'POST /api/v1/departments/callbacks': { kind: 'signed', make: async () => ({ body: callback }) },
  'GET /api/v1/departments/cases/{caseNo}/files/{id}': {
    kind: 'signed',
    make: async (owner) => {
      const { caseNo, fileId } = await submission(owner)
      return { params: { caseNo, id: fileId } }
    }
  }
}
