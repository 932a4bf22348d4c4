import { Notice, Page } from '../../components'

export default function Services() {
  return <Page title='办事' tab><Notice text='这一页正在搭建' /></Page>
}
