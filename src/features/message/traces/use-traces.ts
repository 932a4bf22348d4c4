import { useState } from 'react'
import type { Trace } from '../../../../contract/traces'
import { useResource } from '../../../api/resource'
import { listTraces, readTrace } from '../../../api/traces'
import { useLive } from '../../../session/live'
import { useSession } from '../../../session/session'
import { usePages } from '../use-pages'
import { sifts } from './words'

/**
 * Who has looked at the data of oneself, a ward or a company: sifted, page by page, kept fresh. Those who only let one act for them
 * are not among the subjects: their traces are theirs.
 *
 * @param opened the entry that the page was opened at, whosever it is
 */
export function useTraces(opened: string | undefined) {
  const { status, me, acting } = useSession()
  const subjects = (me?.subjects ?? []).filter(({ delegation }) => !delegation)
  const [wanted, setWanted] = useState<string>()
  const [sift, setSift] = useState(0)
  const chosen = subjects.find(({ id }) => id === (wanted ?? acting?.id)) ?? subjects[0] ?? null
  const readable = status === 'in' || status === 'unreachable'
  const subjectId = readable && chosen ? chosen.id : null
  const of = sifts[sift]?.of

  const list = usePages(subjectId && `traces/${subjectId}/${of ?? 'all'}`, (cursor) => listTraces(subjectId ?? '', of, cursor))
  const one = useResource(readable && opened ? `trace/${opened}` : null, () => readTrace(opened ?? ''))
  useLive(['trace'], null, async () => {
    await Promise.all([list.first.reload(), one.reload()])
  })
  const { changed, note } = useChanged()

  const traces = list.pages.flatMap((page) => page.traces).filter(({ id }) => id !== opened || !one.data)
  return {
    ...list,
    subjects,
    chosen,
    choose: setWanted,
    sift,
    setSift,
    traces: traces.map(changed),
    one: { ...one, data: one.data && changed(one.data) },
    objectionDays: list.first.data?.objectionDays ?? null,
    note
  }
}

/** What an objection has just made of an entry, until the list is read again. */
function useChanged() {
  const [known, setKnown] = useState<Record<string, Trace>>({})
  return {
    changed: (trace: Trace): Trace => (trace.objection ? trace : (known[trace.id] ?? trace)),
    note: (trace: Trace) => setKnown((now) => ({ ...now, [trace.id]: trace }))
  }
}
