import type { Choice, ExaminationView } from '../../api/types.ts'
import type { FieldTrouble } from '../../components/error-summary.tsx'
import { TextArea } from '../../components/text-field.tsx'
import type { ConclusionDraft } from './conclusion.ts'
import { ConclusionChoice, LeadCandidateChoice } from './conclusion-choice.tsx'

interface ConclusionFieldsProps {
  readonly draft: ConclusionDraft
  readonly view: ExaminationView
  readonly conclusions: readonly Choice[]
  readonly troubles: readonly FieldTrouble[]
  readonly onChange: (draft: ConclusionDraft) => void
}

export function ConclusionFields({ draft, view, conclusions, troubles, onChange }: ConclusionFieldsProps) {
  const trouble = (field: string) => troubles.find((one) => one.field === field)?.sentence
  const shared = { draft, view, onChange }
  return (
    <>
      <ConclusionChoice {...shared} conclusions={conclusions} trouble={trouble('conclusion')} />
      {draft.conclusion === 'investigative_lead' ? (
        <LeadCandidateChoice {...shared} trouble={trouble('leadCandidate')} />
      ) : null}
      <TextArea
        id="justification"
        label="Justification"
        hint="Which features of the faces agree or differ, and what may explain the differences."
        trouble={trouble('justification')}
        value={draft.justification}
        onChange={(justification) => onChange({ ...draft, justification })}
      />
      <TextArea
        id="limitations"
        label="Limitations, if any"
        hint="What in the photographs limits this comparison."
        rows={2}
        value={draft.limitations}
        onChange={(limitations) => onChange({ ...draft, limitations })}
      />
    </>
  )
}
