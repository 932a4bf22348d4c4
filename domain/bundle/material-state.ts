import type { Holding } from '../licence/types'
import { whyUnknown } from './holders'
import type { MaterialState } from './plan-types'
import type { HolderConsentRule, HolderRole, Material, ResolvedBundle } from './types'

/** 持有人对同意请求的答复。 */
export type ConsentAnswer = 'granted' | keyof HolderConsentRule['ways']

export interface MaterialCircumstances {
  /** 查到的证照；null 为没有登录、还没查 */
  holdings: Holding[] | null
  /** 已知证件号、可以去查的持有人；undefined 为没有登录、还不知道 */
  knownHolders: HolderRole[] | undefined
  /** 已有答复的持有人同意：材料码 → 答复 */
  consents: Record<string, ConsentAnswer>
  /** 这次没能取到的共享数据与证照：材料码 */
  unavailable: string[]
  /** 申请人在失信名单内，不可选告知承诺 */
  promiseBarred: boolean
}

export interface MaterialOutcome {
  state: MaterialState
  reason: string
  canUpload: boolean
}

const outcome = (state: MaterialState, reason: string, canUpload = state === 'upload'): MaterialOutcome => ({ state, reason, canUpload })

const isUsable = (holding: Holding) => holding.status === 'valid' || holding.status === 'expiring'

/** 需要别人同意的：按答复走，拒绝、逾期未答、联系不上、已故各有出路。 */
function settleConsent(rule: HolderConsentRule, material: Material, answer: ConsentAnswer | undefined): MaterialOutcome {
  if (answer === 'granted') return outcome('exempt', `持有人已同意提供「${material.name}」，免提交`)
  if (answer === undefined) {
    const uploadable = Object.values(rule.ways).some(({ way }) => way === 'upload')
    return outcome('consent', `「${material.name}」的持有人不是你，须本人在线同意：${rule.purpose}`, uploadable)
  }
  const { way, say } = rule.ways[answer]
  if (way === 'upload') return outcome('upload', say)
  return outcome(way === 'waive' ? 'exempt' : 'consent', say)
}

function settleLicence(
  material: Material, name: string, { holdings }: MaterialCircumstances, licenceType: string, unknown: string | null
): MaterialOutcome {
  const held = holdings?.filter(holding => holding.licenceType === licenceType && holding.holder === material.holder) ?? []
  if (held.some(isUsable)) return outcome('exempt', `已从证照库取得电子证照「${name}」，免提交`)
  if (unknown && held.length === 0) return outcome('upload', `${unknown}，证照库里查不到，请上传「${material.name}」`)
  if (holdings === null) return outcome('exempt', `登录后自动核验电子证照「${name}」，查到即免提交`)
  if (held.length > 0) return outcome('upload', `证照库里的「${name}」已失效，请上传有效的「${material.name}」`)
  return outcome('upload', `证照库里没有查到「${name}」，请上传「${material.name}」`)
}

/**
 * 一份材料怎么交，以及为什么。
 * @param producer 本件中先办并新产出这份证照的事项名称；null 为没有
 */
export function settle(
  material: Material, producer: string | null, circumstances: MaterialCircumstances, bundle: ResolvedBundle
): MaterialOutcome {
  const { source, consent } = material
  if (producer !== null) return outcome('predecessor', `由「${producer}」办成后产出，只认新产出的这一份，不用你交`)
  if (source.kind === 'form') return outcome('fill', '在表单里填写并签名，不用另交')
  if (source.kind === 'generated') return outcome('generated', '由系统按你填写的内容生成，你核对签名即可')
  if (source.kind === 'upload') return outcome('upload', `没有可共享的数据，请上传「${material.name}」`)
  const missed = circumstances.unavailable.includes(material.id)
  if (consent) {
    const released = source.kind === 'licence' && circumstances.holdings?.some(holding =>
      holding.licenceType === source.licenceType && holding.holder === material.holder && isUsable(holding))
    const answer = released ? 'granted' : circumstances.consents[material.id]
    if (answer !== 'granted' || !missed) return settleConsent(consent, material, answer)
  }
  const unknown = whyUnknown(bundle, material.holder, circumstances.knownHolders)
  if (unknown && source.kind === 'share') return outcome('upload', `${unknown}，共享数据里查不到，请上传「${material.name}」`)
  if (missed) return outcome('upload', `本次未能取得「${material.name}」，请上传`)
  if (source.kind === 'share') return outcome('exempt', `由${source.system}核验，免提交`)
  const name = bundle.licenceTypeOf[source.licenceType]?.name ?? material.name
  return settleLicence(material, name, circumstances, source.licenceType, unknown)
}
