import { useEffect, useRef, useState } from 'react'
import { livePath, type LiveEvent } from '../api/live'
import { usePageHidden, usePageShown } from '../platform/lifecycle'
import { openSocket } from '../platform/socket'
import { onVisibilityChange } from '../platform/visibility'
import { LiveLine } from './live-line'
import { oneAtATime } from './one-at-a-time'
import { useSession } from './session'

const line = new LiveLine({ path: livePath, openSocket })

/**
 * Keeps what a page shows up to date: `reload` runs when something of these kinds changed (with `ids`, one of those), when the page
 * comes back to the front, and every 15 seconds while there is no live line. Nothing runs while the page is hidden or nobody is
 * signed in.
 *
 * @param ids null for any; a page whose id isn't known yet gives []
 */
export function useLive(kinds: LiveEvent['kind'][], ids: (string | undefined)[] | null, reload: () => Promise<void>): void {
  const visible = usePageVisible()
  const { status } = useSession()
  const listening = visible && status === 'in'
  const wanted = useRef({ kinds, ids, reload })
  useEffect(() => {
    wanted.current = { kinds, ids, reload }
  })
  const back = useRef(false)
  useEffect(() => {
    if (!listening) return
    const refresh = oneAtATime(() => wanted.current.reload())
    if (back.current) refresh()
    back.current = true
    return line.listen((event) => {
      const { kinds: known, ids: own } = wanted.current
      if (event === null || (known.includes(event.kind) && (own === null || own.includes(event.id)))) refresh()
    })
  }, [listening])
}

/** Whether changes are told at this moment; while they are not, a page that can't wait 15 seconds asks by itself. */
export const isLive = (): boolean => line.isOpen

/** Whether this page is in front of the person. */
export function usePageVisible(): boolean {
  const [shown, setShown] = useState(true)
  const [visible, setVisible] = useState(true)
  usePageShown(() => setShown(true))
  usePageHidden(() => setShown(false))
  useEffect(() => onVisibilityChange(setVisible), [])
  return shown && visible
}
