import { useContext, type CSSProperties } from 'react'
import type { Licence } from '../../../../contract/licences'
import { timeOf } from '../../../../domain/time'
import { Button, classes, ElderContext, Icon, ProgressRing, Tag } from '../../../components'
import { QrCode } from '../../../components/qr-code'
import { Box, Heading } from '../../../platform/host'
import { Layer } from '../../../platform/layer'
import { useCountdown } from '../../../session/countdown'
import { Face } from '../face/face'
import { grouped } from '../face/fields'
import '../face/tints.scss'
import { statusTones } from '../words'
import './stage.scss'
import { useVerified, type Showing } from './use-present'

interface StageProps {
  showing: Showing
  licence: Licence
  demo: boolean
  busy: boolean
  onAgain: () => void
  onClose: () => void
}

/** What is held out to the other side: the code on top, below it the face with what was chosen and a moving watermark. */
export function Stage({ showing, licence, demo, busy, onAgain, onClose }: StageProps) {
  const elder = useContext(ElderContext)
  const { presentation, receivedAt } = showing
  const span = Date.parse(presentation.expiresAt) - Date.parse(presentation.issuedAt)
  const left = useCountdown(receivedAt, span)
  const verifiedAt = useVerified(showing, left > 0)
  const over = left === 0 && verifiedAt === null
  const { name, look, status, statusText, inRectification } = licence
  return (
    <Layer labelledBy="stage-title" className={`stage tint-${look.tint}`} layerClass={classes('layer', elder && 'elder')} onClose={onClose}>
      <Box className="stage-head">
        <Heading level={2} id="stage-title" className="stage-title">
          亮证给对方看
        </Heading>
        <Button onPress={onClose}>收起</Button>
      </Box>
      <Box className="stage-body">
        <Box className="stage-card">
          <Box role="status" aria-live="polite">
            {verifiedAt !== null && <Verified at={verifiedAt} />}
            {over && <Over />}
          </Box>
          {verifiedAt === null && !over && <Live presentation={presentation} left={left} span={span} />}
          {(verifiedAt !== null || over) && (
            <Button kind="primary" block icon="retry" busy={busy} onPress={onAgain}>
              换一个新码
            </Button>
          )}
        </Box>
        {over ? (
          <Box className="stage-gone">照面已收起，换一个新码后再亮。</Box>
        ) : (
          <>
            <Box className="stage-mark">{presentation.watermark}</Box>
            <Face
              name={name}
              issuer={presentation.issuer}
              look={look}
              fields={presentation.shown}
              demo={demo}
              light={
                <>
                  <Tag text={statusText} tone={statusTones[status]} dot />
                  {inRectification && <Tag text="核对中" tone="amber" />}
                </>
              }
              over={<Watermark text={presentation.watermark} />}
            />
          </>
        )}
      </Box>
    </Layer>
  )
}

function Live({ presentation: { href, code }, left, span }: { presentation: Showing['presentation']; left: number; span: number }) {
  return (
    <>
      <QrCode className="stage-qr" text={href} label="亮证码：请对方用手机相机或微信扫一扫，打开核验页" />
      <Box className="stage-code" aria-label={`读给对方听：${[...code].join(' ')}`}>
        {grouped(code)}
      </Box>
      <Box className="stage-left">
        <ProgressRing value={(left * 1000) / span} text={`${left}`} label="这个码还能用的时间" ink={left > 10 ? 'green' : 'red'} />
        <Box className="stage-say">
          <Box className="stage-seconds">{left} 秒内有效</Box>
          <Box>扫不了的，把上面 12 位读给对方，在「核验证照」里输入。核一次就作废。</Box>
        </Box>
      </Box>
    </>
  )
}

function Verified({ at }: { at: string }) {
  return (
    <Box className="stage-done">
      <Icon name="check" ink="green" size="large" />
      <Box className="stage-word stage-word--done">已核验 · {timeOf(Date.parse(at))}</Box>
      <Box>对方看到了你选的内容，这个码已作废。</Box>
    </Box>
  )
}

function Over() {
  return (
    <Box className="stage-done">
      <Icon name="cross" ink="red" size="large" />
      <Box className="stage-word stage-word--over">已失效</Box>
      <Box>过了 60 秒没人核验，这个码已作废，什么也没给出。</Box>
    </Box>
  )
}

/**
 * The purpose and the time across the face, always on the move: a photo of the screen stands still. It is drawn by the style sheet, as
 * the decoration it is; to be read, the same words stand under the code.
 */
function Watermark({ text }: { text: string }) {
  const style = { '--mark': JSON.stringify(`${text}　${text}　${text}`) } as CSSProperties
  return (
    <Box className="mark" style={style} aria-hidden>
      {['a', 'b', 'c', 'd', 'e'].map((row) => (
        <Box key={row} className={`mark-row mark-row--${row}`} />
      ))}
    </Box>
  )
}
