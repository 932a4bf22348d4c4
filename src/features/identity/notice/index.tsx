import { Button, Card, Empty, Loaded, Notice, OfflineBar, Page } from '../../../components'
import { Box } from '../../../platform/host'
import { back, open } from '../../../platform/navigation'
import { NoticeSection } from './section'
import { useNotice } from './use-notice'
import './index.scss'

/** The privacy notice, to be read in full and answered part by part before anything is collected. */
export default function NoticePage() {
  const state = useNotice()
  const { notice, declined, status, ticked, busy, agree, decline } = state
  if (declined) return <Declined onReadAgain={state.readAgain} />
  const asked = notice.data !== null && notice.data.sections.some(({ kind }) => state.givenAt(kind) === null)
  const footer = notice.data !== null && asked && <>
    {status === 'in'
      ? <Button onPress={back}>暂不同意</Button>
      : <Button disabled={busy} onPress={decline}>不同意</Button>}
    <Button
      kind='primary' busy={busy} disabled={status === 'in' && ticked.length === 0}
      onPress={() => notice.data && agree(notice.data)}
    >{state.signedIn ? '同意所选' : '同意所选，去登录'}</Button>
  </>
  return <Page title='隐私说明' readAloud footer={footer || undefined}>
    <OfflineBar />
    <Notice text={state.problem} tone='error' />
    {asked && <Card tone='water'>
      <Box className='notice-lead'>{lead(status)}</Box>
    </Card>}
    <Loaded of={notice}>{(data) => <>
      {data.sections.map((section) => <NoticeSection
        key={section.kind} section={section} ticked={ticked.includes(section.kind)} givenAt={state.givenAt(section.kind)}
        needed={state.isNeeded(section.kind)} missing={state.missing} onTick={(on) => state.tick(section.kind, on)}
      />)}
      <Box className='notice-version'>版本 {data.version}，{data.effectiveOn} 起施行</Box>
    </>}</Loaded>
  </Page>
}

function lead(status: string): string {
  if (status === 'consenting') return '还差一步：请看完再决定。不同意的，登录时得到的资料会全部删除。'
  if (status === 'in') return '有没勾选的部分。需要时再同意也可以，随时能在「账号与安全」里撤回。'
  return '三份各自决定，都没有替你勾。你决定之前，我们什么都不收集。'
}

function Declined({ onReadAgain }: { onReadAgain: () => void }) {
  return <Page title='隐私说明'>
    <Empty
      title='好的，没有登录' note='没有收集、也没有保存你的任何信息。办事指南、办理方案和搜索照常能用；想办的时候再来。'
      action={<Button kind='primary' onPress={() => open('/pages/services/index')}>去看看能办什么</Button>}
    />
    <Box className='notice-again'><Button kind='quiet' onPress={onReadAgain}>再看一遍隐私说明</Button></Box>
  </Page>
}
