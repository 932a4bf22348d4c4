import { useState } from 'react'
import { useAction } from '../../../api/action'
import { asApiError } from '../../../api/api-error'
import { askReauthentication, loginUrl } from '../../../api/identity'
import { saveLicencePdf } from '../../../api/licence-pdf'
import { leaveFor, loginCode } from '../../../platform/login'
import { hrefOf, open } from '../../../platform/navigation'
import { opensFiles } from '../../../platform/save-file'
import { absolute } from '../../../session/session'

/** Downloads the PDF; when the server wants to be sure once more who asks, that comes first and the person presses again. */
export function usePdf(id: string, name: string) {
  const action = useAction()
  const [mustConfirm, setMustConfirm] = useState(false)
  const [told, setTold] = useState('')

  const save = () =>
    action.run(async () => {
      setTold('')
      try {
        await saveLicencePdf(id, name)
        setTold(`${opensFiles ? '已打开，右上角可以转发、保存。' : '已下载。'}这次下载记进了「谁看过我的信息」。`)
      } catch (thrown) {
        const error = asApiError(thrown)
        if (error.code !== 'reauthentication_required') throw error
        setMustConfirm(true)
        setTold('文件里有完整的号码，下载前要再确认一次是你本人。')
      }
    })

  const confirm = () =>
    action.run(async () => {
      const here = hrefOf('/features/licence/detail/index', { id })
      setMustConfirm(false)
      setTold('')
      if ((await loginCode()) === undefined) return leaveFor(loginUrl(here, 'reauthenticate'))
      const { url } = await askReauthentication()
      open('/features/identity/web/index', { src: absolute(url), then: 'reauthenticate' })
    })

  return { save, confirm, busy: action.busy, told, mustConfirm, fault: action.fault }
}
