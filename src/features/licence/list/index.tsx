import { useState } from 'react'
import type { LicenceCard, LicenceList } from '../../../../contract/licences'
import { timeText } from '../../../../domain/time'
import { Cell, Choice, Empty, Loaded, OfflineBar, Page, Section, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import { useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import { statusTones, validityText } from '../words'
import { inOrder, withheldTexts } from './order'
import { useLicences, type Holder } from './use-licences'
import './list.scss'

export default function LicencesPage() {
  const { subject } = useParams()
  return (
    <Page title="我的证照" readAloud>
      <OfflineBar />
      <SignedIn title="你的证照都在这里" why="证照是敏感信息，登录后只给你自己看。" returnTo="/features/licence/list/index">
        <Wallet opened={subject} />
      </SignedIn>
    </Page>
  )
}

function Wallet({ opened }: { opened: string | undefined }) {
  const [wanted, setWanted] = useState(opened)
  const { licences, holders, chosen, show } = useLicences(wanted)
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
      <Loaded of={licences}>
        {(list) => (
          <>
            {!list.libraryReachable && (
              <Box className="wallet-stale" role="status">
                证照库暂时连不上，下面是 {timeText(Date.parse(list.fetchedAt), now)} 查到的。办事不受影响，连上后会自动更新。
              </Box>
            )}
            {withheldTexts(list, chosen?.subject.id).map((text) => (
              <Box key={text} className="wallet-stale" role="status">
                {text}
              </Box>
            ))}
            <Cards list={list} holder={chosen} now={now} />
          </>
        )}
      </Loaded>
    </>
  )
}

const roleNotes: Record<Holder['subject']['role'], string | undefined> = {
  self: undefined,
  guardian: '你是监护人',
  legalRepresentative: '你是法定代表人',
  operator: '你是经办人',
  proxy: '授权你代办'
}

function Cards({ list, holder, now }: { list: LicenceList; holder: Holder | undefined; now: number }) {
  const { current, former } = inOrder(list.licences, holder?.subject.id)
  if (current.length + former.length === 0)
    return (
      <Empty
        title={holder?.subject.role === 'guardian' ? '孩子还没有证照' : '还没有查到证照'}
        note="办成一件就进来一张；已有的证照从证照库查来，没查到可以打 12345 问发证机关。"
      />
    )
  return (
    <>
      {current.map((card) => (
        <LicenceCell key={card.id} card={card} now={now} />
      ))}
      {former.length > 0 && (
        <Section title="旧证">
          {former.map((card) => (
            <LicenceCell key={card.id} card={card} now={now} />
          ))}
        </Section>
      )}
    </>
  )
}

function LicenceCell({ card, now }: { card: LicenceCard; now: number }) {
  const { id, name, issuer, maskedHolderName, status, statusText, isNew } = card
  const tone = isNew ? 'green' : status === 'expiring' ? 'amber' : status === 'expired' || status === 'suspended' ? 'red' : undefined
  return (
    <Cell
      to="/features/licence/detail/index"
      params={{ id }}
      title={name}
      tone={tone}
      note={
        <>
          <Box>
            {maskedHolderName} · {issuer}
          </Box>
          <Box>{validityText(card, now)}</Box>
        </>
      }
      end={
        <Box className="wallet-tags">
          {isNew && <Tag text="新办好" tone="green" />}
          <Tag text={statusText} tone={statusTones[status]} />
        </Box>
      }
    />
  )
}
