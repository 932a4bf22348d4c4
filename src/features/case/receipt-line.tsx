import { Box } from '../../platform/host'
import './receipt-line.scss'

/** One line of a receipt: its name, and under it the text, which may be a long row of signs. */
export function ReceiptLine({ name, text }: { name: string; text: string }) {
  return (
    <Box className="receipt-line">
      <Box className="receipt-name">{name}</Box>
      <Box className="receipt-text">{text}</Box>
    </Box>
  )
}
