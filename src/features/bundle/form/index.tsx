import { useContext, useEffect, useState } from 'react'
import type { Draft } from '../../../../contract/drafts'
import type { FormView } from '../../../../domain/form/types'
import { Button, Card, Cell, controlId, ElderContext, FormInput, Loaded, Notice, OfflineBar, Page, Steps } from '../../../components'
import { back, hrefOf, useParams } from '../../../platform/navigation'
import { focusId } from '../../../platform/scroll'
import '../bundle.scss'
import { applySteps } from '../apply-steps'
import { OnBehalf, OwnGate } from '../own-gate'
import { useDraft } from '../use-draft'
import { changeAnswers } from './change-answers'
import { Conflict } from './conflict'
import { headOf } from './draft-values'
import './form.scss'
import { LockedField } from './locked-field'
import { SaveState } from './save-state'
import { useForm, type FormFilling } from './use-form'

export default function FormPage() {
  const { draft = '', for: subject, field } = useParams()
  const returnTo = hrefOf('/features/bundle/form/index', { draft, for: subject, field })
  return <OwnGate title='填写' what='一张表，填一次' why='登录后才能取到你的证照，帮你预填。' returnTo={returnTo} subject={subject}>
    <Opened draftId={draft} pointer={field} />
  </OwnGate>
}

function Opened({ draftId, pointer }: { draftId: string; pointer?: string }) {
  const draft = useDraft(draftId)
  if (!draft.data) return <Page title='填写'><OfflineBar /><Loaded of={draft}>{() => null}</Loaded></Page>
  return <Filling draft={draft.data} pointer={pointer} />
}

function Filling({ draft, pointer }: { draft: Draft; pointer?: string }) {
  const elder = useContext(ElderContext)
  const form = useForm(draft)
  const { groups } = form.view
  const [at, setAt] = useState(() => Math.max(0, groups.findIndex(({ fields }) => fields.some(({ id }) => id === headOf(pointer ?? '')))))
  const [putOff, setPutOff] = useState<unknown>(null)
  useEffect(() => {
    if (pointer) focusId(controlId(pointer))
  }, [pointer])
  const shown = elder ? groups.slice(at, at + 1) : groups
  const isLast = !elder || at >= groups.length - 1
  const next = () => {
    if (isLast) void form.goOn(groups)
    else if (form.checkAll(shown)) setAt(at + 1)
  }
  return <Page
    title='填写' sub={draft.bundleName} onBack={() => { if (elder && at > 0) setAt(at - 1); else back() }}
    footer={<>
      <SaveState status={form.status} onRetry={form.conflict ? () => setPutOff(null) : form.retry} />
      {elder && at > 0 && <Button onPress={() => setAt(at - 1)}>上一组</Button>}
      <Button kind='primary' onPress={next}>{isLast ? '下一步：材料' : '下一组'}</Button>
    </>}
  >
    <OfflineBar text='没有网络。填的内容先存在手机上，连上网自动保存。' />
    <OnBehalf />
    {elder ? <Steps label='填写进度' steps={groups.map(({ title }) => title)} current={at} /> : <Steps {...applySteps} current={0} />}
    <Notice text={form.problem} tone='error' />
    {draft.rulesChanged && <Card title='办事规则有更新' tone='amber'>已按新规则重新算过，请看看有没有新增要填的。</Card>}
    {shown.map((group) => <Group key={group.id} group={group} form={form} />)}
    {!elder && <Cell title='改情形回答' note='情况变了，回到问题里改，填过的都留着' icon='edit' onPress={() => changeAnswers(draft)} />}
    <Conflict form={form} open={putOff !== form.conflict} onClose={() => setPutOff(form.conflict)} />
  </Page>
}

function Group({ group, form }: { group: FormView['groups'][number]; form: FormFilling }) {
  return <Card title={group.title}>
    {group.fields.map((field) => (field.locked
      ? <LockedField key={field.id} field={field} regions={form.regions} onObject={(claim) => void form.object(field.id, claim)} />
      : <FormInput
        key={field.id} field={field} pointer={`/${field.id}`} value={field.value} regions={form.regions} today={form.today}
        errorAt={form.errorAt} onChange={(value) => form.change(field, value)} onCheck={(value) => form.check(field, value)}
      />))}
  </Card>
}
