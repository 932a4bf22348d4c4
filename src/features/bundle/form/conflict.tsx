import { valueText } from '../../../../domain/form/value-text'
import { Button, Sheet } from '../../../components'
import { Box, Item, List } from '../../../platform/host'
import { differences } from './draft-values'
import type { FormFilling } from './use-form'

/** The same fields were changed on two sides: shows both and lets the person decide. Closing it decides nothing. */
export function Conflict({ form, open, onClose }: { form: FormFilling; open: boolean; onClose: () => void }) {
  return <Sheet id='conflict' open={open && form.conflict !== null} title='这份草稿在别处也改过' onClose={onClose}>
    <Box>另一个窗口或另一台手机刚保存过，下面几项两边不一样。两边的内容都还在，请选一边。</Box>
    <List className='b-list' aria-label='两边不一样的'>
      {differences(form).map(({ field, mine }) => <Item key={field.id} className='b-row'>
        <Box className='b-row-title'>{field.label}</Box>
        <Box>这边：{valueText(field, mine, form.regions)}</Box>
        <Box>另一边：{valueText(field, field.value, form.regions)}</Box>
      </Item>)}
    </List>
    <Box className='b-choices'>
      <Button kind='primary' block onPress={() => form.settle('mine')}>用这边的</Button>
      <Button block onPress={() => form.settle('theirs')}>用另一边的</Button>
    </Box>
  </Sheet>
}
