import type { CaseSummary } from '../../../../contract/submissions'
import { Dialog } from '../../../components'
import { Box } from '../../../platform/host'

interface WithdrawDialogProps {
  open: boolean
  busy: boolean
  cases: CaseSummary[]
  onOk: () => void
  onCancel: () => void
}

/** Says before withdrawing what stops, what stays, and that it can be done anew. */
export function WithdrawDialog({ open, busy, cases, onOk, onCancel }: WithdrawDialogProps) {
  const names = (some: CaseSummary[]) => some.map(({ matterName }) => matterName).join('、')
  const going = cases.filter(({ allowedActions }) => allowedActions.includes('withdraw'))
  const staying = cases.filter(({ allowedActions }) => !allowedActions.includes('withdraw'))
  return (
    <Dialog
      id="withdraw"
      open={open}
      title="撤回还没办完的？"
      okText="撤回"
      cancelText="不撤回"
      danger
      busy={busy}
      onOk={onOk}
      onCancel={onCancel}
    >
      <Box>会停下：{names(going)}。部门会收到通知，不再往下办。</Box>
      {staying.length > 0 && <Box>不受影响：{names(staying)}，已有决定或已结束。</Box>}
      <Box>撤回后不能恢复，需要时可以重新办，材料可以再用。</Box>
    </Dialog>
  )
}
