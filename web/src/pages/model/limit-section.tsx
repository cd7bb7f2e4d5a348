import type { CardEvaluation } from '../../api/types.ts'
import { Facts } from '../../components/facts.tsx'
import { Moment } from '../../components/moment.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { interval, outOf, share } from './numbers.ts'

const HINT = 'What the figures above rest on, and what they cannot tell.'

export function LimitSection({ evaluation }: { readonly evaluation: CardEvaluation }) {
  const { figures, digest } = evaluation
  const { failures, protocol, limits, set, madeAt } = figures
  return (
    <RuleSection title="How it was measured" hint={HINT}>
      <p>{protocol.sentence}</p>
      <ul className="bulleted small">
        {limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
      <Facts
        facts={[
          { label: 'Photographs not enrolled (FTE)', value: rateText(failures.enrolment) },
          { label: 'Probes without template (FTX)', value: rateText(failures.extraction) },
          { label: 'Made', value: <Moment at={madeAt} /> },
          { label: 'Report, SHA-256', value: <span className="digest">{digest}</span> },
          { label: 'Set, SHA-256', value: <span className="digest">{set.digest}</span> },
        ]}
      />
    </RuleSection>
  )
}

function rateText(rate: Parameters<typeof outOf>[0] & { rate: number | null; low: number; high: number }): string {
  return `${share(rate.rate)} (${interval(rate)}), ${outOf(rate)}; each counts as a miss`
}
