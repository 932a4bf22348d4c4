import type { ReactNode } from 'react'
import type { Resource } from '../../api/resource'
import { Button, Empty, Loaded, Notice, OfflineBar, Page } from '../../components'
import { Form } from '../../platform/form-host'
import { replace } from '../../platform/navigation'
import { SignedIn } from '../../session/signed-in'

interface AnswerPageProps {
  title: string
  returnTo: string
  children: ReactNode
}

/** The page on which somebody signed in answers what a department asks for. */
export function AnswerPage({ title, returnTo, children }: AnswerPageProps) {
  return <Page title={title} readAloud>
    <OfflineBar />
    <SignedIn title={title} why='要确认是你本人在补，所以要先登录。' returnTo={returnTo}>{children}</SignedIn>
  </Page>
}

interface AnswerFormProps<T> {
  caseId: string
  of: Resource<T>
  /** Whether there is still something to answer. */
  isOpen: (data: T) => boolean
  /** Said when there is not. */
  closed: { title: string; note: string }
  submitText: string
  /** Photos are still on their way. */
  sending: boolean
  busy: boolean
  /** Why it could not be sent. */
  fault: string
  onSubmit: () => void
  children: (data: T) => ReactNode
}

/** What is asked for and one button that sends the answer; or, when nothing is asked any more, the way to the progress. */
export function AnswerForm<T>({ caseId, of, isOpen, closed, submitText, sending, busy, fault, onSubmit, children }: AnswerFormProps<T>) {
  return <>
    <Loaded of={of}>{(data) => (isOpen(data)
      ? <Form onSubmit={onSubmit}>
        {children(data)}
        <Button kind='primary' block submit busy={busy} disabled={sending}>{sending ? '照片还在传…' : submitText}</Button>
      </Form>
      : <Empty {...closed} action={
        <Button kind='primary' onPress={() => replace('/features/case/detail/index', { id: caseId })}>看办件进度</Button>
      } />)}</Loaded>
    <Notice tone='error' text={fault} />
  </>
}
