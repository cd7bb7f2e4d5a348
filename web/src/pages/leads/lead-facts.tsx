import type { LeadPage } from '../../api/types.ts'
import { Facts } from '../../components/facts.tsx'
import { counted, Day } from '../../components/moment.tsx'

export function LeadFacts({ lead }: { readonly lead: LeadPage }) {
  const { candidate, request } = lead
  const age = candidate.photoAgeYears
  return (
    <div className="stack">
      <Facts
        facts={[
          {
            label: 'Photograph taken',
            value: candidate.photoDate === null ? 'Unknown' : <Day at={candidate.photoDate} />,
          },
          { label: 'Age of the photograph', value: age === null ? 'Unknown' : ageWords(age) },
          { label: 'Booking', value: candidate.bookingNumber },
          { label: 'Rank on the list', value: `${candidate.rank} of ${lead.candidates.length}` },
          {
            label: 'Similarity score',
            value: `${candidate.score.toFixed(3)} on the cosine scale, which runs from −1 to 1`,
          },
          { label: 'Searched', value: lead.searchSentence },
          { label: 'Expected by chance', value: lead.expectedByChance.sentence },
          { label: 'Requester', value: `${request.requesterName}, ${request.agencyName}` },
        ]}
      />
      {lead.limitations.length === 0 ? null : (
        <div className="stack stack--tight small">
          <h2 className="lead-top__sub">Limitations</h2>
          <ul className="soft">
            {lead.limitations.map((limitation) => (
              <li key={limitation}>{limitation}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function ageWords(years: number): string {
  return years < 1
    ? 'Less than a year before the probe'
    : `${counted(Math.round(years), 'year', 'years')} before the probe`
}
