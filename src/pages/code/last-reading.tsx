import type { CodeStatus } from '../../api/codes'
import { Card, Cell } from '../../components'
import { Box } from '../../platform/host'
import { clockText } from './clock'
import { momentText } from './words'
import './last-reading.scss'

/** Who has just read the code, where, for what, which fields. */
export function LastReading({ reading, now }: { reading: NonNullable<CodeStatus['reading']>; now: number }) {
  return <Card title={`${reading.sceneName} · 已读`} end={clockText(Date.parse(reading.at))} tone='green'>
    <Box className='read-rows'>
      <Row name='谁看的' text={reading.organisation} />
      <Row name='在哪里' text={reading.place} />
      <Row name='用于' text={reading.purpose} />
      <Row name='看了' text={reading.fields.join('、')} />
      <Row name='时间' text={momentText(Date.parse(reading.at), now)} />
    </Box>
    <Cell title='去足迹里看' note='不是你办的，在那里提异议' to='/features/message/traces/index' />
  </Card>
}

export function Row({ name, text }: { name: string; text: string }) {
  return <Box className='read-row'><Box className='read-name'>{name}</Box><Box className='read-text'>{text}</Box></Box>
}
