import { Notice, Page } from '../../components'

export default function Me() {
  return <Page title='我的' tab><Notice text='这一页正在搭建' /></Page>
}
