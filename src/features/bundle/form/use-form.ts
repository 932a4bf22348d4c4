import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Regions } from '../../../../contract/catalogue'
import type { Draft } from '../../../../contract/drafts'
import { askedForm } from '../../../../domain/form/asked'
import type { FieldError, FieldValue, FormView, FormViewField } from '../../../../domain/form/types'
import { validateForm, validateSoFar } from '../../../../domain/form/validate'
import { dayOf } from '../../../../domain/time'
import { asApiError } from '../../../api/api-error'
import { readRegions } from '../../../api/catalogue'
import { objectToField, readDraft, saveDraft } from '../../../api/drafts'
import { useResource } from '../../../api/resource'
import { wordingOf } from '../../../api/wording'
import { controlId } from '../../../components'
import { usePageHidden, usePageShown } from '../../../platform/lifecycle'
import { open } from '../../../platform/navigation'
import { onNetworkChange } from '../../../platform/network'
import { focusId } from '../../../platform/scroll'
import { useNow } from '../../../session/now'
import { keepDraft, keepEdits, keptEdits } from '../kept-draft'
import { DraftSaver, type SaverSource } from './draft-saver'
import { headOf } from './draft-values'

const source: SaverSource = {
  save: saveDraft,
  keepEdits,
  keepDraft,
  later: (run, ms) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
}

export type FormFilling = ReturnType<typeof useForm>

/** Filling in the form of a draft: what is on screen, what is wrong with it, saving as one goes. */
export function useForm(draft: Draft) {
  const [saver] = useState(() => new DraftSaver(draft, keptEdits(draft.id), source))
  const state = useSyncExternalStore(saver.subscribe, saver.read)
  const [faults, setFaults] = useState<FieldError[]>([])
  const [problem, setProblem] = useState('')
  const regions = useResource<Regions>('public/regions', readRegions)
  useSavingMoments(saver, draft.id)
  const today = dayOf(useNow())

  const view = askedForm(viewWith(state.draft.form, state.edits))
  const clear = (fieldId: string) => setFaults((now) => now.filter(({ pointer }) => headOf(pointer) !== fieldId))

  function change(field: FormViewField, value: FieldValue) {
    clear(field.id)
    saver.edit(field.id, value)
  }
  function check(field: FormViewField, value: FieldValue) {
    const found = validateSoFar(field, value, today)
    setFaults((now) => [...now.filter(({ pointer }) => headOf(pointer) !== field.id), ...found])
  }
  /** All faults of these groups, with focus on the first; true when there are none. */
  function checkAll(groups: FormView['groups']): boolean {
    const found = validateForm({ groups }, today)
    setFaults(found)
    setProblem(found.length > 0 ? `有 ${found.length} 处要改一下，已标红。其余的都留着。` : '')
    if (found[0]) focusId(controlId(found[0].pointer))
    return found.length === 0
  }
  async function object(fieldId: string, claim: string) {
    try {
      saver.adopt(await objectToField(draft.id, fieldId, claim))
      setProblem('')
    } catch (error) {
      const { what, now } = wordingOf(asApiError(error))
      setProblem(`${what}。${now}`)
    }
  }
  async function goOn(groups: FormView['groups']) {
    if (!checkAll(groups)) return
    await saver.flush()
    if (saver.read().conflict || saver.read().status === 'failed') return
    open('/features/bundle/materials/index', { draft: draft.id, for: draft.subjectId })
  }
  return {
    ...state, view, regions: regions.data?.regions ?? [], problem, today,
    /** What is wrong at a pointer, as found here before what the server found. */
    errorAt: (at: string) => [...faults, ...state.faults].find(({ pointer }) => pointer === at)?.message,
    change, check, checkAll, object, goOn,
    settle: (keep: 'mine' | 'theirs') => void saver.settle(keep), retry: () => void saver.flush()
  }
}

/** Saves when the page is left and when the network is back; comes back to what other pages have changed meanwhile. */
function useSavingMoments(saver: DraftSaver, draftId: string): void {
  const opened = useRef(false)
  useEffect(() => onNetworkChange((online) => {
    if (online) void saver.flush()
  }), [saver])
  useEffect(() => () => void saver.flush(), [saver])
  usePageHidden(() => void saver.flush())
  usePageShown(() => {
    if (opened.current) void readDraft(draftId).then((draft) => saver.adopt(draft), () => undefined)
    opened.current = true
  })
}

function viewWith(form: FormView, edits: Record<string, FieldValue>): FormView {
  const edited = (field: FormViewField) =>
    field.id in edits && !field.locked ? { ...field, value: edits[field.id] ?? null, origin: null } : field
  return { groups: form.groups.map((group) => ({ ...group, fields: group.fields.map(edited) })) }
}
