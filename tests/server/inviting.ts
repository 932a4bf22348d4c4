import { after, before, beforeEach } from 'node:test'
import type { Draft } from '../../contract/drafts'
import type { InvitationSummary } from '../../contract/invitations'
import { api } from './journey'
import { father, hukou, idCard, marriage } from './papers'
import { signIn, type Browser } from './sign-in'
import { mother, startWorld, type World } from './world'

export const answers = { born: 'here', hukou: 'jy', wed: 'married', ins: 'emp', sub: 'y' }

export const wish = { materialIds: ['idc-sp'], holderName: father.name, holderIdNumber: father.idNumber }

/** 一位要请孩子父亲同意的母亲：每个测试一份新草稿，证照库里的证照重新取过。 */
export interface Inviting {
  world: World
  applicant: Browser
  draft: Draft
  invite<T = InvitationSummary>(body?: object, expected?: number): Promise<T>
  /** 证照库的缓存过期之后，母亲重新登录。 */
  signInLater(): Promise<void>
}

/** 在 describe 里调用：起一个世界，每个测试之前备好母亲与草稿，最后收掉。 */
export function inviting(): Inviting {
  const scene = {
    invite: (body = wish, expected = 201) => api(scene.applicant, 'POST', `/drafts/${scene.draft.id}/invitations`, body, expected),
    async signInLater() {
      scene.world.pass(11 * 60_000)
      scene.applicant = (await signIn(scene.world, mother)).browser
    }
  } as Inviting
  before(async () => {
    scene.world = await startWorld()
  })
  beforeEach(async () => {
    scene.world.outside.down.clear()
    scene.world.outside.licences = [idCard(mother), hukou(mother), marriage(mother), idCard(father)]
    await scene.signInLater()
    scene.draft = await api<Draft>(scene.applicant, 'POST', '/drafts', { bundleId: 'newborn', answers, restart: true }, 201)
  })
  after(() => scene.world.close())
  return scene
}
