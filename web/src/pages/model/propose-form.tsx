import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { proposeChange } from '../../api/model.ts'
import type { ModelChanges } from '../../api/types.ts'
import { SelectField } from '../../components/choice-field.tsx'
import { ErrorSummary, type FieldTrouble } from '../../components/error-summary.tsx'
import { formatDay } from '../../components/moment.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { TextField } from '../../components/text-field.tsx'
import { bodyOf, type ProposalDraft, troublesOf } from './proposal.ts'

interface ProposeFormProps {
  readonly changes: ModelChanges
  readonly onClose: () => void
}

export function ProposeForm({ changes, onClose }: ProposeFormProps) {
  const client = useQueryClient()
  const { current, models } = changes
  const [draft, setDraft] = useState<ProposalDraft>({
    ...{ model: current.model.sha256, similarityFloor: String(current.similarityFloor), evaluation: '' },
  })
  const [troubles, setTroubles] = useState<readonly FieldTrouble[]>([])
  const propose = useMutation({
    mutationFn: () => proposeChange(bodyOf(draft)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['model'] })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = troublesOf(draft)
    setTroubles(found)
    if (found.length === 0) propose.mutate()
  }
  const troubleOf = (field: string) => troubles.find((one) => one.field === field)?.sentence
  return (
    <form className="stack" noValidate onSubmit={submit} aria-label="Propose a change">
      <ErrorSummary troubles={troubles} />
      <SelectField
        id="model"
        label="Model"
        hint="Another model is registered with the command line first: countenance model add."
        trouble={troubleOf('model')}
        choices={models.map(({ id, sha256, licence }) => ({
          code: sha256,
          label: licence ? `${id} (${licence})` : id,
        }))}
        value={draft.model}
        onChange={(model) => setDraft({ ...draft, model, evaluation: '' })}
      />
      <TextField
        id="similarityFloor"
        label="Similarity floor"
        hint="Nobody below this similarity score is listed: a number from -1 to 1, taken from the evaluation."
        trouble={troubleOf('similarityFloor')}
        short
        value={draft.similarityFloor}
        onChange={(similarityFloor) => setDraft({ ...draft, similarityFloor })}
      />
      <EvaluationField changes={changes} draft={draft} trouble={troubleOf('evaluation')} onDraft={setDraft} />
      {propose.isError ? <ProblemNotice thrown={propose.error} /> : null}
      <div className="row">
        <button className="button button--primary" type="submit" disabled={propose.isPending}>
          {propose.isPending ? 'One moment' : 'Propose it'}
        </button>
        <button className="button" type="button" onClick={onClose}>
          Go back
        </button>
      </div>
    </form>
  )
}

interface EvaluationFieldProps {
  readonly changes: ModelChanges
  readonly draft: ProposalDraft
  readonly trouble: string | undefined
  readonly onDraft: (draft: ProposalDraft) => void
}

function EvaluationField({ changes, draft, trouble, onDraft }: EvaluationFieldProps) {
  const evaluations = changes.models.find(({ sha256 }) => sha256 === draft.model)?.evaluations ?? []
  return (
    <SelectField
      id="evaluation"
      label="Evaluation"
      hint={
        evaluations.length === 0
          ? 'None is attached to this model. Evaluate it and attach the report with the command line first.'
          : 'It must not fall below the floor that policy sets, nor behind the model in force on the same photographs.'
      }
      trouble={trouble}
      choices={evaluations.map(({ id, set, attachedAt }) => ({ code: id, label: `${set}, ${formatDay(attachedAt)}` }))}
      value={draft.evaluation}
      onChange={(evaluation) => onDraft({ ...draft, evaluation })}
    />
  )
}
