import type { Me } from '../../../../contract/identity'
import { Button, Card, Cell, Choice, Dialog, Notice, OfflineBar, Page, Section } from '../../../components'
import { Box, Item, List } from '../../../platform/host'
import { SignedIn } from '../../../session/signed-in'
import { ConsentCard } from './consents'
import { DeviceCard } from './devices'
import { useAccount, type Asked } from './use-account'
import './index.scss'

const here = '/features/identity/account/index'

/** Account and security: who one is, whom one acts for, devices, consents, leaving. */
export default function Account() {
  const state = useAccount()
  const { me, said, asked, ask, busy, confirm } = state
  return <Page title='账号与安全' readAloud>
    <OfflineBar />
    <SignedIn title='登录后管理账号' why='登录的设备、给过的同意、替谁办事，都在这里看和改。' returnTo={here}>
      <Notice text={said.text} tone={said.tone} />
      {me && <>
        <Who me={me} />
        <SubjectCard state={state} />
        <Cell icon='people' title='授权经办' note='请家人、同事帮我办；别人授权我办的，也在这里' to='/features/delegation/list/index' />
        <DeviceCard sessions={state.sessions} busy={busy} onEnd={state.endOne} onEndOthers={() => ask({ what: 'others' })} />
        <ConsentCard me={me} onWithdraw={(kind) => ask({ what: 'withdraw', kind })} />
        <Section title='离开'>
          <Button block onPress={() => ask({ what: 'sign-out' })}>退出登录</Button>
          <Cell title='注销账号' note='先看会删什么、依法留什么，再决定' to='/features/identity/close/index' />
        </Section>
      </>}
      <Confirm asked={asked} busy={busy} onOk={confirm} onCancel={() => ask(null)} />
    </SignedIn>
  </Page>
}

function Who({ me }: { me: Me }) {
  const rows = [
    { label: '公民身份号码', text: me.maskedIdNumber },
    { label: '实名等级', text: `${me.realNameLevel} 级，最高 4 级` },
    { label: '手机号', text: me.maskedPhone ?? '没有' },
    { label: '微信快捷登录', text: me.wechatBound ? '已绑定' : '没有绑定' }
  ]
  return <Card title={me.maskedName}>
    <List className='devices' aria-label='我的身份'>
      {rows.map(({ label, text }) => <Item key={label} className='device'>
        <Box className='device-body device-note'>{label}</Box><Box>{text}</Box>
      </Item>)}
    </List>
    <Box className='device-note'>以上来自江苏政务服务统一身份认证，要改请到那里改。</Box>
  </Card>
}

function SubjectCard({ state: { me, acting, act, roleOf } }: { state: ReturnType<typeof useAccount> }) {
  const subjects = me?.subjects ?? []
  if (subjects.length < 2) return <Card title='替谁办'>
    现在只给自己办。孩子落户后、你是企业的法定代表人、有人授权你代办时，这里能换人。
  </Card>
  return <Card title='替谁办'>
    <Choice
      id='acting' label='选中的人，就是接下来办事的人' required value={acting ? [acting.id] : []}
      options={subjects.map((subject) => ({
        value: subject.id, label: subject.role === 'self' ? `${subject.maskedName}（我自己）` : subject.maskedName,
        note: [roleOf(subject), subject.maskedIdCode].filter(Boolean).join(' · ')
      }))}
      onChange={([id]) => {
        const picked = subjects.find((subject) => subject.id === id)
        if (picked) act(picked)
      }}
    />
  </Card>
}

const questions = {
  'sign-out': { title: '退出登录？', text: '这台手机上保留的个人内容会一起清掉；草稿和办件都在服务器上，不会丢。', ok: '退出登录' },
  others: { title: '退出其他设备？', text: '只留这一台。别的手机、电脑和浏览器要重新登录。', ok: '全部退出' },
  privacy: { title: '撤回隐私说明的同意？', text: '撤回后要重新同意才能继续用。已经提交的办件照常办，之前的处理仍然有效。', ok: '撤回同意' },
  sensitive: { title: '撤回敏感个人信息的同意？', text: '撤回后不能在线填报和提交，证照提醒也会停；已经提交的办件照常办。', ok: '撤回同意' },
  minor: { title: '撤回未成年人信息的同意？', text: '撤回后不能再替孩子办新的事；已经提交的办件照常办。', ok: '撤回同意' }
}

function Confirm({ asked, busy, onOk, onCancel }: { asked: Asked | null; busy: boolean; onOk: () => void; onCancel: () => void }) {
  if (!asked) return null
  const { title, text, ok } = questions[asked.what === 'withdraw' ? asked.kind : asked.what]
  return <Dialog id='confirm' open title={title} okText={ok} danger busy={busy} onOk={onOk} onCancel={onCancel}>{text}</Dialog>
}
