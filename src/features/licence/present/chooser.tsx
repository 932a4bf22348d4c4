import type { Presentable } from '../../../../contract/presentations'
import { Choice, Field } from '../../../components'
import { Box } from '../../../platform/host'
import { longestPurpose, otherPurpose, purposes, sensitivityNotes, warningOf, type Chosen } from './choice'

interface ChooserProps {
  presentable: Presentable
  chosen: Chosen
  missing: { what?: string; purpose?: string }
  onChoose: (change: Partial<Chosen>) => void
}

/** What to show and what for. */
export function Chooser({ presentable, chosen, missing, onChoose }: ChooserProps) {
  const { fields, predicates } = presentable
  const warning = warningOf(presentable, chosen)
  return (
    <>
      {predicates.length > 0 && (
        <Choice
          id="mode"
          label="怎么亮"
          required
          value={[chosen.mode]}
          onChange={([mode]) => onChoose({ mode })}
          options={[
            { value: 'fields', label: '给看证照内容', note: '一格一格自己选' },
            { value: 'answer', label: '只证明一件事', note: `只答是或不是，例如「${predicates[0]?.label ?? ''}」，别的都不给看` }
          ]}
        />
      )}
      {chosen.mode === 'fields' ? (
        <Choice
          id="what"
          label="给对方看哪几格"
          multiple
          required
          error={missing.what}
          value={chosen.fields}
          onChange={(picked) => onChoose({ fields: picked })}
          options={fields.map(({ name, sensitivity }) => ({ value: name, label: name, note: sensitivityNotes[sensitivity] || undefined }))}
        />
      ) : (
        <Choice
          id="what"
          label="证明哪一件"
          multiple
          required
          error={missing.what}
          value={chosen.predicates}
          onChange={(picked) => onChoose({ predicates: picked })}
          options={predicates.map(({ key, label }) => ({ value: key, label }))}
        />
      )}
      <Box role="status">{warning && <Box className="present-warning">{warning}</Box>}</Box>
      <Choice
        id="purpose"
        label="用来做什么"
        required
        hint="会印在水印里，对方也看得到"
        error={chosen.purpose === otherPurpose ? undefined : missing.purpose}
        value={chosen.purpose ? [chosen.purpose] : []}
        onChange={([purpose]) => onChoose({ purpose })}
        options={purposes.map((purpose) => ({ value: purpose, label: purpose }))}
      />
      {chosen.purpose === otherPurpose && (
        <Field
          id="own-purpose"
          label="写明用来做什么"
          required
          maxLength={longestPurpose}
          hint={`${longestPurpose} 个字以内`}
          error={missing.purpose}
          value={chosen.ownPurpose}
          onChange={(ownPurpose) => onChoose({ ownPurpose })}
        />
      )}
    </>
  )
}
