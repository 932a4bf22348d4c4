import type { Delegation } from '../../../../contract/delegations'
import { Button, Card, Field, OfflineBar, Page } from '../../../components'
import { Form } from '../../../platform/form-host'
import { Box } from '../../../platform/host'
import { hrefOf, useParams } from '../../../platform/navigation'
import { canScan } from '../../../platform/scan'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import '../delegation.scss'
import { Outcome } from '../outcome'
import { ScopeCard } from '../scope-card'
import { mayDo, untilText } from '../words'
import { useAccept } from './use-accept'

/** 我帮家人办：凭授权码看清是谁、办什么、到哪天、不能做什么，再接受。 */
export default function AcceptPage() {
  const { code } = useParams()
  const accepting = useAccept()
  const { found, busy, fault } = accepting
  return <Page title={found?.delegation.role === 'operator' ? '我替企业经办' : '我帮家人办'} readAloud footer={found && <>
    <Button disabled={busy} onPress={accepting.drop}>不接受</Button>
    <Button kind='primary' icon='check' busy={busy} onPress={() => void accepting.accept()}>接受</Button>
  </>}>
    <OfflineBar text='没有网络。授权码要连上网才能看和接受。' />
    <SignedIn
      title='登录后接受授权' why='对方要知道是谁在帮他办，所以要你先登录。' returnTo={hrefOf('/features/delegation/accept/index', { code })}
    >
      <Outcome id='accepting' fault={fault} />
      <Box role='status' aria-live='polite'>{found && <Box className='sr'>{`${found.delegation.shownSubjectName} 请你帮忙办`}</Box>}</Box>
      {found ? <Asked delegation={found.delegation} /> : <Ask accepting={accepting} />}
    </SignedIn>
  </Page>
}

function Asked({ delegation }: { delegation: Delegation }) {
  const now = useNow()
  const { shownSubjectName, role } = delegation
  return <>
    <Card title={`${shownSubjectName} 请你帮忙办`} tone='water'>
      <Box>{role === 'operator' ? '接受后，你是这家企业的经办人。' : '确认是你认识的人再接受。'}你做的每一件事，对方都看得到。</Box>
    </Card>
    <ScopeCard may={mayDo(delegation)} whose='对方' until={untilText(delegation, now)} />
    <Box className='dg-lead'>不想办了，随时可以放弃；对方也随时可以收回。</Box>
  </>
}

function Ask({ accepting }: { accepting: ReturnType<typeof useAccept> }) {
  const { typed, type, problem, busy, lookTyped, scanAndLook } = accepting
  return <>
    {canScan && <Box className='dg-scan'>
      <Button kind='primary' block icon='camera' disabled={busy} onPress={() => void scanAndLook()}>扫对方的授权码</Button>
    </Box>}
    <Card title='输入授权码'>
      <Form onSubmit={() => void lookTyped()}>
        <Field
          id='code' label='对方屏幕上的 8 位' required value={typed} onChange={type} error={problem || undefined}
          hint='字母不分大小写，空格不用管' maxLength={20} autoComplete='off'
        />
        <Button kind={canScan ? 'plain' : 'primary'} block submit busy={busy}>看看是什么</Button>
      </Form>
    </Card>
    <Box className='dg-lead'>
      请对方在他的手机上打开「请家人帮我办」，选好以后会出一个码，10 分钟内有效。{!canScan && '也可以用手机相机扫对方的二维码。'}
    </Box>
  </>
}
