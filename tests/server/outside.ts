import type { CaseMessage, DispatchCase } from '../../contract/gateways/departments'
import type { ReaderObjection } from '../../contract/gateways/readers'
import type { LibraryLicence, LibraryRectification } from '../../contract/gateways/licence-library'
import { GatewayRefused, GatewayUnavailable, type Gateways, type IdentityClaims } from '../../server/gateways/ports'

/** A working Thursday, 10:00 in Beijing. */
export const START = Date.parse('2026-11-19T02:00:00Z')

export const mother: IdentityClaims = {
  name: '林演示',
  idNumber: '320281199501010026',
  phone: '16000000002',
  realNameLevel: 4,
  authenticatedAt: START
}
export const stranger: IdentityClaims = {
  name: '顾演示',
  idNumber: '320281199009090079',
  phone: '16000000007',
  realNameLevel: 4,
  authenticatedAt: START
}

/** The outside world in memory: what it answers is set here, what it was told is kept here. */
export interface Outside {
  /** Who is at the identity provider's page; the next exchange answers it. */
  person: IdentityClaims
  licences: LibraryLicence[]
  /** Shared data by system, then by ID code. */
  shared: Record<string, Record<string, Record<string, string>>>
  dispatched: DispatchCase[]
  /** Objections that arrived, each as often as it was sent. */
  objections: ReaderObjection[]
  /** What the library was asked to check, each as often as it was sent. */
  rectifications: LibraryRectification[]
  caseMessages: { departmentId: string; message: CaseMessage }[]
  subscribed: { openid: string; template: string; page: string; data: Record<string, string> }[]
  texts: { messageId: string; phone: string; template: string; params: Record<string, string> }[]
  /** Systems that can't be reached now. */
  down: Set<'identity' | 'library' | 'share' | 'departments' | 'readers' | 'wechat' | 'sms'>
  /** Whose key signs what departments ask of us; null: of whom the body says it is. */
  signer: string | null
  /** Whether the departments answer 400 to whatever is sent to them. */
  departmentsRefuse: boolean
  /** Whether the signatures of callbacks hold. */
  callbacksHold: boolean
}

export function newOutside(): Outside {
  return {
    person: mother,
    licences: [],
    shared: {},
    dispatched: [],
    objections: [],
    rectifications: [],
    caseMessages: [],
    subscribed: [],
    texts: [],
    down: new Set(),
    signer: null,
    departmentsRefuse: false,
    callbacksHold: true
  }
}

export function gatewaysTo(outside: Outside): Gateways {
  const reach = (system: Parameters<Outside['down']['has']>[0]) => {
    if (outside.down.has(system)) throw new GatewayUnavailable(system)
    if (system === 'departments' && outside.departmentsRefuse) throw new GatewayRefused(system, 400)
  }
  return {
    identity: {
      async authorizationUrl({ redirectUri, state, nonce, codeChallenge, fresh }) {
        reach('identity')
        const query = new URLSearchParams({ redirect_uri: redirectUri, state, nonce, code_challenge: codeChallenge, fresh: String(fresh) })
        return new URL(`http://localhost:8080/mock/identity/auth?${query}`)
      },
      async exchange() {
        reach('identity')
        return outside.person
      }
    },
    licenceLibrary: {
      async query({ holderIdCode, types }) {
        reach('library')
        return outside.licences.filter((licence) => types.includes(licence.type) && isAbout(licence, holderIdCode, outside.person.name))
      },
      async rectify(rectification) {
        reach('library')
        outside.rectifications.push(rectification)
      },
      verify: async () => outside.callbacksHold
    },
    dataShare: {
      async query({ system, holderIdCode }) {
        reach('share')
        const data = outside.shared[system]?.[holderIdCode]
        return { found: data !== undefined, data: data ?? {}, asOf: '2026-11-19' }
      }
    },
    departments: {
      async dispatch(message) {
        reach('departments')
        outside.dispatched.push(message)
      },
      async send(departmentId, message) {
        reach('departments')
        outside.caseMessages.push({ departmentId, message })
      },
      async verify({ body }) {
        if (!outside.callbacksHold) return null
        const claimed = body.length > 0 ? (JSON.parse(body.toString('utf8')) as { departmentId?: string }).departmentId : undefined
        return { departmentId: outside.signer ?? claimed ?? 'nobody' }
      }
    },
    readers: {
      async verify({ headers }) {
        return outside.callbacksHold ? (outside.signer ?? String(headers['x-reader'] ?? '')) || null : null
      },
      async object(objection) {
        reach('readers')
        outside.objections.push(objection)
      }
    },
    wechat: {
      async openid(code) {
        reach('wechat')
        return `openid-of-${code}`
      },
      async subscribeMessage(openid, template, page, data) {
        reach('wechat')
        outside.subscribed.push({ openid, template, page, data })
      }
    },
    sms: {
      async send(messageId, phone, template, params) {
        reach('sms')
        outside.texts.push({ messageId, phone, template, params })
      }
    }
  }
}

/** The library finds a company's licence by its legal representative too. */
function isAbout({ holderIdCode, face }: LibraryLicence, idCode: string, name: string): boolean {
  return holderIdCode === idCode || face['法定代表人'] === name
}
