import { dayOf, dayText } from '../../../../domain/time'
import { Button, Card, Empty, Loaded, Notice, OfflineBar, Page } from '../../../components'
import { Form } from '../../../platform/form-host'
import { Box } from '../../../platform/host'
import { replace, useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import { PaperUpload } from '../paper-upload'
import { useSupplement } from './use-supplement'

export default function SupplementPage() {
  const { id = '', material } = useParams()
  return (
    <Page title="补交材料" readAloud>
      <OfflineBar />
      <SignedIn title="补交材料" why="要确认是你本人在补，所以要先登录。" returnTo={`/features/case/supplement/index?id=${id}`}>
        <Supplement id={id} material={material} />
      </SignedIn>
    </Page>
  )
}

function Supplement({ id, material }: { id: string; material: string | undefined }) {
  const { subject, wanted, uploads, send, error, busy, fault } = useSupplement(id, material)
  const today = dayOf(useNow())
  return (
    <>
      <Loaded of={subject}>
        {({ matterName, allowedActions }) =>
          wanted && allowedActions.includes('supplement') ? (
            <Form onSubmit={() => void send()}>
              <Card title={matterName} tone="amber">
                <Box>办理时你选了先办后补，{dayText(wanted.until, today)}前补上就行。过期没补，这一件会终止。</Box>
              </Card>
              <Card title={wanted.name}>
                <PaperUpload
                  target={wanted.materialId}
                  label={wanted.name}
                  hint="拍清楚四个角，字能看清。"
                  error={error}
                  uploads={uploads}
                />
              </Card>
              <Button kind="primary" block submit busy={busy} disabled={uploads.sending}>
                {uploads.sending ? '照片还在传…' : '提交这份材料'}
              </Button>
            </Form>
          ) : (
            <Empty
              title="这一件没有要补交的材料"
              note="可能已经补过，或者办件已经有了结果。"
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
