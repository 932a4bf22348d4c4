import type { LicenceCard } from '../../../../contract/licences'
import { classes, Tag } from '../../../components'
import { Drawing } from '../../../platform/drawing'
import { Box, Link, Span } from '../../../platform/host'
import { hrefOf, open } from '../../../platform/navigation'
import { sealSize, sealStrokes, waves } from '../face/line-art'
import { statusTones, validityText } from '../words'
import '../face/tints.scss'
import './small-face.scss'

const page = '/features/licence/detail/index'

/** A licence in the wallet: its kind's colour, its name, whose it is and whether it is good. */
export function SmallFace({ card, now, faded }: { card: LicenceCard; now: number; faded?: boolean }) {
  const { id, name, issuer, maskedHolderName, status, statusText, isNew, inRectification, look } = card
  const whiteSeal = sealStrokes(look.tint).map((line) => ({ ...line, stroke: 'white' as const }))
  const className = classes('mini', `tint-${look.tint}`, faded && 'mini--faded')
  const inside = (
    <>
      <Drawing className="mini-waves" stretch width={340} height={100} strokes={waves('white', 340, 100, 4)} />
      <Drawing className="mini-seal" width={sealSize} height={sealSize} strokes={whiteSeal} />
      <Span className="mini-name">{name}</Span>
      <Box className="mini-line">
        {maskedHolderName} · {issuer}
      </Box>
      <Box className="mini-foot">
        {isNew && <Tag text="新办好" tone="amber" />}
        <Tag text={statusText} tone={statusTones[status]} dot />
        {inRectification && <Tag text="核对中" tone="amber" />}
        <Box className="mini-until">
          {validityText(card, now)}
          {card.claimedAt === null && '（没有领取）'}
        </Box>
      </Box>
    </>
  )
  // What was never claimed has no face to open.
  if (card.claimedAt === null) return <Box className={className}>{inside}</Box>
  return (
    <Link className={className} href={hrefOf(page, { id })} onPress={() => open(page, { id })}>
      {inside}
    </Link>
  )
}
