import { Card, Cell, OfflineBar, Page, Tag } from '../../components'
import { Box } from '../../platform/host'
import { ActingBar } from '../../session/acting-bar'
import { ElderSwitch } from '../../session/elder-switch'
import { SignedIn } from '../../session/signed-in'
import { useMe } from './use-me'
import './index.scss'

/** Who I am, what is mine, and how the app treats me. */
export default function MePage() {
  const { me, status, demo, hotline } = useMe()
  return <Page title='我的' tab action={<ElderSwitch />}>
    <OfflineBar />
    {status === 'out' || status === 'starting' || status === 'consenting'
      ? <Card><SignedIn title='登录后这里是你的' why='证照、消息、足迹和设置都在这里，只有你看得到。' returnTo='/pages/me/index'>{null}</SignedIn></Card>
      : me && <>
        <Card title={me.maskedName} tone='deep' end={`实名 ${me.realNameLevel} 级`}>
          <Box className='me-number'>{me.maskedIdNumber}</Box>
        </Card>
        <ActingBar />
        <Cell icon='licence' title='我的证照' note='领取、拿出来看、亮给别人核验' to='/features/licence/list/index' />
        <Cell
          icon='message' title='消息' to='/features/message/inbox/index'
          note='办件每走一步都会告诉你' end={me.unreadMessages > 0 && <Tag text={`${me.unreadMessages} 条未读`} />}
        />
        <Cell icon='eye' title='谁看过我的信息' note='数据足迹：什么时候、为什么、看了哪些' to='/features/message/traces/index' />
        <Cell icon='people' title='邀请与同意' note='别人请你确认的，和你请别人确认的' to='/features/invitation/list/index' />
        <Cell icon='people' title='授权经办' note='请家人帮我办，我帮家人办，随时收回' to='/features/delegation/list/index' />
        <Cell icon='shield' title='账号与安全' note='替谁办、登录的设备、给过的同意、退出' to='/features/identity/account/index' />
      </>}
    <Cell icon='shield' title='核验证照' note='别人亮证或给你 PDF 时，在这里辨真假，不用登录' to='/features/licence/verify/index' />
    <Cell icon='document' title='隐私说明' to='/features/identity/notice/index' />
    <Card title='关于'>
      <Box>掌上办：一部手机，一次办成。有不明白的，打 {hotline}。</Box>
      {demo && <Box className='me-demo'>这是演示环境，人物、证照与办理结果均为虚构，不产生真实办件。</Box>}
    </Card>
  </Page>
}
