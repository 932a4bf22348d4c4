import type { CaseDetail } from '../../../../contract/submissions'
import { Dialog } from '../../../components'
import { Box } from '../../../platform/host'
import { useStopped } from './use-stopped'

interface WithdrawOneProps {
  open: boolean
  of: CaseDetail
  busy: boolean
  onOk: () => void
  onCancel: () => void
}

/** Says before one case is withdrawn who hears of it, what stops with it, and that it can be done anew. */
export function WithdrawOne({ open, of, busy, onOk, onCancel }: WithdrawOneProps) {
  const { matterName, departmentName, status } = of
  const stopped = useStopped(of, open)
  return (
    <Dialog
      id="withdraw"
      open={open}
      title={`撤回「${matterName}」？`}
      okText="撤回"
      cancelText="不撤回"
      danger
      busy={busy}
      onOk={onOk}
      onCancel={onCancel}
    >
      <Box>
        {status === 'waiting' ? '它还没有送到部门，撤回后不再送。' : `${departmentName}会收到通知，不再往下办。`}
        {status === 'correction' && '要补正的也不用补了。'}
      </Box>
      <Box>
        {!stopped && '等它结果的事项也会停下，别的照办。'}
        {stopped?.length === 0 && '没有别的事项等它，别的照办。'}
        {stopped && stopped.length > 0 && `等它结果的也会停下：${stopped.join('、')}。别的照办。`}
      </Box>
      <Box>撤回后不能恢复，需要时可以重新办，材料可以再用。</Box>
    </Dialog>
  )
}
