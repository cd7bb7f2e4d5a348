import type { Choice, LeadPage } from '../../api/types.ts'
import { Moment } from '../../components/moment.tsx'

const ORDERS: Readonly<Record<number, string>> = { 1: 'First examination', 2: 'Verification', 3: 'Resolution' }

export function LeadExaminers({
  lead,
  conclusions,
}: {
  readonly lead: LeadPage
  readonly conclusions: readonly Choice[]
}) {
  return (
    <ul className="ruled">
      {lead.examiners.map((examiner) => (
        <li key={examiner.order}>
          <h3>{ORDERS[examiner.order] ?? `Examination ${examiner.order}`}</h3>
          <p className="small">
            {conclusions.find((choice) => choice.code === examiner.conclusion)?.label ?? examiner.conclusion}
          </p>
          <p className="small">{examiner.justification}</p>
          <p className="tiny soft">
            {examiner.name}, signed <Moment at={examiner.signedAt} />
          </p>
        </li>
      ))}
    </ul>
  )
}
