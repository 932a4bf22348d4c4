import type { LicenceLook } from '../../../../domain/licence/types'
import { Drawing } from '../../../platform/drawing'
import { Box } from '../../../platform/host'
import { sealSize, sealStrokes } from './line-art'
import './seal.scss'

/** The seal of a kind, with the words of its kind: decoration; the issuer, where it is to be seen, stands in words elsewhere. */
export function Seal({ look: { tint, seal } }: { look: LicenceLook }) {
  return (
    <Box className="seal" aria-hidden>
      <Drawing className="seal-ring" width={sealSize} height={sealSize} strokes={sealStrokes(tint)} />
      <Box className="seal-words">
        {wordsOf(seal).map((line) => (
          <Box key={line} className="seal-name">
            {line}
          </Box>
        ))}
        <Box className="seal-kind">电子证照</Box>
      </Box>
    </Box>
  )
}

const widest = 4

/** The words in one line, or in two of about the same length: the ring has room for four characters. */
function wordsOf(seal: string): string[] {
  const half = Math.floor(seal.length / 2)
  return seal.length <= widest ? [seal] : [seal.slice(0, half), seal.slice(half)]
}
