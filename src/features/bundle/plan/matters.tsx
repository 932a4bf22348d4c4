import type { Plan, PlanExcluded, PlanMatter } from '../../../../domain/bundle/plan-types'
import type { ResolvedBundle } from '../../../../domain/bundle/types'
import { dayText, type IsoDay } from '../../../../domain/time'
import { Button, Card, Choice, FlowMap, Tag } from '../../../components'
import { Box, Item, List, Span } from '../../../platform/host'
import { promiseText, slowestOf } from '../plan-words'

/** Who waits for whom. */
export function Flow({ plan: { matters, criticalPath } }: { plan: Plan }) {
  const slowest = slowestOf(matters, criticalPath)
  return <Card title='谁先谁后'>
    <FlowMap label='谁先谁后' nodes={matters.map((matter) => ({
      id: matter.key,
      title: matter.plainName ?? matter.name,
      sub: `${promiseText(matter)}${matter.key === slowest ? '，最长' : ''}`,
      after: matter.after,
      tone: matter.key === slowest ? 'amber' : matter.promisedDays === 0 ? 'green' : 'water'
    }))} />
  </Card>
}

interface MattersProps {
  plan: Plan
  bundle: ResolvedBundle | undefined
  today: IsoDay
}

/** Which matters apply and why, with each department's promise. */
export function Matters({ plan: { matters }, bundle, today }: MattersProps) {
  return <Card title={`要办的 ${matters.length} 个事项`}>
    <List className='b-list' aria-label='要办的事项'>
      {matters.map((matter) => <Item key={matter.key} className='b-row'>
        <MatterRow matter={matter} today={today} isPending={(bundle?.matterOf[matter.matterId]?.pending ?? []).length > 0} />
      </Item>)}
    </List>
  </Card>
}

function MatterRow({ matter, isPending, today }: { matter: PlanMatter; isPending: boolean; today: IsoDay }) {
  const { name, plainName, departmentName, finishDay, result, why, specialProcedures } = matter
  return <>
    <Box className='b-row-head'>
      <Span className='b-row-title'>{name}</Span>
      <Box className='b-tags'>
        {isPending && <Tag text='待核' tone='amber' />}
        <Tag text={promiseText(matter)} tone={matter.promisedDays === 0 ? 'green' : 'water'} />
      </Box>
    </Box>
    <Box className='b-hint'>
      {plainName && plainName !== name && `${plainName}。`}{departmentName}办，{result.kind === 'licence' ? '发' : '出'}「{result.name}」
      {finishDay && `，预计 ${dayText(finishDay, today)}办好`}
    </Box>
    {specialProcedures.map((procedure) => <Box key={procedure.name} className='b-hint'>
      中间有{procedure.name}，{procedure.days} {procedure.unit === 'workday' ? '个工作日' : '天'}，不算在承诺里
    </Box>)}
    {why.map(({ text }) => <Box key={text} className='b-fine'>因为：{text}</Box>)}
  </>
}

interface NotIncludedProps {
  plan: Plan
  picks: string[]
  onPick: (key: string) => void
  onAsk: (question?: string) => void
}

/** What doesn't apply and why, with the way back to the question; what is optional can be ticked. */
export function NotIncluded({ plan, picks, onPick, onAsk }: NotIncludedProps) {
  const picked = plan.matters.filter(({ optional }) => optional)
  const optional = [...picked, ...plan.excluded.filter((each) => each.optional)]
  const excluded = plan.excluded.filter((each) => !each.optional)
  return <>
    {optional.length > 0 && <Card title='还可以一起办'>
      <Choice
        id='picks' label='想办就勾上' multiple options={optional.map(({ key, name }) => ({ value: key, label: name }))}
        value={picks} onChange={(now) => toggled(picks, now).forEach(onPick)}
      />
    </Card>}
    <Reasons title={`不用办的 ${excluded.length} 个事项`} items={excluded} onAsk={onAsk} />
    <Reasons title='还不知道要不要办' items={plan.undecided} onAsk={onAsk} />
  </>
}

const toggled = (before: string[], after: string[]) =>
  [...before.filter((key) => !after.includes(key)), ...after.filter((key) => !before.includes(key))]

function Reasons({ title, items, onAsk }: { title: string; items: PlanExcluded[]; onAsk: (question?: string) => void }) {
  if (items.length === 0) return null
  return <Card title={title}>
    <List className='b-list' aria-label={title}>
      {items.map(({ key, name, why }) => <Item key={key} className='b-row'>
        <Box className='b-row-title'>{name}</Box>
        {why.map(({ text, question }) => <Box key={text}>
          <Box className='b-hint'>{text}</Box>
          {question && <Button kind='quiet' label={`改这一问，${name}`} onPress={() => onAsk(question)}>改这一问</Button>}
        </Box>)}
      </Item>)}
    </List>
  </Card>
}
