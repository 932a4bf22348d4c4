import { readCatalogue } from '../../api/catalogue'
import { useResource } from '../../api/resource'
import { usePageShown } from '../../platform/lifecycle'
import { loadMe, sessionNow, useSession } from '../../session/session'

/** Who is signed in, read anew each time the page comes to the front: messages are read elsewhere. */
export function useMe() {
  const { me, status } = useSession()
  const catalogue = useResource('public/catalogue', readCatalogue)
  usePageShown(() => {
    if (sessionNow().status === 'in') void loadMe().catch(() => undefined)
  })
  return { me, status, demo: catalogue.data?.demo === true, hotline: catalogue.data?.city.hotline ?? '12345' }
}
