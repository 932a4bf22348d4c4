import type { SessionList } from '../../../../contract/identity'
import { timeText } from '../../../../domain/time'
import type { Resource } from '../../../api/resource'
import { Button, Card, Loaded, Tag } from '../../../components'
import { Box, Item, List } from '../../../platform/host'
import { useNow } from '../../../session/now'

interface DeviceCardProps {
  sessions: Resource<SessionList>
  busy: boolean
  onEnd: (id: string, device: string) => void
  onEndOthers: () => void
}

/** Where one is signed in, each with its end. */
export function DeviceCard({ sessions, busy, onEnd, onEndOthers }: DeviceCardProps) {
  const now = useNow()
  return <Card title='登录着的设备'>
    <Loaded of={sessions} cards={1}>{({ sessions: list }) => <>
      <List className='devices' aria-label='登录着的设备'>
        {list.map(({ id, device, lastSeenAt, current }) => <Item key={id} className='device'>
          <Box className='device-body'>
            <Box className='device-name'>{device}</Box>
            <Box className='device-note'>最近使用 {timeText(Date.parse(lastSeenAt), now)}</Box>
          </Box>
          {current
            ? <Tag text='这一台' tone='green' />
            : <Button kind='quiet' disabled={busy} label={`退出 ${device}`} onPress={() => onEnd(id, device)}>退出</Button>}
        </Item>)}
      </List>
      {list.length > 1 && <Button block onPress={onEndOthers}>退出其他设备</Button>}
    </>}</Loaded>
  </Card>
}
