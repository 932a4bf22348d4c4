import type { CaseDetail } from '../../../../contract/submissions'
import { beforeText } from '../../../../domain/time'
import { Button, Card, Empty, FormInput, Loaded, Notice, OfflineBar, Page } from '../../../components'
import { Form } from '../../../platform/form-host'
import { Box } from '../../../platform/host'
import { replace, useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import { PaperUpload } from '../paper-upload'
import type { CorrectionTask } from './correction'
import { useCorrection } from './use-correction'
import './correct.scss'

export default function CorrectPage() {
  const { id = '' } = useParams()
  return (
    <Page title="补正" readAloud>
      <OfflineBar />
      <SignedIn title="补正" why="要确认是你本人在补，所以要先登录。" returnTo={`/features/case/correct/index?id=${id}`}>
        <Correct id={id} />
      </SignedIn>
    </Page>
  )
}

function Correct({ id }: { id: string }) {
  const now = useNow()
  const correction = useCorrection(id, now)
  const { task, fault, faults, uploads, busy, send } = correction
  return (
    <>
      <Loaded of={task}>
        {(data) =>
          data.detail.allowedActions.includes('correct') && data.detail.correction ? (
            <Form onSubmit={() => void send()}>
              <Ask of={data.detail} now={now} />
              <Items {...correction} task={data} />
              <Notice tone="error" text={faults > 0 ? `还有 ${faults} 处要改，已标出来。` : ''} />
              <Button kind="primary" block submit busy={busy} disabled={uploads.sending}>
                {uploads.sending ? '照片还在传…' : '全部补好，提交'}
              </Button>
            </Form>
          ) : (
            <Empty
              title="这一件现在没有要补正的"
              note="可能已经补过，或者办件状态刚变了。"
              action={
                <Button kind="primary" onPress={() => replace('/features/case/detail/index', { id })}>
                  看办件进度
                </Button>
              }
            />
          )
        }
      </Loaded>
      <Notice tone="error" text={fault} />
    </>
  )
}

function Ask({ of: { matterName, departmentName, correction }, now }: { of: CaseDetail; now: number }) {
  const dueAt = correction?.dueAt
  return (
    <Card title={matterName} tone="amber">
      <Box>
        {departmentName}请你改 {correction?.items.length ?? 0} 处，一次改齐，改好自动回到预审。
      </Box>
      {dueAt && <Box>{beforeText(Date.parse(dueAt), now)}提交。</Box>}
    </Card>
  )
}

type ItemsProps = Pick<ReturnType<typeof useCorrection>, 'values' | 'put' | 'errorAt' | 'uploads' | 'today'> & { task: CorrectionTask }

function Items({ task, values, put, errorAt, uploads, today }: ItemsProps) {
  return (
    <>
      {task.detail.correction?.items.map(({ id, kind, target, label, problem, mend, sample }, at) => {
        const field = task.fields[target]
        return (
          <Card key={id} title={`${at + 1}. ${label}`}>
            <Box className="correct-why">
              <Box>哪里不对：{problem}</Box>
              <Box>怎么改：{mend}</Box>
              {sample && <Box>样例：{sample}</Box>}
            </Box>
            {kind === 'field' && field ? (
              <FormInput
                field={field}
                pointer={`/${target}`}
                value={values[target] ?? null}
                onChange={(value) => put(target, value)}
                errorAt={errorAt}
                regions={task.regions}
                today={today}
              />
            ) : (
              <PaperUpload target={target} label={label} error={errorAt(`/files/${target}`)} uploads={uploads} />
            )}
          </Card>
        )
      })}
    </>
  )
}
