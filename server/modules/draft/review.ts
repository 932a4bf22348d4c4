import type { DraftReview, SignedGrant } from '../../../contract/drafts'
import { visibleQuestions } from '../../../domain/bundle/questions'
import { askedForm } from '../../../domain/form/asked'
import { validateForm } from '../../../domain/form/validate'
import { valueText } from '../../../domain/form/value-text'
import { dayOf, dayText } from '../../../domain/time'
import { FRESH_MS } from '../../access'
import type { Acting, Deps } from '../../deps'
import type { AssembledDraft } from './assemble'
import { commitmentsOf } from './commitments'
import { contentHash, frozenContent } from './freeze'
import { filesOf, materialStandings, type MaterialStanding } from './materials'
import type { ReviewedContent } from './signed-content'

type Summary = DraftReview['summary'][number]

/** What is still missing before this draft may be signed; both lists are empty when nothing is. */
export function openPoints(deps: Pick<Deps, 'now'>, draft: AssembledDraft): Pick<DraftReview, 'errors' | 'pending'> {
  const { bundle, content, plan } = draft
  const questions = visibleQuestions(bundle, content.answers).filter((question) => plan.missing.includes(question.id))
  return {
    errors: validateForm(draft.form, dayOf(deps.now())),
    pending: [
      ...questions.map(({ id, text }) => ({ kind: 'question' as const, id, say: `还没有回答：${text}` })),
      ...plan.stops.filter((stop) => stop.blocking).map(({ say }) => ({ kind: 'question' as const, id: 'stop', say })),
      ...(plan.verdict === 'nothing' ? [{ kind: 'question' as const, id: 'nothing', say: '按你的回答，没有需要申请的事项' }] : []),
      ...inPerson(draft),
      ...materialStandings(draft).flatMap(({ material, pending }) => (pending ? [{ ...pending, id: material.id }] : []))
    ]
  }
}

/** What one must be present for nobody can do in another's place (processes.md §6: 人脸到场类事项不可代). */
function inPerson({ agent, bundle, plan }: AssembledDraft): DraftReview['pending'] {
  const matters = agent ? plan.matters.filter(({ matterId }) => bundle.matterOf[matterId]?.visitReason !== undefined) : []
  return matters.map(({ key, name, matterId }) => {
    const say = `「${name}」要本人到场（${bundle.matterOf[matterId]?.visitReason}），不能代办，请对方自己来办这件事`
    return { kind: 'question' as const, id: `in-person:${key}`, say }
  })
}

/** The page before signing: what is missing, what to tick, what will be signed, in words and as a hash. */
export function reviewOf(deps: Deps, acting: Acting, draft: AssembledDraft): DraftReview {
  const { reauthenticatedAt } = acting
  const content = frozenContent(draft)
  return {
    version: draft.record.version,
    ...openPoints(deps, draft),
    commitments: commitmentsOf(draft),
    grants: grantsOf(draft, content),
    agent: draft.agent?.role ?? null,
    contentHash: contentHash(content),
    summary: summaryOf(deps, draft),
    reauthenticated: reauthenticatedAt !== null && deps.now() - reauthenticatedAt <= FRESH_MS
  }
}

/** The licences that signing gives away, read from the very content that is signed. */
function grantsOf({ licenceTypes }: AssembledDraft, { materials }: ReviewedContent): SignedGrant[] {
  return Object.entries(materials).flatMap(([materialId, { how, grant }]) => {
    if (!grant) return []
    const { licenceType, licenceName, holder, to, fields, until } = grant
    const face = licenceTypes[licenceType]?.face ?? []
    return {
      materialId,
      licenceName,
      holder,
      issuedHere: how === 'predecessor',
      to: to.map(({ matter, department }) => ({ matterName: matter, departmentName: department })),
      fields: face.filter(({ name }) => fields.includes(name)).map(({ name, sensitivity }) => ({ name, sensitivity })),
      until
    }
  })
}

function summaryOf(deps: Deps, draft: AssembledDraft): Summary[] {
  const parts = [...signer(draft), situation(draft), matterSummary(draft), ...formSummary(deps, draft), materialSummary(deps, draft)]
  return parts.filter(({ lines: [first] }) => first)
}

function signer({ agent, applicant }: AssembledDraft): Summary[] {
  if (!agent) return []
  const label = agent.role === 'proxy' ? '代办人' : '经办人'
  const lines = [{ label, text: `${agent.name}（${agent.maskedIdNumber}）`, origin: null }]
  if (agent.role === 'proxy') lines.unshift({ label: '申请人', text: applicant.name, origin: null })
  return [{ title: '谁来签字', lines }]
}

function situation({ bundle, content }: AssembledDraft): Summary {
  const answers = visibleQuestions(bundle, content.answers).flatMap((question) => {
    const chosen = [content.answers[question.id] ?? []].flat()
    const text = chosen.map((value) => question.options.find((option) => option.value === value)?.label ?? value).join('、')
    return text ? [{ label: question.text, text, origin: null }] : []
  })
  return { title: '你的回答', lines: answers }
}

const matterSummary = ({ plan: { matters } }: AssembledDraft): Summary => ({
  title: `要办的 ${matters.length} 个事项`,
  lines: matters.map(({ name, departmentName }) => ({ label: name, text: departmentName, origin: null }))
})

function formSummary(deps: Deps, { content, form }: AssembledDraft): Summary[] {
  const { regions } = deps.catalogue.current().catalogue
  return askedForm(form).groups.map((group) => ({
    title: group.title,
    lines: group.fields.map((field) => {
      const claim = content.objections[field.id]
      const text = valueText(field, field.value, regions)
      return { label: field.label, text: field.objected && claim ? `${text}（你指出有误，应为：${claim}）` : text, origin: field.origin }
    })
  }))
}

function materialSummary(deps: Deps, draft: AssembledDraft): Summary {
  const today = dayOf(deps.now())
  return {
    title: '材料',
    lines: materialStandings(draft).map((standing) => ({
      label: standing.material.name,
      text: materialText(draft, standing, today),
      origin: null
    }))
  }
}

function materialText(draft: AssembledDraft, { material, how, pending }: MaterialStanding, today: string): string {
  if (how === 'upload') return `上传 ${filesOf(draft, material.id).length} 个文件`
  if (how === 'defer') return `容缺，${material.canDefer ? dayText(material.canDefer.until, today) : ''}前补交`
  if (how === 'promise') return '用告知承诺代替'
  return pending?.say ?? material.reason
}
