import type { CodeRefusal, ShownBy } from '../../../contract/gateways/readers'
import type { Reader, Scene } from '../../../domain/code/scene'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'

/** What a reader is told, and the holder reads in the trace; none of it says who the holder is. */
export const words: Record<CodeRefusal, string> = {
  reader_unknown: '扫码的机器没有登记',
  scene_not_registered: '扫码的机器没有登记这个场景',
  code_unreadable: '读不出来，不是完好的苏服码',
  code_offline: '这是离线码，由扫码的机器自己验',
  wrong_issuer: '不是本市发的苏服码',
  code_unknown: '没有这个码',
  code_used: '这个码已经用过',
  code_expired: '这个码已经过期',
  device_revoked: '亮码的设备已经退出登录',
  holder_unavailable: '亮码人现在不能用这个码',
  holder_kind: '这个场景不收这一类码',
  beyond_scene: '要的内容超出了这个场景',
  declined: '亮码人没有同意',
  confirmation_lapsed: '亮码人没有及时答复',
  consent_missing: '亮码人没有同意使用敏感信息',
  beyond_delegation: '亮码人的授权里没有这个场景',
  in_person: '这个场景要本人到场，不能由别人代为亮码'
}

export function refused(reason: CodeRefusal): Refusal {
  const pointer = reason.startsWith('scene') ? '/scene' : reason === 'beyond_scene' ? '/fields' : '/code'
  return new Refusal('code_refused', { detail: words[reason], errors: [{ pointer, code: reason, message: words[reason] }] })
}

/** A reader together with one of the scenes that it is registered for. */
export interface Post {
  reader: Reader
  scene: Scene
}

/** What the reader may do here, by the catalogue in force; the reason when it may not. Ids of others are not looked up in prototypes. */
export function postOf(deps: Deps, readerId: string, sceneId: string): Post | 'reader_unknown' | 'scene_not_registered' {
  const reader = readerOf(deps, readerId)
  const scene = sceneOf(deps, sceneId)
  if (!reader) return 'reader_unknown'
  return scene && reader.scenes.includes(scene.id) ? { reader, scene } : 'scene_not_registered'
}

export function sceneOf(deps: Deps, sceneId: string): Scene | undefined {
  const { scenes } = deps.catalogue.current().catalogue
  return Object.hasOwn(scenes, sceneId) ? scenes[sceneId] : undefined
}

export function readerOf(deps: Deps, readerId: string): Reader | undefined {
  const { readers } = deps.catalogue.current().catalogue
  return Object.hasOwn(readers, readerId) ? readers[readerId] : undefined
}

/** Who it was, in a trace: as the holder reads it, and as an objection finds it. */
export const byReader = ({ id, organisation, place }: Reader) =>
  ({ actor: `${organisation}${place}`, actorKind: 'reader', readerId: id }) as const

/** In the trace, where a delegate shows another's code. */
export const shownByText = ({ role, maskedName }: ShownBy): string =>
  maskedName === null ? '' : `，由${role === 'operator' ? '经办人' : '代办人'} ${maskedName} 代为亮码`

export const purposeOf = ({ purpose, name, legalBasis }: Scene): string => `${purpose}（${name}，依据：${legalBasis}）`
