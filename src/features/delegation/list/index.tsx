import type { Delegation } from '../../../../contract/delegations'
import { Cell, Empty, Loaded, OfflineBar, Page, Section, Tag } from '../../../components'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import { briefly, statusWords, untilText } from '../words'
import { useDelegations } from './use-delegations'

const detail = '/features/delegation/detail/index'

/** 授权出去的、授权给我的，和两个入口。 */
export default function DelegationsPage() {
  return <Page title='授权经办' readAloud>
    <OfflineBar />
    <SignedIn title='登录后请人帮你办' why='授权要确认是你本人；对方能办什么、到哪天，都由你定。' returnTo='/features/delegation/list/index'>
      <Lists />
    </SignedIn>
  </Page>
}

function Lists() {
  const { delegations, acting } = useDelegations()
  const isCompany = acting?.role === 'legalRepresentative'
  const gives = isCompany || acting?.role === 'self'
  return <>
    {gives && <Cell
      icon='people' title={isCompany ? `替「${acting.maskedName}」授权经办人` : '请家人帮我办'} note='选好办什么、到几时，出码给对方扫'
      to='/features/delegation/give/index'
    />}
    <Cell icon='code' title='我帮家人办' note='家人、单位请你办的：扫对方的授权码，或输入 8 位' to='/features/delegation/accept/index' />
    <Loaded of={delegations}>{({ given, received }) => <>
      {given.length + received.length === 0 && <Empty
        title='还没有授权' note='请家人帮你办、或者你帮家人办，都会列在这里，随时可以收回或放弃。'
      />}
      {given.length > 0 && <Section title={isCompany ? '企业授权出去的' : '我授权出去的'}>
        {given.map((each) => <Row key={each.id} delegation={each} title={each.maskedDelegateName ?? '还没有人接受'} />)}
      </Section>}
      {received.length > 0 && <Section title='授权给我的'>
        {received.map((each) => <Row key={each.id} delegation={each} title={`替 ${each.shownSubjectName} 办`} />)}
      </Section>}
    </>}</Loaded>
  </>
}

function Row({ delegation, title }: { delegation: Delegation; title: string }) {
  const now = useNow()
  return <Cell
    title={title} note={`${briefly(delegation)}，${untilText(delegation, now)}`} end={<Tag {...statusWords[delegation.status]} />}
    to={detail} params={{ id: delegation.id }}
  />
}
