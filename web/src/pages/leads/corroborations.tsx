import { useState } from 'react'
import type { Choice, Corroboration, LeadPage } from '../../api/types.ts'
import { Day } from '../../components/moment.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { useAccount } from '../../session/use-account.ts'
import { obtainedDay, standsAlone } from './corroboration.ts'
import { CorroborationForm } from './corroboration-form.tsx'

export function Corroborations({ lead, types }: { readonly lead: LeadPage; readonly types: readonly Choice[] }) {
  const { roles } = useAccount()
  const [adding, setAdding] = useState(false)
  const may = roles.includes('investigator') || roles.includes('supervisor')
  return (
    <>
      {lead.corroborations.length === 0 ? (
        <p className="soft">Nothing is recorded yet. Until independent evidence is, this lead supports no arrest.</p>
      ) : (
        <ul className="ruled">
          {lead.corroborations.map((corroboration) => (
            <CorroborationItem key={corroboration.id} corroboration={corroboration} />
          ))}
        </ul>
      )}
      {!may ? null : adding ? (
        <CorroborationForm lead={lead.id} types={types} onClose={() => setAdding(false)} />
      ) : (
        <div>
          <button className="button" type="button" onClick={() => setAdding(true)}>
            Record evidence
          </button>
        </div>
      )}
    </>
  )
}

function CorroborationItem({ corroboration }: { readonly corroboration: Corroboration }) {
  return (
    <li>
      <div className="row row--apart">
        <h3>{corroboration.typeLabel}</h3>
        {standsAlone(corroboration) ? (
          <StateMark tone="go">Independent</StateMark>
        ) : (
          <StateMark tone="stop">Not independent</StateMark>
        )}
      </div>
      <p className="small">
        Reference {corroboration.reference}, obtained <Day at={obtainedDay(corroboration)} />
        {corroboration.derivedFromLead ? '. Found by following this lead.' : '.'}
      </p>
      {corroboration.note === null ? null : <p className="small">{corroboration.note}</p>}
      <p className="tiny soft">
        Recorded by {corroboration.recordedByName}, <Day at={corroboration.recordedAt} />
      </p>
    </li>
  )
}
