import { Button, Card, Cell, Icon, type IconName, Notice, OfflineBar, Page, Skeleton, Tag } from '../../../components'
import { Box, Item, List } from '../../../platform/host'
import { back } from '../../../platform/navigation'
import { signsInWithWechat } from '../../../platform/login'
import { useSignIn } from './use-sign-in'
import './index.scss'

const reasons: { icon: IconName; text: string }[] = [
  { icon: 'shield', text: '确认是你本人，别人办不了你的事' },
  { icon: 'licence', text: '用你的电子证照，少填表、少交材料' },
  { icon: 'progress', text: '进度和结果只给你自己看' }
]

/** Why sign in, and the one button that does it. */
export default function SignIn() {
  const { status, busy, problem, demo, start, returnTo } = useSignIn()
  if (status === 'starting' || status === 'in') return <Page title='登录'><Skeleton cards={1} label='正在核对登录' /></Page>
  return <Page title='登录'>
    <OfflineBar />
    <Card title='登录后能做什么' end={demo && <Tag text='演示' tone='amber' />}>
      <List className='reasons' aria-label='登录后能做什么'>
        {reasons.map(({ icon, text }) => <Item key={text} className='reason'>
          <Icon name={icon} ink='water-7' /><Box className='reason-text'>{text}</Box>
        </Item>)}
      </List>
      <Notice text={problem} tone='error' />
      <Button kind='primary' block busy={busy} onPress={start}>
        {signsInWithWechat ? '微信快捷登录' : '用江苏政务服务统一身份认证登录'}
      </Button>
      <Box className='sign-in-note'>
        {signsInWithWechat && '第一次要用江苏政务服务统一身份认证绑定一次，以后点一下就好。'}
        {demo && '这是演示：转去的认证页是模拟的，选一个虚构的人就能登录，不用真实信息。'}
        {!demo && !signsInWithWechat && '会转到江苏政务服务的登录页，我们看不到你的密码。'}
      </Box>
    </Card>
    <Cell
      icon='document' title='隐私说明' note='收集什么、为什么、给谁、存多久' to='/features/identity/notice/index' params={{ return: returnTo }}
    />
    <Box className='sign-in-skip'><Button kind='quiet' onPress={back}>先不登录，随便看看</Button></Box>
  </Page>
}
