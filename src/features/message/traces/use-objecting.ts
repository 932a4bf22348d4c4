import { useState } from 'react'
import type { Trace } from '../../../../contract/traces'
import { asApiError } from '../../../api/api-error'
import { objectTo } from '../../../api/traces'
import { wordingOf } from '../../../api/wording'

/** Asking before an objection is made, making it, and saying what came of it. */
export function useObjecting(note: (trace: Trace) => void) {
  const [about, setAbout] = useState<Trace | null>(null)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const [said, setSaid] = useState('')

  function ask(trace: Trace) {
    setAbout(trace)
    setText('')
    setProblem('')
    setSaid('')
  }

  async function send(trace: Trace) {
    setBusy(true)
    setProblem('')
    try {
      note(await objectTo(trace.id, text.trim()))
      setAbout(null)
      setSaid('异议已提。对方的说明会写在这一条下面，也会发消息告诉你。')
    } catch (thrown) {
      const { what, now } = wordingOf(asApiError(thrown))
      setProblem(`${what}。${now}`)
    }
    setBusy(false)
  }

  return { about, text, setText, busy, problem, said, ask, cancel: () => setAbout(null), send: () => about && void send(about) }
}
