import { useContext, useEffect, useState, type ReactNode } from 'react'
import { Box, Heading, Press, Span } from '../platform/host'
import { back } from '../platform/navigation'
import { drawsOwnBar, PageHost } from '../platform/page-host'
import { canSpeak, speakPage, stopSpeaking } from '../platform/speech'
import { BannerContext } from './banner-context'
import { Button } from './button'
import { classes } from './classes'
import { ElderContext } from './elder-context'
import { Icon } from './icon'
import './page.scss'

interface PageProps {
  title: string
  /** Small words beside the title, for example the city. */
  sub?: string
  /** A tab page: large title, nowhere to go back to. */
  tab?: boolean
  /** White on deep water, for what is held out to somebody else. */
  deep?: boolean
  /** At the end of the head: one small control. */
  action?: ReactNode
  /** Actions kept in sight at the lower edge. */
  footer?: ReactNode
  /** Goes back in some other way, for example to the previous question. */
  onBack?: () => void
  /** Offers to read the page aloud, where the device can. */
  readAloud?: boolean
  children: ReactNode
}

/** The frame of every page: title and back control, main part, actions, elder mode, reading aloud. */
export function Page({ title, sub, tab, deep, action, footer, onBack = back, readAloud, children }: PageProps) {
  const elder = useContext(ElderContext)
  const banner = useContext(BannerContext)
  return <PageHost
    title={title} elder={elder} className={classes('page', tab && 'page--tab', deep && 'page--deep', elder && 'elder')}
    head={<Head title={title} sub={sub} tab={tab} action={action} onBack={onBack} />}
  >
    <Box className='page-body'>
      {banner}
      {children}
      {readAloud && canSpeak && <ReadAloud />}
    </Box>
    {footer && <Box className='page-foot'>{footer}</Box>}
  </PageHost>
}

function Head({ title, sub, tab, action, onBack }: Pick<PageProps, 'title' | 'sub' | 'tab' | 'action' | 'onBack'>) {
  const bare = !drawsOwnBar && !action && !sub
  return <Box className={classes('page-head', bare && 'sr')}>
    {drawsOwnBar && !tab && <Press className='page-back' onPress={onBack} aria-label='返回'><Icon name='back' ink='ink' /></Press>}
    <Heading level={1} className={classes('page-title', !drawsOwnBar && 'sr')}>{title}</Heading>
    {sub && <Span className='page-sub'>{sub}</Span>}
    {action && <Box className='page-action'>{action}</Box>}
  </Box>
}

function ReadAloud() {
  const [speaking, setSpeaking] = useState(false)
  useEffect(() => stopSpeaking, [])
  function toggle() {
    if (speaking) stopSpeaking()
    else speakPage(() => setSpeaking(false))
    setSpeaking(!speaking)
  }
  return <Box className='page-read'>
    <Button kind='quiet' icon={speaking ? 'stop' : 'speaker'} onPress={toggle}>{speaking ? '停止朗读' : '朗读这一页'}</Button>
  </Box>
}
