import { useState } from 'react'
import type { PlanMaterial } from '../../../../domain/bundle/plan-types'
import { dayText, type IsoDay } from '../../../../domain/time'
import { Card, Choice, Notice, Tag, Upload } from '../../../components'
import { Box } from '../../../platform/host'
import { filesOf, isMet } from './standing'
import type { MaterialsAtHand } from './use-materials'
import { useUploads } from './use-uploads'

interface OneMaterialProps {
  material: PlanMaterial
  at: MaterialsAtHand
  today: IsoDay
}

type Way = 'upload' | 'defer' | 'promise'

/** One material to see to: the ways that are open with what each means, and the photos. */
export function OneMaterial({ material, at, today }: OneMaterialProps) {
  const { draft, choose } = at
  const ways = waysOf(material, today)
  // Shown at once, whatever the network; the draft has the last word.
  const [picking, setPicking] = useState<Way | null>(null)
  const chosen = picking ?? draft.materials[material.id]?.choice
  const way = ways.find(({ value }) => value === chosen)?.value ?? (ways.length === 1 ? ways[0]?.value : undefined)
  const met = isMet(material, draft)
  const files = filesOf(draft, material.id)
  async function pick(picked: Way) {
    setPicking(picked)
    await choose(material.id, { choice: picked, files: files.map(({ id }) => id) })
    setPicking((now) => (now === picked ? null : now))
  }
  return <Card title={material.name} end={<Tag text={met ? '好了' : '还没交'} tone={met ? 'green' : 'amber'} />} tone={met ? 'plain' : 'amber'}>
    <Box className='b-hint'>{material.reason}</Box>
    <Serves material={material} />
    {ways.length > 1 && <Choice
      id={`way-${material.id}`} label='怎么交' required options={ways} value={way ? [way] : []}
      onChange={([picked]) => { if (picked) void pick(picked) }}
    />}
    {way === 'upload' && <Photos material={material} at={at} />}
  </Card>
}

/** One file serves every matter that needs it. */
export function Serves({ material: { neededBy } }: { material: PlanMaterial }) {
  const names = neededBy.map(({ name }) => name).join('、')
  return <Box className='b-fine'>{neededBy.length > 1 ? `交一份，${neededBy.length} 个事项都用它：${names}` : `用在：${names}`}</Box>
}

function Photos({ material, at: { draft, choose, busy } }: Omit<OneMaterialProps, 'today'>) {
  const uploads = useUploads(filesOf(draft, material.id), (files) => choose(material.id, { choice: 'upload', files }))
  return <>
    <Upload
      id={`files-${material.id}`} label={material.name} titled required items={uploads.items} max={uploads.most} disabled={busy}
      hint='拍清楚，不反光；证件要拍全四个角。每张 20 MB 以内，手机会先压缩。'
      onPick={(source) => void uploads.pick(source)} onRetry={uploads.retry} onRemove={uploads.remove}
    />
    <Notice text={uploads.refused} tone='error' />
  </>
}

function waysOf(material: PlanMaterial, today: IsoDay): { value: Way; label: string; note: string }[] {
  const { canUpload, canDefer, canPromise, state } = material
  return [
    ...(canUpload || state === 'upload' ? [{ value: 'upload' as const, label: '现在拍照上传', note: '当场传，部门收到就能看' }] : []),
    ...(canDefer ? [{
      value: 'defer' as const,
      label: `先办，${dayText(canDefer.until, today)}前补`,
      note: `容缺受理：给你 ${canDefer.workdays} 个工作日补。到期还没补，用到它的事项会终止`
    }] : []),
    ...(canPromise ? [{
      value: 'promise' as const,
      label: '写承诺，不用交',
      note: '告知承诺：签名前再勾选。部门办后会核查，不属实的撤销决定并计入信用记录'
    }] : [])
  ]
}
