import { useState } from 'react'
import type { PendingReading } from '../../api/codes'
import { Button, Cell, Notice, Sheet } from '../../components'
import { Box, Span } from '../../platform/host'
import { Row } from './last-reading'
import { useAnswer } from './use-answer'
import { answerSeconds, askedText, retentionText } from './words'
import './asked-sheet.scss'

interface AskedSheetProps {
  pending: PendingReading[]
  now: number
  onAnswered: () => Promise<void>
}

/** A reader waits for a yes or no: who, what, for what, on what grounds, for how long. Closing it is no answer; a row leads back to it. */
export function AskedSheet({ pending, now, onAnswered }: AskedSheetProps) {
  const [putOff, setPutOff] = useState<string | null>(null)
  const { busy, fault, answer } = useAnswer(onAnswered)
  const asked = pending.find(({ expiresAt }) => Date.parse(expiresAt) > now)
  const left = asked ? answerSeconds(asked, now) : 0
  return <>
    <Notice tone='error' text={fault} />
    {asked && putOff === asked.id && <Cell
      tone='amber' icon='eye' title={`${asked.organisation} 等你答复`} note={`还剩 ${left} 秒，不答就算不同意`} onPress={() => setPutOff(null)}
    />}
    {asked && <Sheet
      id='asked' open={putOff !== asked.id} title={`同不同意给${asked.organisation}看？`} onClose={() => setPutOff(asked.id)}
      footer={<>
        <Button busy={busy} onPress={() => void answer(asked.id, false)}>不同意</Button>
        <Button kind='primary' busy={busy} onPress={() => void answer(asked.id, true)}>同意</Button>
      </>}
    >
      <Box className='asked-say'>{askedText(asked)}</Box>
      <Row name='看谁的' text={asked.shownName} />
      <Row name='在哪里' text={asked.place} />
      <Row name='场景' text={asked.sceneName} />
      <Row name='依据' text={asked.legalBasis} />
      <Row name='留多久' text={retentionText(asked.retentionDays)} />
      <Box className='asked-left'>还剩 <Span className='asked-seconds'>{left}</Span> 秒，不答就算不同意，对方什么也看不到。</Box>
    </Sheet>}
  </>
}
