import { useState } from 'react'
import type { Trace } from '../../../../contract/traces'
import { asApiError } from '../../../api/api-error'
import { objectTo } from '../../../api/traces'
import { wordingOf } from '../../../api/wording'
import { useUnsent } from '../../../session/unsent'

const nothing = { to: '', text: '' }

/** Asking before an objection is made, making it, and saying what came of it. */
export function useObjecting(note: (trace: Trace) => void) {
  const [about, setAbout] = useState<Trace | null>(null)
  const [typed, setTyped] = useUnsent('objection', nothing)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const [said, setSaid] = useState('')

  function ask(trace: Trace) {
    setAbout(trace)
    if (typed.to !== trace.id) setTyped({ to: trace.id, text: '' })
    setProblem('')
    setSaid('')
  }

  async function send(trace: Trace) {
    setBusy(true)
    setProblem('')
    try {
      note(await objectTo(trace.id, typed.text.trim()))
      setTyped(nothing)
      setAbout(null)
      setSaid('异议已提。对方的说明会写在这一条下面，也会发消息告诉你。')
    } catch (thrown) {
      const { what, now } = wordingOf(asApiError(thrown))
      setProblem(`${what}。${now}`)
    }
    setBusy(false)
  }

  return {
    about, text: typed.text, setText: (text: string) => setTyped({ ...typed, text }), busy, problem, said, ask,
    cancel: () => setAbout(null), send: () => about && void send(about)
  }
}
