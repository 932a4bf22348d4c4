import { useState } from 'react'
import type { DraftReview, SignedGrant } from '../../../../contract/drafts'
import { Card, Icon, Tag } from '../../../components'
import { Box, Heading, Item, List, Press, Span } from '../../../platform/host'
import { departmentsText, fieldsText, licenceText, revokingText, sensitivityTags } from './grant-words'
import './grants.scss'

/** 授权用证：签名会把哪些证照的哪几格给谁、用于什么、到何时；一本一行，点开看细的。 */
export function Grants({ review: { grants, agent } }: { review: DraftReview }) {
  if (grants.length === 0) return null
  return <Card title='授权用证' end={`${grants.length} 本`}>
    <Box className='b-hint'>签名就是授权：只给下面列出的部门、只用于列出的事项、只给列出的几格。</Box>
    <List className='b-list g-list' aria-label='授权用证'>
      {grants.map((grant) => <Item key={grant.materialId} className='g-item'><Grant grant={grant} /></Item>)}
    </List>
    <Box className='g-note'>
      <Heading level={3} className='g-note-title'>有效到几时</Heading>
      <Box>用到它的那一件办完为止，各件分别算。</Box>
      {revokingText(agent).map((line) => <Box key={line} className='b-hint'>{line}</Box>)}
    </Box>
  </Card>
}

function Grant({ grant }: { grant: SignedGrant }) {
  const [open, setOpen] = useState(false)
  const id = `grant-${grant.materialId.replace(':', '-')}`
  return <>
    <Press className='g-head' aria-expanded={open} aria-controls={open ? id : undefined} onPress={() => setOpen(!open)}>
      <Box className='g-body'>
        <Span className='g-name'>{licenceText(grant)}</Span>
        <Box className='b-hint'>给 {departmentsText(grant)}</Box>
        <Box className='b-hint'>{fieldsText(grant)}</Box>
      </Box>
      <Box className={open ? 'g-fold is-open' : 'g-fold'}><Icon name='down' ink='ink-3' size='small' /></Box>
    </Press>
    {open && <Box id={id} className='g-open'>
      <Box className='s-label'>给谁、用于什么</Box>
      {grant.to.map(({ matterName, departmentName }) => <Box key={matterName}>{departmentName}：{matterName}</Box>)}
      <Box className='s-label g-label'>给哪几格</Box>
      <List className='b-list g-fields' aria-label={`${licenceText(grant)}给出的格`}>
        {grant.fields.map(({ name, sensitivity }) => <Item key={name} className='g-field'>
          <Span>{name}</Span>{sensitivityTags[sensitivity] && <Tag text={sensitivityTags[sensitivity]} tone='amber' />}
        </Item>)}
      </List>
    </Box>}
  </>
}
