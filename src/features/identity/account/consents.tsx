import type { Me } from '../../../../contract/identity'
import { dayOf, dayText } from '../../../../domain/time'
import type { ConsentKind } from '../../../api/identity'
import { Button, Card, Cell } from '../../../components'
import { Box, Item, List } from '../../../platform/host'
import { useNow } from '../../../session/now'

const names: Record<ConsentKind, string> = { privacy: '隐私说明', sensitive: '敏感个人信息', minor: '未成年人信息' }
const kinds: ConsentKind[] = ['privacy', 'sensitive', 'minor']

/** What one agreed to and when, each to be taken back; what is missing leads to the notice. */
export function ConsentCard({ me, onWithdraw }: { me: Me; onWithdraw: (kind: ConsentKind) => void }) {
  const today = dayOf(useNow())
  const inForce = me.consents.filter(({ version }) => version === me.noticeVersion)
  return <Card title='给过的同意'>
    <List className='devices' aria-label='给过的同意'>
      {kinds.map((kind) => {
        const given = inForce.find((one) => one.kind === kind)
        return <Item key={kind} className='device'>
          <Box className='device-body'>
            <Box className='device-name'>{names[kind]}</Box>
            <Box className='device-note'>
              {given ? `${dayText(dayOf(Date.parse(given.givenAt)), today)}同意` : '没有同意'}
            </Box>
          </Box>
          {given && <Button kind='quiet' label={`撤回${names[kind]}的同意`} onPress={() => onWithdraw(kind)}>撤回</Button>}
        </Item>
      })}
    </List>
    <Cell title='看隐私说明全文' note={inForce.length < kinds.length ? '没同意的部分，可以在那里补' : undefined} to='/features/identity/notice/index' />
  </Card>
}
