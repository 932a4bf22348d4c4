import { useEffect, useRef, useState } from 'react'
import { asApiError } from '../../../api/api-error'
import { readCatalogue } from '../../../api/catalogue'
import { withHotline } from '../../../session/hotline'
import { useResource } from '../../../api/resource'
import { wordingOf } from '../../../api/wording'
import { usePageShown } from '../../../platform/lifecycle'
import { goOnAt, hrefOf, open, useParams } from '../../../platform/navigation'
import { readNoticeChoice } from '../../../session/notice-choice'
import { enter, useSession } from '../../../session/session'

const here = '/features/identity/sign-in/index'
const noticePage = '/features/identity/notice/index'

/** What the identity provider's side made of the journey, as the server tells it in the address. */
const outcomes: Record<string, string> = {
  cancelled: '你选择了不登录，什么都没有改变。',
  unavailable: '统一身份认证暂时连不上，什么都没有改变。请过几分钟再试；急办可打 {hotline}。',
  mismatch: '刚才确认的人与登录的账号不一致，什么都没有改变。请用本人身份再试。'
}

/** Only pages of ours: an address from outside must not lead anywhere else. */
const ours = (address: string | undefined) => (address && /^\/(pages|features)\//.test(address) ? address : '/pages/home/index')

/** Signing in: the notice first, then the province's page on H5 or WeChat in the mini-program, then back to where one was. */
export function useSignIn() {
  const params = useParams()
  const returnTo = ours(params.return)
  const { status } = useSession()
  const catalogue = useResource('public/catalogue', readCatalogue)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState(() => withHotline(outcomes[params['sign-in'] ?? ''] ?? ''))
  const waitsFor = useRef<'notice' | 'binding' | null>(null)
  const gone = useRef(false)

  useEffect(() => {
    if (gone.current) return
    if (status === 'in') {
      gone.current = true
      goOnAt(returnTo)
    }
    if (status === 'consenting') open(noticePage, { return: returnTo })
  }, [status, returnTo])

  async function start() {
    if (!readNoticeChoice()) {
      waitsFor.current = 'notice'
      return open(noticePage, { return: returnTo })
    }
    setBusy(true)
    setProblem('')
    try {
      const { bindAt } = await enter(hrefOf(here, { return: returnTo }))
      if (bindAt && waitsFor.current === 'binding') setProblem('这个微信还没有绑定账号。绑定后就不用再输入了。')
      else if (bindAt) {
        waitsFor.current = 'binding'
        open('/features/identity/web/index', { src: bindAt, then: 'sign-in' })
        return setBusy(false)
      }
    } catch (thrown) {
      const { what, now } = wordingOf(asApiError(thrown))
      setProblem(`${what}。${now}`)
    }
    waitsFor.current = null
    setBusy(false)
  }

  usePageShown(() => {
    if (status !== 'out' || waitsFor.current === null) return
    if (waitsFor.current === 'notice') {
      waitsFor.current = null
      if (!readNoticeChoice()) return
    }
    void start()
  })

  return { status, busy, problem, demo: catalogue.data?.demo === true, start: () => void start(), returnTo }
}
