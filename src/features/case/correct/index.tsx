import type { CaseDetail } from '../../../../contract/submissions'
import { beforeText } from '../../../../domain/time'
import { Card, FormInput, Notice } from '../../../components'
import { Box } from '../../../platform/host'
import { useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { AnswerForm, AnswerPage } from '../answer-frame'
import { PaperUpload } from '../paper-upload'
import type { CorrectionTask } from './correction'
import { useCorrection } from './use-correction'
import './correct.scss'

export default function CorrectPage() {
  const { id = '' } = useParams()
  return <AnswerPage title='补正' returnTo={`/features/case/correct/index?id=${id}`}>
    <Correct id={id} />
  </AnswerPage>
}

const closed = { title: '这一件现在没有要补正的', note: '可能已经补过，或者办件状态刚变了。' }

function Correct({ id }: { id: string }) {
  const now = useNow()
  const correction = useCorrection(id, now)
  const { task, fault, faults, uploads, busy, send } = correction
  return <AnswerForm
    caseId={id} of={task} closed={closed} submitText='全部补好，提交' sending={uploads.sending} busy={busy} fault={fault}
    isOpen={({ detail }) => detail.correction !== null && detail.allowedActions.includes('correct')} onSubmit={() => void send()}
  >{(data) => <>
    <Ask of={data.detail} now={now} />
    <Items {...correction} task={data} />
    <Notice tone='error' text={faults > 0 ? `还有 ${faults} 处要改，已标出来。` : ''} />
  </>}</AnswerForm>
}

function Ask({ of: { matterName, departmentName, correction }, now }: { of: CaseDetail; now: number }) {
  const dueAt = correction?.dueAt
  return <Card title={matterName} tone='amber'>
    <Box>{departmentName}请你改 {correction?.items.length ?? 0} 处，一次改齐，改好自动回到预审。</Box>
    {dueAt && <Box>{beforeText(Date.parse(dueAt), now)}提交。</Box>}
  </Card>
}

type ItemsProps = Pick<ReturnType<typeof useCorrection>, 'values' | 'put' | 'check' | 'errorAt' | 'uploads' | 'today'> & {
  task: CorrectionTask
}

function Items({ task, values, put, check, errorAt, uploads, today }: ItemsProps) {
  return <>{task.detail.correction?.items.map(({ id, kind, target, label, problem, mend, sample }, at) => {
    const field = task.fields[target]
    return <Card key={id} title={`${at + 1}. ${label}`}>
      <Box className='correct-why'>
        <Box>哪里不对：{problem}</Box>
        <Box>怎么改：{mend}</Box>
        {sample && <Box>样例：{sample}</Box>}
      </Box>
      {kind === 'field' && field
        ? <FormInput
          field={field} pointer={`/${target}`} value={values[target] ?? null} errorAt={errorAt} regions={task.regions} today={today}
          onChange={(value) => put(target, value)} onCheck={(value) => check(field, value)}
        />
        : <PaperUpload target={target} label={label} error={errorAt(`/files/${target}`)} uploads={uploads} />}
    </Card>
  })}</>
}
