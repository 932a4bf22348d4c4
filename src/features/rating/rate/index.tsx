import type { RatingForm } from '../../../../contract/ratings'
import { beforeText, timeText } from '../../../../domain/time'
import { useHotline } from '../../../session/hotline'
import { Button, Card, Cell, Choice, Empty, Field, Loaded, Notice, OfflineBar, Page } from '../../../components'
import { Form } from '../../../platform/form-host'
import { Box } from '../../../platform/host'
import { useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import type { Given } from './rating'
import { useRating } from './use-rating'
import './rate.scss'

export default function RatePage() {
  const { case: caseId = '' } = useParams()
  return (
    <Page title="评价" readAloud>
      <OfflineBar />
      <SignedIn title="评价这一件" why="只有办这件事的人能评价，所以要先登录。" returnTo={`/features/rating/rate/index?case=${caseId}`}>
        <Rate caseId={caseId} />
      </SignedIn>
    </Page>
  )
}

function Rate({ caseId }: { caseId: string }) {
  const rating = useRating(caseId)
  const { form, changing, startChange, thanks, fault } = rating
  return (
    <>
      <Notice tone="done" text={thanks} />
      <Loaded of={form}>
        {(data) => (
          <>
            <Cell title={data.matterName} note={data.departmentName} to="/features/case/detail/index" params={{ id: caseId }} />
            {data.rating && !changing && <GivenRating form={data} onChange={startChange} />}
            {!data.rating && !data.open && <Closed until={data.until} />}
            {data.open && (!data.rating || changing) && <RatingEntry {...rating} form={data} />}
          </>
        )}
      </Loaded>
      <Notice tone="error" text={fault} />
    </>
  )
}

function Closed({ until }: { until: string | null }) {
  const hotline = useHotline()
  if (until === null) return <Empty title="办好以后再来评" note="这一件还没办完。办好以后会请你评价。" />
  return <Empty title="评价的期限已经过了" note={`没评也没关系，不会替你打分。还有话想说，可以打 ${hotline}。`} />
}

function GivenRating({ form: { rating, grades }, onChange }: { form: RatingForm; onChange: () => void }) {
  const now = useNow()
  if (!rating) return null
  const grade = grades.find((each) => each.grade === rating.grade)
  const tags = grade?.tags.filter(({ id }) => rating.tags.includes(id)).map(({ label }) => label) ?? []
  return (
    <Card title={`你的评价：${grade?.label ?? ''}`} tone={grade?.bad ? 'amber' : 'green'}>
      {tags.length > 0 && <Box>{tags.join('、')}</Box>}
      {rating.text && <Box className="rating-said">{rating.text}</Box>}
      <Box className="rating-fine">
        {rating.anonymous ? '匿名' : '实名，只给负责整改的部门看'} · {timeText(Date.parse(rating.changedAt ?? rating.ratedAt), now)}
        {rating.changedAt ? '改过' : ''}
      </Box>
      {rating.canChange ? (
        <Box className="rating-do">
          <Button onPress={onChange}>改一次</Button>
        </Box>
      ) : (
        <Box className="rating-fine">{rating.changedAt ? '已经改过一次，不能再改。' : '可以改的期限已经过了。'}</Box>
      )}
    </Card>
  )
}

type RatingEntryProps = Pick<ReturnType<typeof useRating>, 'given' | 'faults' | 'choose' | 'give' | 'busy' | 'changing'> & {
  form: RatingForm
}

function RatingEntry({ form, given, faults, choose, give, busy, changing }: RatingEntryProps) {
  const now = useNow()
  const grade = form.grades.find((each) => each.grade === given.grade)
  return (
    <Form onSubmit={() => void give()}>
      <Choice
        id="rating-grade"
        label="这一件办得怎么样？"
        question
        required
        error={faults.grade}
        value={given.grade ? [given.grade] : []}
        options={form.grades.map(({ grade: value, label }) => ({ value, label }))}
        onChange={([picked]) => choose({ grade: picked ?? null })}
        hint={
          form.until ? `${beforeText(Date.parse(form.until), now)}可以评${changing ? '，只能改这一次' : '，评后可以改一次'}。` : undefined
        }
      />
      {grade && (
        <>
          <Choice
            id="rating-tags"
            label={grade.bad ? '哪里不好？至少选一个' : '想夸哪里、想改哪里'}
            multiple
            required={grade.bad}
            error={faults.tags}
            value={given.tags}
            options={grade.tags.map(({ id, label }) => ({ value: id, label }))}
            onChange={(tags) => choose({ tags })}
          />
          <Field
            id="rating-text"
            label={grade.bad ? '请说说哪里不满意' : '还想说什么'}
            kind="multiline"
            required={grade.bad}
            error={faults.text}
            value={given.text}
            onChange={(text) => choose({ text })}
            hint={textHint(given, grade.bad, form.minBadText)}
          />
          <Choice
            id="rating-name"
            label="署名"
            required
            value={[given.anonymous ? 'anonymous' : 'named']}
            onChange={([who]) => choose({ anonymous: who !== 'named' })}
            options={[
              { value: 'anonymous', label: '匿名', note: '部门不知道是谁评的；一样会整改，但没法给你回话。' },
              { value: 'named', label: '实名', note: '只让负责整改的部门知道是你，整改后会回话。' }
            ]}
          />
        </>
      )}
      <Button kind="primary" block submit busy={busy}>
        {changing ? '改好了，提交' : '提交评价'}
      </Button>
    </Form>
  )
}

function textHint({ text }: Given, bad: boolean, least: number): string {
  const count = Array.from(text.trim()).length
  if (!bad) return '不写也行。请不要写身份证号、电话。'
  return count >= least ? `已写 ${count} 个字。` : `至少 ${least} 个字，已写 ${count} 个。`
}
