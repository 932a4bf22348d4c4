import { ErrorState, Page } from '../../../components'
import { WebFrame } from '../../../platform/web-frame'
import { useWeb } from './use-web'

/** The province's identity page inside the mini-program, for binding this WeChat or confirming once more who one is. */
export default function Web() {
  const { src } = useWeb()
  if (src) return <WebFrame src={src} />
  return <Page title='统一身份认证'><ErrorState title='这个地址打不开' note='没有任何内容被改动。请返回上一页，重新操作。' /></Page>
}
