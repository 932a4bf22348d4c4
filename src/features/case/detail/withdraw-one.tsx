import type { CaseDetail } from '../../../../contract/submissions'
import { Dialog } from '../../../components'
import { Box } from '../../../platform/host'

interface WithdrawOneProps {
  open: boolean
  of: CaseDetail
  busy: boolean
  onOk: () => void
  onCancel: () => void
}

/** Says before one case is withdrawn who hears of it, what stops with it, and that it can be done anew. */
export function WithdrawOne({ open, of, busy, onOk, onCancel }: WithdrawOneProps) {
  const { matterName, departmentName, status, stopsWith } = of
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
        {stopsWith.length === 0 ? '没有别的事项等它，别的照办。' : `随它停下的：${stopsWith.join('、')}。别的照办。`}
      </Box>
      <Box>撤回后不能恢复，需要时可以重新办，材料可以再用。</Box>
    </Dialog>
  )
}
