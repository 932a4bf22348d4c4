import type { Licence } from '../../../../contract/licences'
import { checkLicenceIdentifier } from '../../../../domain/identifier/licence-identifier'
import { dayOf, dayText } from '../../../../domain/time'
import { Card, Cell } from '../../../components'
import { Box } from '../../../platform/host'
import { grouped } from '../face/fields'

/** Where a licence comes from, its identifier in parts that can be read out, and who it was given to. */
export function Origin({ of: { id, issuer, issuedOn, identifier, version, fromCase }, now }: { of: Licence; now: number }) {
  return (
    <>
      <Cell
        icon="document"
        title="用证记录"
        note="给谁用过、用于什么、给了哪几格，能收回的在这里收回"
        to="/features/licence/grants/index"
        params={{ id }}
      />
      {fromCase && (
        <Cell
          icon="progress"
          title={`办「${fromCase.matterName}」得来的`}
          note="看那一件怎么办的"
          to="/features/case/detail/index"
          params={{ id: fromCase.caseId }}
        />
      )}
      <Card title="从哪里来">
        <Box>
          {issuer} · {dayText(issuedOn, dayOf(now))}签发{version > 1 && ` · 第 ${version} 版`}
        </Box>
        {identifier && <Identifier text={identifier} />}
      </Card>
    </>
  )
}

function Identifier({ text }: { text: string }) {
  const parts = checkLicenceIdentifier(text)
  const rows = parts.ok
    ? [
        ['证照类型', parts.typeCode],
        ['颁发机构', parts.issuerCode],
        ['流水号', parts.serial],
        ['版本', String(parts.version)]
      ]
    : []
  return (
    <Box className="identifier">
      <Box className="detail-fine">电子证照标识</Box>
      <Box className="identifier-whole">{text}</Box>
      {rows.map(([label = '', value = '']) => (
        <Box key={label} className="identifier-row">
          <Box className="identifier-label">{label}</Box>
          <Box className="identifier-value">{grouped(value)}</Box>
        </Box>
      ))}
    </Box>
  )
}
