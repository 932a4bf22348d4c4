import { Button, Card, Field, Notice, OfflineBar, Page } from '../../../components'
import { Form } from '../../../platform/form-host'
import { Box } from '../../../platform/host'
import { canScan } from '../../../platform/scan'
import { useCity } from '../use-city'
import { Shown, Verdict } from './result'
import { useVerify } from './use-verify'
import './verify.scss'

/** 核证：任何人不用登录就能核一个亮证码或一份 PDF，只看到真伪、状态和持证人愿意给看的。 */
export default function VerifyPage() {
  const verifying = useVerify()
  const { demo } = useCity()
  const { result, arrived, fault } = verifying
  return (
    <Page title="核验证照" readAloud>
      <OfflineBar text="没有网络，核不了：真伪和状态要当场问发证的一方。" />
      <Box role="status" aria-live="polite">
        {result && <Verdict of={result} />}
      </Box>
      {result && <Shown of={result} demo={demo} told={verifying.told} onAgain={verifying.again} onCopy={() => void verifying.copy()} />}
      {!result && arrived !== '' && <Arrived verifying={verifying} />}
      <Notice tone="error" text={fault} />
      {!result && <Ask verifying={verifying} alone={arrived === ''} />}
    </Page>
  )
}

type Verifying = ReturnType<typeof useVerify>

function Arrived({ verifying }: { verifying: Verifying }) {
  return (
    <Card title="对方亮给你一本证照" tone="water">
      <Box className="verify-note">按一下就核验。这个码只能核一次，核过就作废，所以等你按了才核。</Box>
      <Box className="verify-note">核验后你会看到真伪、状态，和对方愿意给你看的几格。对方会知道已经核过。</Box>
      <Button kind="primary" block icon="shield" busy={verifying.busy} onPress={() => void verifying.verifyArrived()}>
        核验
      </Button>
    </Card>
  )
}

function Ask({ verifying, alone }: { verifying: Verifying; alone: boolean }) {
  const { typed, type, problem, busy, verifyTyped, scanAndVerify, pickAndVerify } = verifying
  return (
    <>
      <Card title={alone ? '输入亮证码或核验码' : '换一个来核'}>
        <Form onSubmit={() => void verifyTyped()}>
          <Field
            id="code"
            label="对方屏幕上的 12 位，或 PDF 上的核验码"
            required
            value={typed}
            onChange={type}
            error={problem || undefined}
            hint="字母不分大小写，空格不用管"
            maxLength={200}
            autoComplete="off"
          />
          <Button kind={alone ? 'primary' : 'plain'} block submit busy={busy}>
            核验这个码
          </Button>
        </Form>
      </Card>
      {canScan && (
        <Box className="verify-scan">
          <Button block icon="camera" disabled={busy} onPress={() => void scanAndVerify()}>
            扫对方的亮证码
          </Button>
        </Box>
      )}
      <Card title="核验 PDF">
        <Box className="verify-note">选对方发来的证照 PDF，会查它是不是我们出的、有没有被改过、证照现在还有没有效。文件只用来核验，不留存。</Box>
        <Button block icon="document" disabled={busy} onPress={() => void pickAndVerify()}>
          选一份 PDF
        </Button>
      </Card>
      <Box className="verify-fine">用手机相机或微信扫对方屏幕上的二维码，也会打开这一页。不用登录，也不会记下你是谁。</Box>
    </>
  )
}
