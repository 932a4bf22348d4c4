import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Subject } from '../../../contract/identity'
import { issueCode, listScenes, readCodeStatus, type IssuedCode } from '../../api/codes'
import { keep } from '../../api/kept'
import { isOnline, onNetworkChange } from '../../platform/network'
import { lightUp } from '../../platform/screen'
import { codeIsOut, lookForAsked } from '../../session/asked'
import { confirmIdentity } from '../../session/confirm-identity'
import { firstDone, goFirst } from '../../session/first'
import { isLive, useLive, usePageVisible } from '../../session/live'
import { loadMe, openSession, sessionNow } from '../../session/session'
import { CodeKeeper } from './code-keeper'
import { certifyIfDue, makeOfflineCode, noteClock } from './offline-codes'

/** Without a live line a reading is told this late at most; with one, should it be silent, on the fourth turn. */
const LOOK_MS = 5_000
const LIVE_TURNS = 4

const lookWhoAsks = () => lookForAsked().catch(() => undefined)

/** The fresh code of the subject acted for, and what becomes of it, while the page is in front. */
export function useCode({ id, delegation }: Subject) {
  const delegated = delegation !== undefined
  const keeper = useMemo(() => keeperOf(id, delegated), [id, delegated])
  const state = useSyncExternalStore(keeper.subscribe, keeper.state)
  const visible = usePageVisible()
  const awaited = visible && state.code === null && state.trouble === null
  useEffect(() => (awaited ? goFirst() : undefined), [awaited])

  useEffect(() => {
    if (!visible) return
    keeper.start()
    return () => keeper.stop()
  }, [keeper, visible])

  useEffect(() => (visible ? lightUp() : undefined), [visible])
  useEffect(() => onNetworkChange(keeper.networkChanged), [keeper])

  const look = useCallback(async () => {
    await Promise.all([keeper.look(), lookWhoAsks()])
  }, [keeper])
  useLive(['code'], null, look)
  useEffect(() => {
    if (!visible) return
    let turn = 0
    const timer = setInterval(() => {
      turn += 1
      if (sessionNow().status === 'in' && isOnline() && (!isLive() || turn % LIVE_TURNS === 0)) void keeper.look()
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [keeper, visible])

  return { ...state, renew: keeper.renew, look, confirm: confirmWho }
}

const confirmWho = () => confirmIdentity('/pages/code/index').catch(() => undefined)

function keeperOf(subjectId: string, delegated: boolean): CodeKeeper {
  return new CodeKeeper({
    issue: () => openSession().then(issueCode),
    status: readCodeStatus,
    makeOffline: (now) => (delegated ? Promise.resolve({ ok: false, lack: 'delegated' }) : makeOfflineCode(subjectId, now)),
    isOnline,
    now: Date.now,
    onIssued: (issued, skewMs) => void afterwards(subjectId, issued, skewMs).catch(() => undefined),
    onAsked: () => void lookWhoAsks()
  })
}

/** What waits until the code stands on the screen: who is signed in, if that was unknown, and the codes for when there is no network. */
async function afterwards(subjectId: string, { text }: IssuedCode, skewMs: number): Promise<void> {
  codeIsOut()
  await firstDone()
  noteClock(skewMs, Date.now())
  if (sessionNow().status === 'unreachable') await loadMe()
  const issuer = /^SFM(\d{6}):/.exec(text)?.[1]
  if (issuer === undefined) return
  if (sessionNow().acting?.delegation) return
  const stillFor = () => sessionNow().acting?.id === subjectId
  const isNew = await certifyIfDue(subjectId, issuer, { now: Date.now, stillFor })
  if (isNew) keep('public/code-scenes', await listScenes(), Date.now())
}
