import type { CaseDetail } from '../../../../contract/submissions'
import { Card, Cell } from '../../../components'
import { Box } from '../../../platform/host'

/** What came of it: a licence, a document, a refusal with its remedy, or why it can't be done. */
export function Outcome({ of: { result, refusal, blockedBy } }: { of: CaseDetail }) {
  return (
    <>
      {refusal && (
        <Card title="没有批准" tone="red">
          <Box className="detail-label">理由</Box>
          <Box>{refusal.reason || '见决定书。'}</Box>
          <Box className="detail-label detail-gap">不同意可以怎么办</Box>
          <Box>{refusal.remedy || '请打窗口电话，问清可以向哪里申请复议。'}</Box>
        </Card>
      )}
      {blockedBy && (
        <Card title="办不了" tone="red">
          <Box>它要用「{blockedBy}」的结果，那一件没有办成。别的事项照办。</Box>
          <Box>「{blockedBy}」的理由和救济途径在它自己的进度里；解决以后可以重新申请。</Box>
        </Card>
      )}
      {result?.kind === 'licence' && (
        <Cell
          tone="green"
          icon="licence"
          title={result.name}
          note="已放进「我的证照」，点开看"
          to="/features/licence/detail/index"
          params={{ id: result.licenceId }}
        />
      )}
      {result?.kind === 'document' && <Cell tone="green" icon="document" title={result.name} note={`文号 ${result.number}`} />}
    </>
  )
}
