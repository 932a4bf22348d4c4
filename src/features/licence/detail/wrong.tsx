import { useState } from 'react'
import { Button, Cell, Sheet } from '../../../components'
import { Box } from '../../../platform/host'
import { dial } from '../../../platform/phone'

interface WrongProps {
  name: string
  identifier: string | null
  hotline: string
}

/** What to do when something on a licence is wrong: today by telephone; nothing is sent from here. */
export function Wrong({ name, identifier, hotline }: WrongProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Cell icon="info" title="信息有误？" note="怎么让发证机关改过来" onPress={() => setOpen(true)} />
      <Sheet
        id="wrong"
        open={open}
        title="证照上的信息有误"
        onClose={() => setOpen(false)}
        footer={
          <Button kind="primary" icon="phone" block onPress={() => dial(hotline)}>
            打 {hotline}
          </Button>
        }
      >
        <Box className="wrong-step">1. 打 {hotline}，说「{name}的信息有误」，由发证机关核对更正。</Box>
        <Box className="wrong-step">2. 告诉对方哪一格不对、应该是什么。{identifier && '对方要标识时，这一页「从哪里来」里有。'}</Box>
        <Box className="wrong-step">3. 更正后会换发新的一版，自动进你的证照，旧的一版不再有效。</Box>
        <Box className="detail-fine">现在还不能在手机上直接提交更正申请。</Box>
      </Sheet>
    </>
  )
}
