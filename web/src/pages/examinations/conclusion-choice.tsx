import type { Choice, ExaminationView } from '../../api/types.ts'
import { FieldNotes } from '../../components/field.tsx'
import { type ConclusionDraft, possibleLeads, whyNot } from './conclusion.ts'

interface ChoiceProps {
  readonly draft: ConclusionDraft
  readonly view: ExaminationView
  readonly trouble: string | undefined
  readonly onChange: (draft: ConclusionDraft) => void
}

export function ConclusionChoice({
  draft,
  view,
  conclusions,
  trouble,
  onChange,
}: ChoiceProps & { readonly conclusions: readonly Choice[] }) {
  return (
    <fieldset className={trouble === undefined ? 'field' : 'field field--trouble'}>
      <legend className="field__label">Conclusion</legend>
      <FieldNotes id="conclusion" trouble={trouble} />
      <div className="choices">
        {conclusions.map((choice, index) => {
          const barred = whyNot(choice.code, view.candidates)
          return (
            <label className="choice" key={choice.code} data-barred={barred !== null}>
              <input
                id={index === 0 ? 'conclusion' : `conclusion-${choice.code}`}
                type="radio"
                name="conclusion"
                checked={draft.conclusion === choice.code}
                disabled={barred !== null}
                onChange={() => onChange({ ...draft, conclusion: choice.code })}
              />
              <span>
                {choice.label}
                {barred === null ? null : <span className="soft small"> · {barred}</span>}
              </span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}

export function LeadCandidateChoice({ draft, view, trouble, onChange }: ChoiceProps) {
  return (
    <fieldset className={trouble === undefined ? 'field' : 'field field--trouble'}>
      <legend className="field__label">The candidate the lead names</legend>
      <FieldNotes id="leadCandidate" hint='Only those with the verdict "Cannot be excluded".' trouble={trouble} />
      <div className="lead-choice">
        {possibleLeads(view.candidates).map((candidate, index) => {
          const number = view.candidates.indexOf(candidate) + 1
          return (
            <label key={candidate.id} data-checked={draft.leadCandidate === candidate.id}>
              <input
                id={index === 0 ? 'leadCandidate' : `leadCandidate-${candidate.id}`}
                type="radio"
                name="leadCandidate"
                checked={draft.leadCandidate === candidate.id}
                onChange={() => onChange({ ...draft, leadCandidate: candidate.id })}
              />
              <img className="lead-choice__photo" src={candidate.imageUrl} alt="" width={96} height={120} />
              <span>Candidate {number}</span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
