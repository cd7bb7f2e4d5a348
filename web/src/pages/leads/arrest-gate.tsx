import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { leadQuery, recordReliance } from '../../api/leads.ts'
import type { LeadPage } from '../../api/types.ts'
import { RadioField } from '../../components/choice-field.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Moment } from '../../components/moment.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { useAccount } from '../../session/use-account.ts'
import { standsAlone } from './corroboration.ts'

export function ArrestGate({ lead }: { readonly lead: LeadPage }) {
  const { roles } = useAccount()
  const may = roles.includes('investigator') || roles.includes('supervisor')
  const standing = lead.corroborations.filter(standsAlone)
  return (
    <>
      {lead.reliance.map((reliance) => (
        <div className="stack stack--tight" key={reliance.id}>
          <StateMark tone="lead">An arrest relies on this lead</StateMark>
          <p className="small soft">
            Recorded by {reliance.recordedByName}, <Moment at={reliance.recordedAt} />, together with{' '}
            {lead.corroborations.find((one) => one.id === reliance.corroboration)?.typeLabel.toLowerCase() ??
              'independent evidence'}
            .
          </p>
        </div>
      ))}
      {may ? (
        <GateForm lead={lead.id} standing={standing} />
      ) : (
        <p className="soft">Investigators and supervisors record this.</p>
      )}
    </>
  )
}

interface GateFormProps {
  readonly lead: string
  readonly standing: LeadPage['corroborations']
}

function GateForm({ lead, standing }: GateFormProps) {
  const client = useQueryClient()
  const [chosen, setChosen] = useState('')
  const [asking, setAsking] = useState(false)
  const corroboration = chosen || (standing.length === 1 ? (standing[0]?.id ?? '') : '')
  const closed = standing.length === 0
  const record = useMutation({
    mutationFn: () => recordReliance(lead, corroboration),
    onSuccess: () => client.invalidateQueries({ queryKey: leadQuery(lead).queryKey }),
    onSettled: () => setAsking(false),
  })
  return (
    <div className="stack">
      {standing.length > 1 ? (
        <RadioField
          id="restsOn"
          label="The evidence the arrest rests on"
          choices={standing.map((one) => ({ code: one.id, label: `${one.typeLabel}, ${one.reference}` }))}
          value={chosen}
          onChange={setChosen}
        />
      ) : null}
      <div className="stack stack--tight">
        <button
          className="button gate__button"
          type="button"
          aria-disabled={closed || corroboration === ''}
          aria-describedby="gate-reason"
          onClick={() => (closed || corroboration === '' ? undefined : setAsking(true))}
        >
          Record reliance for an arrest
        </button>
        <p className="small soft" id="gate-reason">
          {closed
            ? 'Closed: no independent evidence is recorded. A lead alone is never enough.'
            : 'Open: independent evidence is recorded. The arrest must rest on that evidence.'}
        </p>
      </div>
      {record.isError ? <ProblemNotice thrown={record.error} /> : null}
      <ConfirmDialog
        open={asking}
        title="Record that an arrest relies on this lead?"
        confirm="Record it"
        busy={record.isPending}
        onConfirm={() => record.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>
          The record is permanent, names you, and is written to the log. The lead sheet must be handed over with the
          file.
        </p>
      </ConfirmDialog>
    </div>
  )
}
