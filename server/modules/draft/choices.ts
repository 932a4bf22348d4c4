import type { MaterialChoice, SaveDraft } from '../../../contract/drafts'
import type { PlanMaterial } from '../../../domain/bundle/plan-types'
import type { ResolvedBundle } from '../../../domain/bundle/types'
import { draftErrors } from '../../../domain/form/validate'
import type { FieldError, FormValues, FormViewField } from '../../../domain/form/types'
import type { Static } from 'typebox'
import type { AssembledDraft } from './assemble'

type Choice = Static<typeof MaterialChoice>

/** RFC 6901: ~ and / in a key are written ~0 and ~1. */
const step = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** What a save may not contain whatever the plan: fields and materials that the bundle does not have, values of another shape. */
export function shapeFaults(bundle: ResolvedBundle, { values = {}, materials = {} }: SaveDraft): FieldError[] {
  const ofValues = draftErrors(bundle.form, values).map((fault) => ({ ...fault, pointer: `/values${fault.pointer}` }))
  const ofMaterials = Object.keys(materials)
    .filter((id) => !Object.hasOwn(bundle.materialOf, id.replace(/:new$/, '')))
    .map((id) => ({ pointer: `/materials/${step(id)}`, code: 'unknown', message: `这件事不收「${id}」这份材料，请去掉` }))
  return [...ofValues, ...ofMaterials]
}

/** What a save may not contain by the plan and form that it leads to: another value for a locked field, a way that is not open. */
export function choiceFaults(
  { form, plan }: Pick<AssembledDraft, 'form' | 'plan'>,
  { values = {}, materials = {} }: SaveDraft
): FieldError[] {
  const locked = lockedFields(form).filter((field) => field.id in values && !isSame(values[field.id] ?? null, field.value))
  const ofValues = locked.map((field) => ({
    pointer: `/values/${step(field.id)}`,
    code: 'locked',
    message: `「${field.label}」${field.origin ?? '来自权威数据'}，不能直接改；如果不对，请点「这一项不对」`
  }))
  const ofMaterials = plan.materials.flatMap((material) => {
    const choice = materials[material.id]
    if (!choice || isOpen(material, choice)) return []
    return [{ pointer: `/materials/${step(material.id)}`, code: 'not_open', message: `「${material.name}」不能这样交，请从列出的几种里选` }]
  })
  return [...ofValues, ...ofMaterials]
}

/** Whether the plan leaves this way open for this material. */
export function isOpen(material: PlanMaterial, { choice, files }: Choice): boolean {
  if (choice === 'upload') return files.length === 0 || material.canUpload || material.state === 'upload'
  if (choice === 'defer') return material.canDefer !== null
  if (choice === 'promise') return material.canPromise
  if (choice === 'consent') return material.consent !== null
  return material.state !== 'upload'
}

/** Locked fields keep what their source says; whatever came along for them is not kept beside it. */
export function withoutLocked(values: FormValues, form: AssembledDraft['form']): FormValues {
  const locked = new Set(lockedFields(form).map((field) => field.id))
  return Object.fromEntries(Object.entries(values).filter(([id]) => !locked.has(id)))
}

const lockedFields = (form: AssembledDraft['form']): FormViewField[] =>
  form.groups.flatMap((group) => group.fields).filter((field) => field.locked)

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
