import { Button } from '../components'
import { useElder } from './elder'

/** Turns elder mode on and off; stands on home and in 我的, always in sight. */
export function ElderSwitch() {
  const [on, toggle] = useElder()
  return <Button kind='plain' label={on ? '退出大字版' : '换成大字版'} onPress={toggle}>{on ? '退出大字' : '大字版'}</Button>
}
