import { useContext, useState } from 'react'
import type { LicenceCard, LicenceList } from '../../../../contract/licences'
import { useHotline } from '../../../session/hotline'
import { Button, Cell, Choice, ElderContext, Empty, Field, Loaded, Notice, OfflineBar, Page, Section } from '../../../components'
import { Box } from '../../../platform/host'
import { useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { OwnWallet } from '../own-wallet'
import { trustText } from '../words'
import { ClaimStrip } from './claim-strip'
import { inOrder, matching, withheldTexts } from './order'
import { SmallFace } from './small-face'
import { useClaim } from './use-claim'
import { useLicences, type Holder } from './use-licences'
import './list.scss'

export default function LicencesPage() {
  const { subject } = useParams()
  return (
    <Page title="我的证照" readAloud>
      <OfflineBar />
      <OwnWallet title="你的证照都在这里" why="证照是敏感信息，登录后只给你自己看。" returnTo="/features/licence/list/index">
        <Wallet opened={subject} />
      </OwnWallet>
      <Cell icon="shield" title="核验别人的证照" note="对方亮证或给你 PDF 时，在这里辨真假" to="/features/licence/verify/index" />
    </Page>
  )
}

function Wallet({ opened }: { opened: string | undefined }) {
  const [wanted, setWanted] = useState(opened)
  const { licences, holders, chosen, show } = useLicences(wanted)
  const claiming = useClaim(licences.reload)
  const now = useNow()
  function pick(id: string) {
    const holder = holders.find(({ subject }) => subject.id === id)
    if (!holder) return
    setWanted(id)
    show(holder)
  }
  return (
    <>
      {holders.length > 1 && chosen && (
        <Choice
          id="holder"
          label="看谁的"
          required
          value={[chosen.subject.id]}
          onChange={([id]) => pick(id ?? '')}
          options={holders.map(({ subject, name }) => ({ value: subject.id, label: name, note: roleNotes[subject.role] }))}
        />
      )}
      <Notice tone="done" text={claiming.done} />
      <Notice tone="error" text={claiming.fault} />
      <Loaded of={licences}>
        {(list) => (
          <>
            <Standing list={list} offline={licences.keptAt !== null} subjectId={chosen?.subject.id} now={now} />
            <ClaimStrip
              cards={inOrder(list.licences, chosen?.subject.id).claimable}
              busy={claiming.busy}
              offline={licences.keptAt !== null}
              onClaim={(ids) => void claiming.claim(ids)}
            />
            <Cards key={chosen?.subject.id} list={list} holder={chosen} now={now} />
          </>
        )}
      </Loaded>
    </>
  )
}

const roleNotes: Partial<Record<Holder['subject']['role'], string>> = {
  guardian: '孩子，你是监护人',
  legalRepresentative: '企业，你是法定代表人'
}

/** How far what is shown can be relied on, and what of the library's was not taken. */
function Standing({ list, offline, subjectId, now }: { list: LicenceList; offline: boolean; subjectId: string | undefined; now: number }) {
  const hotline = useHotline()
  const stale = offline || !list.libraryReachable
  const trust = trustText(list, stale ? Date.parse(list.fetchedAt) : null, now)
  const reach = offline || list.libraryReachable ? '' : '证照库暂时连不上。办事不受影响，连上后会自动更新。'
  return (
    <>
      {(trust || reach) && (
        <Box className={trust && !trust.trusted ? 'wallet-stale wallet-stale--over' : 'wallet-stale'} role="status">
          {reach}
          {trust?.text}
        </Box>
      )}
      {withheldTexts(list, subjectId, hotline).map((text) => (
        <Box key={text} className="wallet-stale" role="status">
          {text}
        </Box>
      ))}
    </>
  )
}

/** From so many licences on one can search among them; in elder mode the first few come first. */
const searchFrom = 7
const fewInElder = 4

function Cards({ list, holder, now }: { list: LicenceList; holder: Holder | undefined; now: number }) {
  const elder = useContext(ElderContext)
  const [typed, setTyped] = useState('')
  const [all, setAll] = useState(false)
  const hotline = useHotline()
  const { claimable, current, former } = inOrder(list.licences, holder?.subject.id)
  if (current.length + former.length === 0)
    return claimable.length > 0 ? null : (
      <Empty
        title={holder?.subject.role === 'guardian' ? '孩子还没有证照' : '还没有查到证照'}
        note={`办成一件就进来一本；已有的证照从证照库查来，没查到可以打 ${hotline} 问发证机关。`}
      />
    )
  const found = matching(current, typed)
  const shown = elder && !all && typed === '' ? found.slice(0, fewInElder) : found
  const old = matching(former, typed)
  return (
    <>
      {current.length + former.length >= searchFrom && (
        <Field
          id="find-licence"
          kind="search"
          label={`在 ${current.length + former.length} 本里找`}
          placeholder="证照名或发证机关"
          value={typed}
          onChange={setTyped}
        />
      )}
      <Faces cards={shown} now={now} />
      {shown.length < found.length && (
        <Box className="wallet-all">
          <Button block onPress={() => setAll(true)}>
            看全部 {found.length} 本
          </Button>
        </Box>
      )}
      <Notice text={typed !== '' && found.length + old.length === 0 ? `没有叫「${typed}」的证照，换个说法试试。` : ''} />
      {old.length > 0 && (
        <Section title="历史证照">
          <Faces cards={old} now={now} faded />
        </Section>
      )}
    </>
  )
}

function Faces({ cards, now, faded }: { cards: LicenceCard[]; now: number; faded?: boolean }) {
  return (
    <>
      {cards.map((card) => (
        <SmallFace key={card.id} card={card} now={now} faded={faded} />
      ))}
    </>
  )
}
