import type { Plan } from '../../../../domain/bundle/plan-types'
import { dayText, type IsoDay } from '../../../../domain/time'
import { Card, KeyFigure, KeyFigures } from '../../../components'
import { Box, Item, List } from '../../../platform/host'
import { yuanText } from '../plan-words'

/** When all is done, what the departments promise, and what is saved: the one answer of the page. */
export function Dates({ plan, today }: { plan: Plan; today: IsoDay }) {
  const { finish, promise, savings, fees } = plan
  const isKnown = fees.every(({ amount }) => amount !== null)
  const total = fees.reduce((sum, { amount }) => sum + (amount ?? 0), 0)
  return <>
    <Card tone='deep'>
      <KeyFigure
        size='large' value={`${dayText(finish.day, today)}前`}
        label={`现在提交，${finish.workdays} 个工作日全部办完${finish.estimated ? '（估算）' : ''}`}
      />
      <KeyFigures>
        <KeyFigure value={pair(savings.applications)} label='次申请' />
        <KeyFigure value={pair(savings.materials)} label='份材料' />
        <KeyFigure value={pair(savings.visits)} label='次跑动' />
        <KeyFigure value={isKnown ? yuanText(total) : '待核'} label='费用' />
      </KeyFigures>
      <Box className='b-fine'>箭头前是一件一件单独办，箭头后是一起办。工作日：单独办首尾相接 {savings.workdays.single} 个，一起办 {savings.workdays.bundled} 个。</Box>
    </Card>
    <Card title='两个日子怎么算的'>
      <Box>部门承诺：{dayText(promise.day, today)}前，最长的一条线 {promise.workdays} 个工作日{promise.estimated && '（估算）'}。</Box>
      <Box>全部办完：{dayText(finish.day, today)}前，共 {finish.naturalDays} 天，比承诺多算了：</Box>
      {finish.includes.length > 0 && <List className='b-list' aria-label='多算的'>
        {finish.includes.map((each) => <Item key={each} className='b-hint'>· {each}</Item>)}
      </List>}
      <Box className='b-fine'>工作日按国务院办公厅公布的放假安排算，周末和法定节假日不计，调休上班日计入。
        {(finish.estimated || promise.estimated) && '有一年的放假安排还没有公布，按周末和固定的节日估算。'}</Box>
    </Card>
    <Costs plan={plan} />
  </>
}

const pair = ({ single, bundled }: { single: number; bundled: number }) => `${single} → ${bundled}`

function Costs({ plan: { fees, matters } }: { plan: Plan }) {
  const visits = matters.filter(({ visitReason }) => visitReason)
  return <Card title='费用和跑动'>
    {fees.length === 0
      ? <Box>不收费。</Box>
      : fees.map(({ matter, amount, note }) => <Box key={matter}>{matter}：{amount === null ? '标准待核' : yuanText(amount)}，{note}</Box>)}
    {visits.length === 0
      ? <Box>不用到场。</Box>
      : visits.map(({ key, name, visitReason }) => <Box key={key}>要去一趟：{name}，{visitReason}</Box>)}
  </Card>
}
