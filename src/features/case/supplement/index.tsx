import { beforeText, instantOf } from '../../../../domain/time'
import { Card } from '../../../components'
import { Box } from '../../../platform/host'
import { useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { AnswerForm, AnswerPage } from '../answer-frame'
import { PaperUpload } from '../paper-upload'
import { useSupplement } from './use-supplement'

export default function SupplementPage() {
  const { id = '', material } = useParams()
  return <AnswerPage title='补交材料' returnTo={`/features/case/supplement/index?id=${id}`}>
    <Supplement id={id} material={material} />
  </AnswerPage>
}

const closed = { title: '这一件没有要补交的材料', note: '可能已经补过，或者办件已经有了结果。' }

function Supplement({ id, material }: { id: string; material: string | undefined }) {
  const { subject, wanted, uploads, send, error, busy, fault } = useSupplement(id, material)
  const now = useNow()
  return <AnswerForm
    caseId={id} of={subject} closed={closed} submitText='提交这份材料' sending={uploads.sending} busy={busy} fault={fault}
    isOpen={({ allowedActions }) => wanted !== undefined && allowedActions.includes('supplement')} onSubmit={() => void send()}
  >{({ matterName }) => wanted && <>
    <Card title={matterName} tone='amber'>
      <Box>办理时你选了先办后补，{beforeText(instantOf(wanted.until, '23:59'), now)}补上就行。过期没补，这一件会终止。</Box>
    </Card>
    <Card>
      <PaperUpload
        target={wanted.materialId} label={wanted.name} hint='拍清楚，不反光；证件要拍全四个角。' error={error} uploads={uploads}
      />
    </Card>
  </>}</AnswerForm>
}
