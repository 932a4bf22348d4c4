import { Button, Card, Notice } from '../../../components'
import { Box } from '../../../platform/host'
import { usePdf } from './use-pdf'

/** The licence as a signed file that anybody can verify. */
export function PdfCopy({ id, name }: { id: string; name: string }) {
  const { save, confirm, busy, told, mustConfirm, fault } = usePdf(id, name)
  return (
    <Card title="下载 PDF">
      <Box>一份带数字签名和核验码的文件，收到的人可以在「核验证照」里辨真假。里面有完整的号码，只发给你信得过的人。</Box>
      <Box className="detail-pdf">
        {mustConfirm ? (
          <Button block kind="primary" icon="shield" onPress={() => void confirm()}>
            确认是我本人
          </Button>
        ) : (
          <Button block busy={busy} onPress={() => void save()}>
            下载 PDF
          </Button>
        )}
      </Box>
      <Notice text={told} />
      <Notice tone="error" text={fault} />
    </Card>
  )
}
