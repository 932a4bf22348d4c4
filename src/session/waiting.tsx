import { create } from 'zustand'
import { submitDraft } from '../api/drafts'
import { Cell } from '../components'
import { isOnline, onNetworkChange } from '../platform/network'
import { newKey } from '../platform/random'
import { forgetSubmission, forgetSubmitted, keepSubmission, keptSubmission, waitingDrafts } from './kept-submission'
import { Submitter } from './submitter'
import { actingFor } from './tokens'

const RETRY_MS = 8_000

const submitters = new Map<string, Submitter>()
const useWaiting = create<{ drafts: string[] }>(() => ({ drafts: waitingDrafts() }))

/** The one who submits this draft: the page of signing and the app in the background share what is under way. */
export function submitterOf(draftId: string): Submitter {
  const known = submitters.get(draftId)
  if (known) return known
  const submitter = new Submitter(draftId, {
    send: submitDraft, kept: keptSubmission, keep: keepSubmission, forget: forgetSubmission, done: forgetSubmitted, newKey
  })
  submitter.follow(() => useWaiting.setState({ drafts: waitingDrafts() }))
  submitters.set(draftId, submitter)
  return submitter
}

/** Sends what was signed without network, on whichever page one is, until all of it has an answer; returns the end of it. */
export function keepSubmitting(): () => void {
  const sendAll = () => {
    if (!isOnline()) return
    const mine = waitingDrafts().filter((draftId) => keptSubmission(draftId)?.actingFor === actingFor())
    mine.forEach((draftId) => void submitterOf(draftId).resume())
  }
  const timer = setInterval(sendAll, RETRY_MS)
  const stopListening = onNetworkChange((online) => {
    if (online) sendAll()
  })
  sendAll()
  return () => {
    clearInterval(timer)
    stopListening()
  }
}

/** What is signed and waits for a network, each with the way to it. */
export function WaitingSubmissions() {
  const { drafts } = useWaiting()
  return <>{drafts.map((draftId) => {
    const kept = keptSubmission(draftId)
    return kept && <Cell
      key={draftId} tone='amber' icon='offline' title={`「${kept.bundleName}」等网络恢复后自动提交`} note='已经签好，只会提交一次，可以先放着不管'
      to='/features/bundle/sign/index' params={{ draft: draftId, for: kept.actingFor ?? undefined }}
    />
  })}</>
}
