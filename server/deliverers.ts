import type { Deps } from './deps'
import type { LibraryRectification } from '../contract/gateways/licence-library'
import type { ReaderObjection } from '../contract/gateways/readers'
import type { DepartmentPayload } from './modules/case/dispatch'
import { noteDispatched, noteRefused } from './modules/case/receive'
import { takeBackConsent, tellReliedCases } from './modules/case/relied-licences'
import type { ConsentWithdrawn } from './modules/invitation/answer'
import { tellHolder } from './modules/invitation/invite'
import type { LicenceChangeNote } from './modules/licence/changes'
import { noteRectificationDelivered } from './modules/licence/rectification'
import type { SmsNote, WechatNote } from './modules/message/service'
import type { Deliverers } from './modules/outbox/service'
import { noteDelivered } from './modules/trace/objections'

/** How each kind of message in the outbox leaves the house. */
export function deliverers(deps: Deps): Deliverers {
  const { departments, licenceLibrary, readers, wechat, sms } = deps.gateways
  return {
    async department({ payload }) {
      const sent = payload as DepartmentPayload
      if (sent.kind === 'message') return departments.send(sent.departmentId, sent.message)
      await departments.dispatch(sent.message)
      return (client) => noteDispatched(client, deps, sent.caseId)
    },
    async wechat({ payload }) {
      const { openid, template, page, data } = payload as WechatNote
      await wechat.subscribeMessage(openid, template, page, data)
    },
    async sms({ messageId, payload }) {
      const { phone, template, params } = payload as SmsNote
      await sms.send(messageId, phone, template, params)
    },
    async invitation({ payload }) {
      return (client) => tellHolder(client, deps, (payload as { id: string }).id)
    },
    async licence({ payload }) {
      const note = payload as LicenceChangeNote | ConsentWithdrawn
      return (client) => ('released' in note ? takeBackConsent(client, deps, note) : tellReliedCases(client, deps, note))
    },
    async objection({ payload }) {
      const objection = payload as ReaderObjection
      await readers.object(objection)
      return (client) => noteDelivered(client, deps, objection.objectionId)
    },
    async rectification({ payload }) {
      const rectification = payload as LibraryRectification
      await licenceLibrary.rectify(rectification)
      return (client) => noteRectificationDelivered(client, deps, rectification.rectificationId)
    },
    async refused(client, { kind, payload }) {
      if (kind === 'department') await noteRefused(client, deps, (payload as DepartmentPayload).caseId)
    }
  }
}
