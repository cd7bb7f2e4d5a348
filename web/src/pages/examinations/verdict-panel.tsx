import { useId, useState } from 'react'
import type { VerdictChoice, VerdictCode, ViewCandidate } from '../../api/types.ts'
import { VerdictMark } from './verdict-mark.tsx'

interface VerdictPanelProps {
  readonly candidate: ViewCandidate
  readonly title: string
  readonly verdicts: readonly VerdictChoice[]
  readonly onVerdict: (verdict: VerdictCode, note: string) => void
  readonly note: string
  readonly onNote: (note: string) => void
}

export function VerdictPanel({ candidate, title, verdicts, onVerdict, note, onNote }: VerdictPanelProps) {
  const noteId = useId()
  const [focusNote, setFocusNote] = useState('')
  const keepNote = () => {
    if (candidate.verdict !== null && note.trim() !== focusNote.trim()) onVerdict(candidate.verdict, note)
  }
  return (
    <section className="verdict" aria-label={`Verdict on ${title.toLowerCase()}`}>
      <h2>{title}</h2>
      <div className="verdict__choices" role="radiogroup" aria-label="Verdict">
        {verdicts.map((verdict, place) => (
          <label key={verdict.code} data-checked={candidate.verdict === verdict.code}>
            <input
              type="radio"
              name={`verdict-${candidate.id}`}
              checked={candidate.verdict === verdict.code}
              onChange={() => onVerdict(verdict.code as VerdictCode, note)}
            />
            <VerdictMark verdict={verdict.code as VerdictCode} />
            <span>{verdict.label}</span>
            <kbd>{place + 1}</kbd>
          </label>
        ))}
      </div>
      <div className="field">
        <label className="field__label" htmlFor={noteId}>
          Note on this candidate
        </label>
        <textarea
          className="input"
          id={noteId}
          rows={3}
          maxLength={2000}
          value={note}
          onFocus={() => setFocusNote(note)}
          onBlur={keepNote}
          onChange={(event) => onNote(event.target.value)}
        />
        <p className="field__hint tiny">Features, not impressions. Kept with the verdict.</p>
      </div>
    </section>
  )
}
