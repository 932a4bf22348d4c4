import type { ReactNode } from 'react'
import type { LicenceLook } from '../../../../domain/licence/types'
import { Drawing } from '../../../platform/drawing'
import { Box, Heading, Item, List } from '../../../platform/host'
import { isShort, partsOf, textsOf, type FaceField } from './fields'
import { portrait, waves } from './line-art'
import { Seal } from './seal'
import './face.scss'
import './layouts.scss'
import './tints.scss'

interface FaceProps {
  name: string
  /** Null: not to be seen here. */
  issuer: string | null
  look: LicenceLook
  fields: FaceField[]
  /** Whose it is and until when, under the name. */
  whose?: ReactNode
  /** The validity light, or another tag. */
  light?: ReactNode
  /** Drawn from data of a demonstration. */
  demo?: boolean
  /** Laid over the face: a watermark, a mask. */
  over?: ReactNode
}

/**
 * The face of a licence, drawn by us from data alone: tint, layout and seal are its kind's, the fields come in the catalogue's order.
 * It never imitates a paper document, and says so at its foot.
 */
export function Face({ name, issuer, look, fields, whose, light, demo = false, over }: FaceProps) {
  const { photos, lines } = partsOf(fields)
  const { tint, layout } = look
  return (
    <Box className={`face face--${layout} tint-${tint}`}>
      <Box className="face-head">
        <Drawing
          className="face-waves" stretch width={340} height={90}
          strokes={waves(layout === 'certificate' ? `${tint}-line` : 'white', 340, 90, 8)}
        />
        {issuer !== null && <Box className="face-issuer">{issuer}</Box>}
        <Heading level={2} className="face-name">
          {name}
        </Heading>
        {whose && <Box className="face-whose">{whose}</Box>}
        {light && <Box className="face-light">{light}</Box>}
      </Box>
      <Box className="face-body">
        {photos.map((photo) => (
          <Photo key={photo.name} field={photo} look={look} />
        ))}
        <Box className="face-lines">
          {lines.map((line) => (
            <Line key={line.name} field={line} />
          ))}
        </Box>
        <Box className="face-end">
          <Box className="face-mark">{demo ? '演示证照，人物与内容均为虚构' : '电子证照'}。照面由本应用按数据绘制，不是证件原样。</Box>
          <Seal look={look} />
        </Box>
      </Box>
      {over}
    </Box>
  )
}

function Line({ field }: { field: FaceField }) {
  const texts = textsOf(field)
  return (
    <Box className={isShort(field) ? 'face-line face-line--short' : 'face-line'}>
      <Box className="face-label">
        {field.name}
        {field.masked && '（已遮住）'}
      </Box>
      {texts.length === 1 ? (
        <Box className="face-text">{texts[0]}</Box>
      ) : (
        <List className="face-list">
          {texts.map((text, at) => (
            <Item key={at} className="face-text">
              {text}
            </Item>
          ))}
        </List>
      )}
    </Box>
  )
}

/** Where a photo would be: nobody's face, an outline. */
function Photo({ field: { name, text, masked }, look: { tint } }: { field: FaceField; look: LicenceLook }) {
  const couple = /合照/.test(name)
  return (
    <Box className={couple ? 'face-photo face-photo--wide' : 'face-photo'}>
      <Drawing className="face-portrait" width={couple ? 140 : 80} height={100} strokes={portrait(tint, couple ? 2 : 1)} />
      <Box className="face-label">
        {name}
        {masked && '（已遮住）'}
      </Box>
      {!masked && <Box className="face-caption">{text}</Box>}
    </Box>
  )
}
