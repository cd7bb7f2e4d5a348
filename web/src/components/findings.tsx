import type { Finding } from '../api/types.ts'
import { StateMark } from './state-mark.tsx'

/** Every rule's answer, refusals first: what it found and, where it refused, what to do. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const sorted = [...findings].sort((a, b) => Number(a.outcome === 'allowed') - Number(b.outcome === 'allowed'))
  return (
    <ul className="findings">
      {sorted.map((finding) => (
        <li key={finding.directive}>
          {finding.outcome === 'refused' ? (
            <StateMark tone="stop">Refused</StateMark>
          ) : (
            <StateMark tone="go">Allowed</StateMark>
          )}
          <div className="findings__text">
            <h3>{finding.title}</h3>
            <p className="small">{finding.sentence}</p>
            {finding.outcome === 'refused' ? <p className="small findings__remedy">{finding.remedy}</p> : null}
          </div>
        </li>
      ))}
    </ul>
  )
}
