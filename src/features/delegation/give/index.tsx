import { Button, Card, Cell, Choice, Loaded, OfflineBar, Page, Steps } from '../../../components'
import { Box } from '../../../platform/host'
import { hrefOf, replace } from '../../../platform/navigation'
import { SignedIn } from '../../../session/signed-in'
import '../delegation.scss'
import { Outcome } from '../outcome'
import { ScopeCard } from '../scope-card'
import { mayDo } from '../words'
import { groupNote, paramsOf, scenesOf, spanNames, spans, spanText } from './choice'
import { OfferStage } from './stage'
import { givePage, mayGive, useGive, type Choices, type Step } from './use-give'

const steps: Step[] = ['what', 'until', 'confirm']
const nextText: Record<Step, string> = { what: '下一步：到什么时候', until: '下一步：看一遍', confirm: '' }

/** 请家人（企业：经办人）帮我办：选事、选期限、确认是本人，再把授权码亮给对方。 */
export default function GivePage() {
  const giving = useGive()
  const { acting, step, confirmed, busy, offering, holder } = giving
  const gives = mayGive(acting)
  const footer = gives && giving.choices.data && (step === 'confirm'
    ? <Button kind='primary' icon='shield' busy={busy} onPress={() => void giving.offer()}>
      {confirmed ? '出授权码' : '确认是我本人，再出授权码'}
    </Button>
    : <Button kind='primary' onPress={giving.next}>{nextText[step]}</Button>)
  return <Page title={holder === 'company' ? '授权企业经办人' : '请家人帮我办'} readAloud footer={footer} onBack={giving.back}>
    <OfflineBar text='没有网络。可以先选好，连上网才能出授权码。' />
    <SignedIn
      title='登录后请家人帮你办' why='授权要确认是你本人；对方能办什么、到哪天，都由你定，随时能收回。' returnTo={hrefOf(givePage, paramsOf(giving.chosen))}
    >
      {gives ? <Giving giving={giving} /> : <NotYours name={acting?.maskedName ?? ''} toSelf={giving.toSelf} />}
    </SignedIn>
    {offering && <OfferStage
      key={offering.offered.delegation.id} offering={offering} busy={busy} onAgain={() => void giving.offer()} onClose={giving.close}
      onDone={() => replace('/features/delegation/detail/index', { id: offering.offered.delegation.id })}
    />}
  </Page>
}

function NotYours({ name, toSelf }: { name: string; toSelf: (() => void) | undefined }) {
  return <Card title='这里要本人来授权'>
    <Box className='dg-lead'>
      现在替「{name}」办，不能把这份权限再转给别人。要请人帮你自己办，先换回自己；企业的事，由法定代表人授权。
    </Box>
    {toSelf && <Cell title='换回自己' icon='person' note='接着请人帮你自己办' onPress={toSelf} />}
  </Card>
}

type Give = ReturnType<typeof useGive>

function Giving({ giving }: { giving: Give }) {
  const { step, choices, fault, acting, holder } = giving
  const whose = holder === 'company' ? '企业' : '你'
  return <>
    <Steps label='授权步骤' steps={['办什么', '到几时', '看一遍']} current={steps.indexOf(step)} />
    <Outcome id='offering' fault={fault} />
    {acting?.role === 'legalRepresentative' && <Box className='dg-lead'>代表「{acting.maskedName}」授权。</Box>}
    <Loaded of={choices}>{(loaded) => <>
      {step === 'what' && <What giving={giving} choices={loaded} whose={whose} />}
      {step === 'until' && <Until giving={giving} />}
      {step === 'confirm' && <Confirm giving={giving} choices={loaded} whose={whose} />}
    </>}</Loaded>
  </>
}

interface ChosenProps {
  giving: Give
  choices: Choices
  /** How the one in whose name it is given is called: 你, 企业. */
  whose: string
}

function What({ giving: { chosen, choose, missing }, choices: { bundles, groups }, whose }: ChosenProps) {
  return <>
    <Choice
      id='bundles' label={`让对方帮${whose}办什么事？`} question multiple error={missing || undefined}
      hint='事和下面的地方，至少选一样；没选的，对方一样也不能办'
      options={bundles.map(({ id, name, summary }) => ({ value: id, label: name, note: summary }))}
      value={chosen.bundles} onChange={(picked) => choose({ bundles: picked })}
    />
    <Choice
      id='groups' label={`在哪些地方替${whose}亮码？`} question multiple
      options={groups.map((group) => ({ value: group.id, label: group.name, note: groupNote(group) }))}
      value={chosen.groups} onChange={(picked) => choose({ groups: picked })}
    />
  </>
}

function Until({ giving: { chosen, choose, missing, now } }: { giving: Give }) {
  return <Choice
    id='span' label='到什么时候为止？' question required error={missing || undefined} hint='随时都能提前收回。在社区请人现场帮一次，选「只今天」'
    options={spans.map((span) => ({ value: span, label: spanNames[span], note: spanText(span, now) }))}
    value={chosen.span ? [chosen.span] : []} onChange={([span]) => choose({ span })}
  />
}

function Confirm({ giving: { chosen, now }, choices: { bundles, groups }, whose }: ChosenProps) {
  const bundleNames = bundles.filter(({ id }) => chosen.bundles.includes(id)).map(({ name }) => name)
  const sceneNames = scenesOf(chosen.groups, groups).map(({ name }) => name)
  return <>
    <ScopeCard
      may={mayDo({ bundleNames, sceneNames })} whose={whose} until={chosen.span ? spanText(chosen.span, now) : ''}
    />
    <Box className='dg-lead'>接着出一个授权码，10 分钟内给对方扫、或读给对方听。对方接受了才生效；对方做了什么，你都看得到。</Box>
  </>
}
