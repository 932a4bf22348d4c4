import { useContext } from 'react'
import type { Licence } from '../../../../contract/licences'
import { Button, classes, ElderContext } from '../../../components'
import { Box, Heading } from '../../../platform/host'
import { Layer } from '../../../platform/layer'
import { usePageHidden } from '../../../platform/lifecycle'
import { grouped, textsOf } from '../face/fields'
import './big-type.scss'

/** The fields of a licence over the whole screen in very large type, numbers in groups: for old eyes, and to read out at a counter. */
export function BigType({ open, of: { name, face }, onClose }: { open: boolean; of: Licence; onClose: () => void }) {
  const elder = useContext(ElderContext)
  usePageHidden(() => {
    if (open) onClose()
  })
  if (!open) return null
  return (
    <Layer labelledBy="big-title" className="big" layerClass={classes('layer', elder && 'elder')} onClose={onClose}>
      <Box className="big-head">
        <Heading level={2} id="big-title" className="big-title">
          {name}
        </Heading>
        <Button icon="close" onPress={onClose}>
          关闭
        </Button>
      </Box>
      <Box className="big-body">
        {face.map((field) => (
          <Box key={field.name} className="big-field">
            <Box className="big-label">
              {field.name}
              {field.masked && '（已遮住）'}
            </Box>
            {textsOf(field).map((text, at) => (
              <Box key={at} className="big-text">
                {grouped(text)}
              </Box>
            ))}
          </Box>
        ))}
      </Box>
    </Layer>
  )
}
