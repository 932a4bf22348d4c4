import { Notice, Page } from '../../components'

export default function Home() {
  return <Page title='首页' tab><Notice text='这一页正在搭建' /></Page>
}
