import { useContext, useState } from 'react'
import type { Subject } from '../../../contract/identity'
import { Button, Cell, ElderContext, Icon, Sheet } from '../../components'
import { Box, Press, Span } from '../../platform/host'
import { switchSubject } from '../../session/session'
import { whoseOf } from './words'
import './subject-switch.scss'

interface SubjectSwitchProps {
  subject: Subject
  subjects: Subject[]
}

/** Whose code is shown: side by side while few, else behind one button. */
export function SubjectSwitch({ subject, subjects }: SubjectSwitchProps) {
  const elder = useContext(ElderContext)
  if (subjects.length < 2) return null
  if (elder || subjects.length > 3) return <Behind subject={subject} subjects={subjects} />
  return <Box className='whose' role='group' aria-label='亮谁的码'>
    {subjects.map((each) => {
      const { word, icon } = whoseOf(each)
      const on = each.id === subject.id
      return <Press
        key={each.id} className={on ? 'whose-one is-on' : 'whose-one'} aria-current={on ? 'true' : undefined}
        onPress={() => switchSubject(each)}
      >
        <Icon name={icon} ink={on ? 'water-7' : 'white'} size='small' />
        <Box className='whose-words'>
          <Span className='whose-word'>{word}</Span>
          <Span className='whose-name'>{each.maskedName}</Span>
        </Box>
      </Press>
    })}
  </Box>
}

function Behind({ subject, subjects }: SubjectSwitchProps) {
  const [open, setOpen] = useState(false)
  return <Box className='whose-behind'>
    <Button block icon='people' onPress={() => setOpen(true)}>换成别人的码</Button>
    <Sheet id='whose' open={open} title='亮谁的码' onClose={() => setOpen(false)}>
      {subjects.map((each) => {
        const { word, icon } = whoseOf(each)
        const pick = () => {
          setOpen(false)
          switchSubject(each)
        }
        return <Cell
          key={each.id} icon={icon} title={`${word}：${each.maskedName}`} note={each.id === subject.id ? '现在亮着的' : undefined} onPress={pick}
        />
      })}
    </Sheet>
  </Box>
}
