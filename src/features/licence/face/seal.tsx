import type { LicenceLook } from '../../../../domain/licence/types'
import { Drawing } from '../../../platform/drawing'
import { Box } from '../../../platform/host'
import { sealSize, sealStrokes } from './line-art'

/** The seal of a kind, with the words of its issuer: decoration, the issuer stands in words elsewhere. */
export function Seal({ look: { tint, seal } }: { look: LicenceLook }) {
  return (
    <Box className="seal" aria-hidden>
      <Drawing className="seal-ring" width={sealSize} height={sealSize} strokes={sealStrokes(tint)} />
      <Box className="seal-words">
        <Box className="seal-name">{seal}</Box>
        <Box className="seal-kind">电子证照</Box>
      </Box>
    </Box>
  )
}
