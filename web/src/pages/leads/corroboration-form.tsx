import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { leadQuery, recordCorroboration } from '../../api/leads.ts'
import type { Choice } from '../../api/types.ts'
import { RadioField, SelectField } from '../../components/choice-field.tsx'
import { ErrorSummary, type FieldTrouble } from '../../components/error-summary.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { TextArea, TextField } from '../../components/text-field.tsx'
import {
  type CorroborationDraft,
  corroborationTroubles,
  EMPTY_CORROBORATION,
  ORIGINS,
  toCorroboration,
} from './corroboration.ts'

interface CorroborationFormProps {
  readonly lead: string
  readonly types: readonly Choice[]
  readonly onClose: () => void
}

export function CorroborationForm({ lead, types, onClose }: CorroborationFormProps) {
  const client = useQueryClient()
  const [draft, setDraft] = useState(EMPTY_CORROBORATION)
  const [troubles, setTroubles] = useState<readonly FieldTrouble[]>([])
  const record = useMutation({
    mutationFn: () => recordCorroboration(lead, toCorroboration(draft)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: leadQuery(lead).queryKey })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = corroborationTroubles(draft, new Date().toISOString().slice(0, 10))
    setTroubles(found)
    if (found.length === 0) record.mutate()
  }
  return (
    <form className="stack stack--wide" onSubmit={submit} noValidate>
      <ErrorSummary troubles={troubles} />
      <EvidenceFields
        draft={draft}
        types={types}
        troubles={troubles}
        change={(part) => setDraft({ ...draft, ...part })}
      />
      {record.isError ? <ProblemNotice thrown={record.error} /> : null}
      <div className="row">
        <button className="button button--primary" type="submit" disabled={record.isPending}>
          Record the evidence
        </button>
        <button className="button" type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  )
}

interface EvidenceFieldsProps {
  readonly draft: CorroborationDraft
  readonly types: readonly Choice[]
  readonly troubles: readonly FieldTrouble[]
  readonly change: (part: Partial<CorroborationDraft>) => void
}

function EvidenceFields({ draft, types, troubles, change }: EvidenceFieldsProps) {
  const trouble = (field: string) => troubles.find((one) => one.field === field)?.sentence
  return (
    <>
      <SelectField
        id="evidenceType"
        label="Kind of evidence"
        trouble={trouble('evidenceType')}
        choices={types}
        value={draft.type}
        onChange={(type) => change({ type })}
      />
      <RadioField
        id="evidenceOrigin"
        label="How it was obtained"
        trouble={trouble('evidenceOrigin')}
        choices={ORIGINS}
        value={draft.origin}
        onChange={(origin) => change({ origin: origin as CorroborationDraft['origin'] })}
      />
      <TextField
        id="evidenceDay"
        label="Obtained on"
        type="date"
        short
        trouble={trouble('evidenceDay')}
        value={draft.obtainedAt}
        onChange={(obtainedAt) => change({ obtainedAt })}
      />
      <TextField
        id="evidenceReference"
        label="Reference"
        hint="Where it is kept, such as a laboratory or report number."
        trouble={trouble('evidenceReference')}
        value={draft.reference}
        onChange={(reference) => change({ reference })}
      />
      <TextArea
        id="evidenceNote"
        label="Note, if any"
        rows={2}
        value={draft.note}
        onChange={(note) => change({ note })}
      />
    </>
  )
}
