import { useEffect } from 'react'
import { useParams } from '../../../platform/navigation'
import { absolute, loadMe } from '../../../session/session'

/**
 * Opens identity pages of our own server and nothing else: the address comes from outside. After a re-authentication who one is is
 * read again; a binding is followed up by the sign-in page that lies underneath.
 */
export function useWeb() {
  const { src = '', then } = useParams()
  useEffect(() => () => {
    if (then === 'reauthenticate') void loadMe().catch(() => undefined)
  }, [then])
  const isIdentityPage = absolute(src).startsWith(absolute('/api/v1/identity/')) && !src.includes('..')
  return { src: isIdentityPage ? absolute(src) : null }
}
