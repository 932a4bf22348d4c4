import { timeText } from '../../../../domain/time'
import { Dialog, Field, Notice } from '../../../components'
import { Box } from '../../../platform/host'
import type { useObjecting } from './use-objecting'
import { promiseText } from './words'

interface ObjectingDialogProps {
  objecting: ReturnType<typeof useObjecting>
  days: number | null
  now: number
}

/** Asks before an objection is made: to what, what to say, what is passed on, what follows and by when. */
export function ObjectingDialog({ objecting: { about, text, setText, busy, problem, cancel, send }, days, now }: ObjectingDialogProps) {
  if (!about) return null
  return <Dialog id='objecting' open title='对这一次提异议？' okText='提异议' busy={busy} onOk={send} onCancel={cancel}>
    <Box className='objecting-part'>{timeText(Date.parse(about.at), now)}，{about.actor}</Box>
    <Field id='objection-text' label='想说的话' kind='multiline' maxLength={200} value={text} onChange={setText}
      hint='不写也可以。最多 200 个字' />
    <Box className='objecting-part'>{promiseText(about, days)}</Box>
    <Box>只转这一次的记录和你写的话，不转你的姓名和号码。提了不能收回。</Box>
    <Notice text={problem} tone='error' />
  </Dialog>
}
