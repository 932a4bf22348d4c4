import { Button, Card, Cell, Empty, Field, Loaded, Notice, OfflineBar, Page } from '../../../components'
import { Box, Item, List } from '../../../platform/host'
import { back, open } from '../../../platform/navigation'
import { SignedIn } from '../../../session/signed-in'
import { closingWords, useClose } from './use-close'
import './index.scss'

/** Closing the account: what is erased, what the law keeps and why, and the words to type. */
export default function Close() {
  const { preview, typed, error, problem, busy, closed, type, close } = useClose()
  if (closed) return <Page title='注销账号'>
    <Empty
      title='账号已注销' note='登录全部退出，能删的都已删除。以后想用，重新登录就是一个新账号。'
      action={<Button kind='primary' onPress={() => open('/pages/home/index')}>回到首页</Button>}
    />
  </Page>
  const blocked = (preview.data?.openCases ?? 0) > 0
  const footer = preview.data && <>
    <Button onPress={back}>不注销了</Button>
    {!blocked && <Button kind='danger' busy={busy} onPress={close}>注销账号</Button>}
  </>
  return <Page title='注销账号' footer={footer || undefined}>
    <OfflineBar />
    <SignedIn title='登录后才能注销' why='要先确认是你本人的账号。' returnTo='/features/identity/close/index'>
      <Notice text={problem} tone='error' />
      <Loaded of={preview} cards={2}>{({ erased, kept, openCases }) => <>
        {openCases > 0 && <Cell
          tone='amber' title={`还有 ${openCases} 件事没办完，暂时不能注销`} note='等办完或撤回后再来。点这里去看进度' to='/pages/progress/index'
        />}
        <Card title='会删除'>
          <List className='closing' aria-label='会删除'>
            {erased.map((what) => <Item key={what} className='closing-row'>{what}</Item>)}
          </List>
        </Card>
        <Card title='依法要留下'>
          <List className='closing' aria-label='依法要留下'>
            {kept.map(({ what, why }) => <Item key={what} className='closing-row'>{what}<Box className='closing-why'>{why}</Box></Item>)}
          </List>
        </Card>
        {openCases === 0 && <Card title='想好了再注销' tone='red'>
          <Field
            id='closing-words' label={`输入「${closingWords}」四个字`} hint='注销后不能恢复，所有设备都会退出。' required
            value={typed} error={error || undefined} onChange={type} autoComplete='off' maxLength={10}
          />
        </Card>}
      </>}</Loaded>
    </SignedIn>
  </Page>
}
