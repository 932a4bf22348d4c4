import { useState } from 'react'
import type { FormViewField } from '../../../../domain/form/types'
import { valueText } from '../../../../domain/form/value-text'
import { Button, Dialog, Field, Icon, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import type { FormFilling } from './use-form'

interface LockedFieldProps {
  field: FormViewField
  regions: FormFilling['regions']
  onObject: (claim: string) => void
}

/** A value from an authoritative source: to read, and to say when it is wrong. */
export function LockedField({ field, regions, onObject }: LockedFieldProps) {
  const [asking, setAsking] = useState(false)
  const [claim, setClaim] = useState('')
  const [empty, setEmpty] = useState(false)
  function send() {
    if (claim.trim() === '') return setEmpty(true)
    setAsking(false)
    onObject(claim.trim())
  }
  return <Box className='f-locked'>
    <Box className='f-locked-body'>
      <Box className='f-locked-label'><Icon name='lock' size='small' />{field.label}</Box>
      <Box className='f-locked-value'>{valueText(field, field.value, regions)}</Box>
      <Box className='field-source'>{field.origin}</Box>
    </Box>
    {field.objected
      ? <Tag text='已指出有误，等来源部门核实' tone='amber' />
      : <Button kind='quiet' label={`${field.label}，这一项不对`} onPress={() => setAsking(true)}>这一项不对</Button>}
    <Dialog
      id={`object-${field.id}`} open={asking} title={`${field.label}哪里不对？`} okText='提出来'
      onOk={send} onCancel={() => setAsking(false)}
    >
      <Box className='b-hint'>这一项{field.origin}，不能直接改。你提出来后，随办件一起转给来源部门核实。</Box>
      <Field
        id={`claim-${field.id}`} label='正确的应该是' required maxLength={200} value={claim} error={empty ? '请写出正确的内容' : undefined}
        onChange={(text) => { setClaim(text); setEmpty(false) }}
      />
    </Dialog>
  </Box>
}
