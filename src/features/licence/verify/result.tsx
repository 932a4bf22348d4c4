import type { Verification } from '../../../../contract/presentations'
import { dayOf, dayText, timeOf } from '../../../../domain/time'
import { Button, Card, Icon, Notice } from '../../../components'
import { Box, Heading } from '../../../platform/host'
import { Face } from '../face/face'
import { resultWords } from './words'

/** What verifying has found, big enough to be seen across a counter. */
export function Verdict({ of: { result, say, verifiedAt } }: { of: Verification }) {
  const { word, kind, icon } = resultWords[result]
  return (
    <Box className={`verdict verdict--${kind}`}>
      <Box className="verdict-disc">
        <Icon name={icon} ink="white" size="large" />
      </Box>
      <Heading level={2} className="verdict-word">
        {word}
      </Heading>
      <Box>{say}</Box>
      <Box className="verdict-time">核验于 {momentText(verifiedAt)}</Box>
    </Box>
  )
}

interface ShownProps {
  of: Verification
  demo: boolean
  told: string
  onAgain: () => void
  onCopy: () => void
}

/** What the holder chose to show, and what one can do next. */
export function Shown({ of: { licence, sdJwt }, demo, told, onAgain, onCopy }: ShownProps) {
  return (
    <>
      {licence && (
        <>
          <Face name={licence.name} issuer={licence.issuer} look={licence.look} fields={licence.shown} demo={demo} />
          <Card title="怎么看这个结果">
            {licence.purpose && <Box className="verify-note">对方写明用于：{licence.purpose}</Box>}
            {licence.presentedAt && <Box className="verify-note">对方亮证于 {momentText(licence.presentedAt)}</Box>}
            <Box>只有上面这几格是持证人愿意给你看的。请当面核对人与证对得上，不要截图留存，不要用于别的事。</Box>
          </Card>
        </>
      )}
      <Button kind="primary" block onPress={onAgain}>
        再核一个
      </Button>
      {sdJwt && (
        <Box className="verify-more">
          <Button block onPress={onCopy}>
            复制给核验系统用的凭证
          </Button>
          <Box className="verify-fine">有核验系统的单位，可以让系统再核一遍同一份内容，看它后来有没有被吊销。</Box>
        </Box>
      )}
      <Notice text={told} />
    </>
  )
}

/** Day and minute, with the year: this is read from a photo or a print later on. */
function momentText(instant: string): string {
  const at = Date.parse(instant)
  return `${dayText(dayOf(at), '')}${timeOf(at)}`
}
