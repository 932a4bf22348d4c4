import type { Licence, Rectification as Rectifying } from '../../../../contract/licences'
import { addDays, beforeText, instantOf, timeText } from '../../../../domain/time'
import { Button, Card, Cell, Field, Notice, Select, Sheet, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import { dial } from '../../../platform/phone'
import { useRectification } from './use-rectification'

interface RectificationProps {
  of: Licence
  hotline: string
  /** Without network nothing can be sent. */
  offline: boolean
  now: number
  onSent: () => void
}

/** 信息有误：what was said to be wrong and what came of it; saying so, or by telephone where that is not possible. */
export function Rectification({ of, hotline, offline, now, onSent }: RectificationProps) {
  const { name, issuer, face, rectificationDays: days, allowedActions } = of
  const { open, setOpen, field, setField, claim, setClaim, missing, send, busy, fault } = useRectification(of, onSent)
  const may = allowedActions.includes('rectify')
  const note = may ? `请发证机关核对，${days} 个工作日内答复` : of.inRectification ? '正在核对，急的打电话问' : '打电话问发证机关'
  return (
    <>
      <Standing of={of} hotline={hotline} now={now} />
      <Cell icon="info" title={of.rectification ? '还有信息不对？' : '信息有误？'} note={note} onPress={() => setOpen(true)} />
      <Sheet
        id="rectification"
        open={open}
        title="证照上的信息有误"
        onClose={() => setOpen(false)}
        footer={
          <>
            {may && (
              <Button kind="primary" block busy={busy} disabled={offline} onPress={() => void send()}>
                {offline ? '连上网才能提' : '请发证机关核对'}
              </Button>
            )}
            <Button kind={may ? 'quiet' : 'primary'} icon="phone" block onPress={() => dial(hotline)}>
              打 {hotline}
            </Button>
          </>
        }
      >
        {may ? (
          <>
            <Select
              id="rectification-field"
              label="哪一格不对"
              required
              value={field}
              onChange={setField}
              error={missing.field}
              options={face.map((line) => ({ value: line.name, label: line.name }))}
            />
            <Field
              id="rectification-claim"
              label="应该是什么"
              kind="multiline"
              required
              maxLength={200}
              value={claim}
              onChange={setClaim}
              error={missing.claim}
              hint="照有效的证件写，最多 200 个字"
            />
            <Box className="detail-fine">
              会送到{issuer}，{days} 个工作日内答复（待核）。送去的只有这本证照的标识、这一格和你写的话。核对中照样能用；更正了会换发新的一版，自动进你的证照。
            </Box>
          </>
        ) : (
          <Box>
            {of.inRectification ? '这一本正在核对，答复以后才能再提。急的话打' : '这一本不能在手机上提更正。请打'} {hotline}，说「{name}的信息有误」。
          </Box>
        )}
        <Notice tone="error" text={fault} />
      </Sheet>
    </>
  )
}

function Standing({ of: { rectification, issuer }, hotline, now }: Pick<RectificationProps, 'of' | 'hotline' | 'now'>) {
  if (!rectification) return null
  const { at, field, claim, deliveredAt, answerBy, outcome, answer, answeredAt } = rectification
  return (
    <Card title={`你说「${field}」有误`} end={<Tag {...words[outcome ?? 'checking']} />}>
      <Box>
        {timeText(Date.parse(at), now)} 你写的：应该是“{claim}”
      </Box>
      {outcome === null ? (
        <Box className="detail-fine">{progressText({ deliveredAt, answerBy }, hotline, now)}</Box>
      ) : (
        <Box>
          {answeredAt && timeText(Date.parse(answeredAt), now)} {issuer}答复：{answer}
        </Box>
      )}
    </Card>
  )
}

/** How far it has come, what is next and by when. */
function progressText({ deliveredAt, answerBy }: Pick<Rectifying, 'deliveredAt' | 'answerBy'>, hotline: string, now: number): string {
  const due = instantOf(addDays(answerBy, 1))
  if (now >= due) return `过了期限（待核）还没答复，可以打 ${hotline} 催。`
  const sent = deliveredAt === null ? '正在送给发证机关。' : '已送到发证机关。'
  return `${sent}请它在 ${beforeText(due, now)}答复（待核），答复了会发消息告诉你。`
}

const words = {
  checking: { text: '核对中', tone: 'amber' },
  corrected: { text: '已更正', tone: 'green' },
  upheld: { text: '核对过，没有改', tone: 'grey' }
} as const
