import { useState } from 'react'
import type { ResolvedBundle } from '../../../../domain/bundle/types'
import type { FieldValue } from '../../../../domain/form/types'
import { Button, Field } from '../../../components'
import { Box } from '../../../platform/host'
import type { HolderGroup } from './holder-groups'
import type { MaterialsAtHand } from './use-materials'

interface InviteFormProps {
  group: HolderGroup
  at: MaterialsAtHand
  bundle: ResolvedBundle | null
  onSent: () => void
}

/** Whom to ask: taken over from the form where it names the other party. */
export function InviteForm({ group, at, bundle, onSent }: InviteFormProps) {
  const known = partyOf(group, at, bundle)
  const [typedName, setName] = useState<string>()
  const [typedNumber, setNumber] = useState<string>()
  const [faults, setFaults] = useState<Record<string, string>>({})
  const name = typedName ?? known.name
  const idNumber = typedNumber ?? known.idNumber
  async function send() {
    const found = await at.ask(group.materials.map(({ id }) => id), name, idNumber)
    setFaults(found ?? {})
    if (found === null) onSent()
  }
  return <Box>
    <Field
      id={`holder-name-${group.holder}`} label='对方姓名' required value={name} error={faults.holderName} onChange={setName}
      source={known.name && typedName === undefined ? '来自你填的表单' : undefined}
    />
    <Field
      id={`holder-id-${group.holder}`} label='对方身份证号' kind='idcard' required value={idNumber} error={faults.holderIdNumber}
      onChange={setNumber} source={known.idNumber && typedNumber === undefined ? '来自你填的表单' : undefined}
    />
    <Box className='b-hint'>对方只会看到是谁在请、要哪几项、用来做什么、到哪天，看不到你填的其他内容。</Box>
    <Box className='b-actions'><Button kind='primary' busy={at.busy} onPress={() => void send()}>发出邀请</Button></Box>
  </Box>
}

function partyOf({ holder }: HolderGroup, { draft }: MaterialsAtHand, bundle: ResolvedBundle | null) {
  const fields = holder === 'spouse' || holder === 'legalRepresentative' ? bundle?.parties?.[holder] : undefined
  const valueOf = (id: string | undefined): FieldValue =>
    draft.form.groups.reduce<FieldValue>((found, group) => group.fields.find((field) => field.id === id)?.value ?? found, null)
  const text = (value: FieldValue) => (typeof value === 'string' ? value : '')
  return { name: text(valueOf(fields?.nameField)), idNumber: text(valueOf(fields?.idNumberField)) }
}
