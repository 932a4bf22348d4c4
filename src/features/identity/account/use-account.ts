import { useState } from 'react'
import type { Subject } from '../../../../contract/identity'
import { lastDayText } from '../../../../domain/time'
import { asApiError } from '../../../api/api-error'
import { endSession, listSessions, logoutOthers, withdrawConsents, type ConsentKind } from '../../../api/identity'
import { useResource } from '../../../api/resource'
import { wordingOf } from '../../../api/wording'
import { open } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { relationWords } from '../../../session/whose'
import { setMe, signOut, switchSubject, useSession } from '../../../session/session'

/** What the person is asked to confirm. */
export type Asked = { what: 'sign-out' } | { what: 'others' } | { what: 'withdraw'; kind: ConsentKind }

const roles: Record<Subject['role'], string> = {
  self: '本人', guardian: '孩子，我是监护人', legalRepresentative: '企业，我是法定代表人', operator: '企业，我是经办人', proxy: '亲友，授权我代办'
}

/** Whose account it is, whom one acts for, where one is signed in, what one agreed to. */
export function useAccount() {
  const { status, me, acting } = useSession()
  const now = useNow()
  const sessions = useResource(status === 'in' ? 'sessions' : null, listSessions)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ text: string; tone: 'done' | 'error' }>({ text: '', tone: 'done' })

  async function run(work: () => Promise<string>) {
    setBusy(true)
    try {
      setSaid({ text: await work(), tone: 'done' })
    } catch (thrown) {
      const { what, now } = wordingOf(asApiError(thrown))
      setSaid({ text: `${what}。${now}`, tone: 'error' })
    }
    setBusy(false)
    setAsked(null)
  }

  function confirm() {
    if (asked?.what === 'sign-out') return run(async () => {
      await signOut()
      open('/pages/home/index')
      return ''
    })
    if (asked?.what === 'others') return run(async () => {
      await logoutOthers()
      await sessions.reload()
      return '其他设备都已退出'
    })
    if (asked?.what === 'withdraw') return run(async () => {
      setMe(await withdrawConsents([asked.kind]))
      return '已撤回，从现在起生效'
    })
    return undefined
  }

  return {
    status, me, acting, sessions, asked, ask: setAsked, busy, said,
    confirm: () => void confirm(),
    endOne: (id: string, device: string) => void run(async () => {
      await endSession(id)
      await sessions.reload()
      return `「${device}」已退出`
    }),
    act: (subject: Subject) => {
      switchSubject(subject)
      setSaid({ text: subject.role === 'self' ? '现在给自己办' : `现在替${relationWords[subject.role]}「${subject.maskedName}」办`, tone: 'done' })
    },
    roleOf: ({ role, delegation }: Subject) =>
      delegation ? `${roles[role]}，到 ${lastDayText(Date.parse(delegation.until), now)}` : roles[role]
  }
}
