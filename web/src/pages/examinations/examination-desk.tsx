import { useCallback, useState } from 'react'
import type { ExaminationView, Reference, SignedExamination, VerdictCode } from '../../api/types.ts'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { BlindNote } from './blind-note.tsx'
import { CandidateStrip } from './candidate-strip.tsx'
import { Comparison } from './comparison.tsx'
import { unjudged } from './conclusion.ts'
import { ConclusionForm } from './conclusion-form.tsx'
import { useCurrent, useShortcutSwitch, useShortcuts, useVerdict } from './use-examination.ts'
import { VerdictPanel } from './verdict-panel.tsx'

interface ExaminationDeskProps {
  readonly view: ExaminationView
  readonly reference: Reference
  readonly onSigned: (signed: SignedExamination) => void
}

export function ExaminationDesk({ view, reference, onSigned }: ExaminationDeskProps) {
  const { candidates, probe } = view
  const { verdicts } = reference
  const { current, go } = useCurrent(candidates.length)
  const { mutate, ...keeping } = useVerdict(view)
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>({})
  const [keysOn, setKeysOn] = useShortcutSwitch()
  const candidate = candidates[current]
  const id = candidate?.id
  const note = candidate === undefined ? '' : (notes[candidate.id] ?? candidate.note ?? '')
  const give = useCallback(
    (verdict: VerdictCode) => (id === undefined ? undefined : mutate({ candidate: id, verdict, note })),
    [id, note, mutate],
  )
  const move = useCallback((by: 1 | -1) => go(current + by), [current, go])
  useShortcuts({ on: keysOn, verdicts, onVerdict: give, onMove: move })
  const place = `Candidate ${current + 1} of ${candidates.length}`
  return (
    <>
      <div className="desk">
        <div className="desk__work">
          <Comparison probe={probe} candidate={candidate} place={place} />
          <CandidateStrip candidates={candidates} current={current} verdicts={verdicts} onGo={go} />
        </div>
        <aside className="desk__side" aria-label="Verdict">
          <Progress done={candidates.length - unjudged(candidates)} all={candidates.length} />
          {keeping.isError ? <ProblemNotice thrown={keeping.error} /> : null}
          {candidate === undefined ? null : (
            <VerdictPanel
              candidate={candidate}
              title={place}
              verdicts={verdicts}
              onVerdict={give}
              note={note}
              onNote={(text) => setNotes({ ...notes, [candidate.id]: text })}
            />
          )}
          <MoveButtons current={current} count={candidates.length} onMove={move} />
          <label className="choice tiny">
            <input type="checkbox" checked={keysOn} onChange={(event) => setKeysOn(event.target.checked)} />
            <span>Single-key shortcuts: 1 2 3 for the verdict, J and K for next and previous</span>
          </label>
          <Limitations limitations={probe.limitations} />
          <p className="small soft">{view.searched}</p>
          <BlindNote />
        </aside>
      </div>
      <ConclusionForm view={view} conclusions={reference.conclusions} onSigned={onSigned} />
    </>
  )
}

function Progress({ done, all }: { readonly done: number; readonly all: number }) {
  return (
    <div className="desk__progress">
      <p role="status">
        <strong>
          {done} of {all}
        </strong>{' '}
        judged
      </p>
      <progress aria-label="Candidates judged" value={done} max={Math.max(1, all)} />
    </div>
  )
}

interface MoveButtonsProps {
  readonly current: number
  readonly count: number
  readonly onMove: (by: 1 | -1) => void
}

function MoveButtons({ current, count, onMove }: MoveButtonsProps) {
  return (
    <div className="desk__move">
      <button className="button" type="button" disabled={current === 0} onClick={() => onMove(-1)}>
        Previous <kbd>K</kbd>
      </button>
      <button className="button" type="button" disabled={current >= count - 1} onClick={() => onMove(1)}>
        Next <kbd>J</kbd>
      </button>
    </div>
  )
}

function Limitations({ limitations }: { readonly limitations: readonly string[] }) {
  if (limitations.length === 0) return null
  return (
    <div className="stack stack--tight small">
      <h3>Limits of the probe</h3>
      <ul className="soft">
        {limitations.map((limitation) => (
          <li key={limitation}>{limitation}</li>
        ))}
      </ul>
    </div>
  )
}
