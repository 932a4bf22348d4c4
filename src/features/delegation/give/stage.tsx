import { useContext } from 'react'
import { Button, classes, ElderContext, Icon } from '../../../components'
import { QrCode } from '../../../components/qr-code'
import { Box, Heading } from '../../../platform/host'
import { Layer } from '../../../platform/layer'
import { useCountdown } from '../../../session/countdown'
import { groupedCode } from '../offer-code'
import './stage.scss'
import { useAccepted } from './use-accepted'
import type { Offering } from './use-give'

interface StageProps {
  offering: Offering
  busy: boolean
  onAgain: () => void
  onClose: () => void
  /** Accepted: on to what now is in force. */
  onDone: () => void
}

const OFFER_MS = 10 * 60_000

/** The whole screen held out to the other side: a QR code to scan, the same code large to read aloud, and how long it is good for. */
export function OfferStage({ offering: { offered, receivedAt }, busy, onAgain, onClose, onDone }: StageProps) {
  const elder = useContext(ElderContext)
  const left = useCountdown(receivedAt, OFFER_MS)
  const { status, acceptedAt, maskedDelegateName } = useAccepted(offered.delegation, left === 0)
  const accepted = acceptedAt !== null
  const over = !accepted && (left === 0 || status !== 'offered')
  return <Layer labelledBy='offer-title' className='offer' layerClass={classes('layer', elder && 'elder')} onClose={onClose}>
    <Box className='offer-head'>
      <Heading level={2} id='offer-title' className='offer-title'>{accepted ? '授权生效了' : '请对方扫这个码'}</Heading>
      <Button onPress={onClose}>收起</Button>
    </Box>
    <Box className='offer-body'>
      <Box className='offer-card'>
        <Box role='status' aria-live='polite'>
          {accepted && <Box className='offer-said'>
            <Icon name='check' ink='green' size='large' />
            <Box className='offer-word'>{maskedDelegateName} 已接受</Box>
            <Box>从现在起可以替你办。随时能收回。</Box>
          </Box>}
          {over && <Box className='offer-said'>
            <Icon name='warning' ink='amber' size='large' />
            <Box className='offer-word'>授权码失效了</Box>
            <Box>过了 10 分钟没人接受，或者已经收回。什么也没有授权出去。</Box>
          </Box>}
        </Box>
        {accepted && <Button kind='primary' block onPress={onDone}>看这份授权</Button>}
        {over && <Button kind='primary' block icon='shield' busy={busy} onPress={onAgain}>确认是我本人，再出一个</Button>}
        {!accepted && !over && <>
          <QrCode className='offer-qr' text={offered.href} label='授权二维码：请对方用手机相机或微信扫一扫' />
          <Box className='offer-code' role='img' aria-label={`授权码，读给对方听：${[...offered.code].join(' ')}`}>{groupedCode(offered.code)}</Box>
          <Box className='offer-left'>{clockOf(left)}内有效，只能用一次</Box>
          <Box>扫不了的，请对方打开「我的」「授权经办」「我帮家人办」，照上面 8 位输入。</Box>
          <Box className='offer-warn'>只给你要请的那个人。陌生人打电话来要，不要给。</Box>
        </>}
      </Box>
    </Box>
  </Layer>
}

/** 「9 分 05 秒」。 */
function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)} 分 ${`0${seconds % 60}`.slice(-2)} 秒`
}
