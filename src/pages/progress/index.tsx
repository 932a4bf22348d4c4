import { Notice, Page } from '../../components'

export default function Progress() {
  return <Page title='进度' tab><Notice text='这一页正在搭建' /></Page>
}
