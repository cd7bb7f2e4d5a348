import type { LeadPage, VerdictChoice, VerdictCode } from '../../api/types.ts'
import { Day } from '../../components/moment.tsx'
import { VerdictMark } from '../examinations/verdict-mark.tsx'

interface LeadCandidatesProps {
  readonly lead: LeadPage
  readonly verdicts: readonly VerdictChoice[]
}

export function LeadCandidates({ lead, verdicts }: LeadCandidatesProps) {
  const third = lead.candidates.some((candidate) => candidate.verdictThird !== null)
  const label = (verdict: VerdictCode | null) => (
    <span className="verdict-word">
      <VerdictMark verdict={verdict} />
      {verdicts.find((choice) => choice.code === verdict)?.label ??
        (verdict === null ? 'None' : verdict.replaceAll('_', ' '))}
    </span>
  )
  return (
    <div className="table-frame">
      <table className="table table--photos">
        <caption className="for-readers-only">All candidates with the verdicts of the examiners</caption>
        <thead>
          <tr>
            <th scope="col" className="number">
              Rank
            </th>
            <th scope="col">Photograph</th>
            <th scope="col">Taken</th>
            <th scope="col" className="number">
              Score
            </th>
            <th scope="col">First</th>
            <th scope="col">Verification</th>
            {third ? <th scope="col">Third</th> : null}
          </tr>
        </thead>
        <tbody>
          {lead.candidates.map((candidate) => (
            <tr key={candidate.id} data-named={candidate.id === lead.candidate.id}>
              <td className="number">{candidate.rank}</td>
              <td>
                <img
                  src={candidate.imageUrl}
                  alt={`Candidate of rank ${candidate.rank}`}
                  width={40}
                  height={50}
                  loading="lazy"
                />
              </td>
              <td>{candidate.photoDate === null ? 'Unknown' : <Day at={candidate.photoDate} />}</td>
              <td className="number">{candidate.score.toFixed(3)}</td>
              <td>{label(candidate.verdictFirst)}</td>
              <td>{label(candidate.verdictSecond)}</td>
              {third ? <td>{label(candidate.verdictThird)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
