import { BannerContext, Card, Page } from '../../components'
import { ActingEnd } from '../../session/acting-end'
import { ElderSwitch } from '../../session/elder-switch'
import { SignedIn } from '../../session/signed-in'
import { useSession } from '../../session/session'
import { MyCode } from './my-code'
import './index.scss'

/** The page itself says who asks; that one acts for another no more is said here too. */
const banner = <ActingEnd />

/** 苏服码：one code held out to whoever asks who one is. */
export default function CodePage() {
  const { status, acting, me } = useSession()
  const mine = status === 'consenting' || !acting || !me ? null : <MyCode key={acting.id} subject={acting} subjects={me.subjects} />
  return <BannerContext.Provider value={banner}>
    <Page title='苏服码' tab deep action={<ElderSwitch />}>
      {mine ?? <Card>
        <SignedIn
          title='登录后，一个码到处能用' why='取号、办事、就医、借书，亮一下就知道是你；谁看过、看了什么，都记在足迹里。没有网络也能亮。'
          returnTo='/pages/code/index'
        >{null}</SignedIn>
      </Card>}
    </Page>
  </BannerContext.Provider>
}
