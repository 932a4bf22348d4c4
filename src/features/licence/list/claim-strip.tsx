import { useContext, useState } from 'react'
import type { LicenceCard } from '../../../../contract/licences'
import { Button, Card, ElderContext } from '../../../components'
import { Box, Item, List } from '../../../platform/host'

interface ClaimStripProps {
  cards: LicenceCard[]
  busy: boolean
  /** Without network nothing can be claimed. */
  offline: boolean
  onClaim: (ids: string[]) => void
}

/** What lies ready in the licence library: one tap takes one, or all. */
export function ClaimStrip({ cards, busy, offline, onClaim }: ClaimStripProps) {
  const elder = useContext(ElderContext)
  const [all, setAll] = useState(false)
  if (cards.length === 0) return null
  const few = elder ? 2 : 3
  const shown = all ? cards : cards.slice(0, few)
  return (
    <Box className="claim">
      <Card title={`可领取 ${cards.length} 本`} tone="green">
        <Box className="claim-note">发证机关已经把它们放进证照库，领取后在这里就能看、能亮。</Box>
        <List className="claim-list">
          {shown.map(({ id, name, issuer }) => (
            <Item key={id} className="claim-item">
              <Box className="claim-what">
                <Box className="claim-name">{name}</Box>
                <Box className="claim-issuer">{issuer}</Box>
              </Box>
              <Button label={`领取${name}`} disabled={busy || offline} onPress={() => onClaim([id])}>
                领取
              </Button>
            </Item>
          ))}
        </List>
        {cards.length > few && (
          <Button kind="quiet" block onPress={() => setAll(!all)}>
            {all ? '收起' : `还有 ${cards.length - few} 本，都列出来`}
          </Button>
        )}
        {cards.length > 1 && (
          <Button kind="primary" block busy={busy} disabled={offline} onPress={() => onClaim(cards.map(({ id }) => id))}>
            全部领取
          </Button>
        )}
        {offline && <Box className="claim-note">连上网才能领取。</Box>}
      </Card>
    </Box>
  )
}
