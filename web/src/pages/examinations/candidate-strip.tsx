import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { VerdictChoice, ViewCandidate } from '../../api/types.ts'
import { VerdictMark } from './verdict-mark.tsx'

interface CandidateStripProps {
  readonly candidates: readonly ViewCandidate[]
  readonly current: number
  readonly verdicts: readonly VerdictChoice[]
  readonly onGo: (index: number) => void
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** All candidates in the order of this examination, which says nothing about similarity. */
export function CandidateStrip({ candidates, current, verdicts, onGo }: CandidateStripProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = list.current
    if (box?.contains(document.activeElement)) box.querySelectorAll<HTMLElement>('[role=option]')[current]?.focus()
  }, [current])
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    onGo(current + step)
  }
  return (
    <div
      className="strip"
      id="strip"
      role="listbox"
      aria-label="Candidates"
      aria-orientation="horizontal"
      tabIndex={-1}
      ref={list}
      onKeyDown={press}
    >
      {candidates.map((candidate, index) => {
        const word = verdicts.find((verdict) => verdict.code === candidate.verdict)?.label ?? 'Not judged'
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list box around it takes the keys
          <div
            className="strip__item"
            key={candidate.id}
            role="option"
            aria-selected={index === current}
            aria-label={`Candidate ${index + 1}: ${word}`}
            tabIndex={index === current ? 0 : -1}
            onClick={() => onGo(index)}
          >
            <img src={candidate.imageUrl} alt="" width={56} height={70} />
            <span className="strip__foot">
              {index + 1}
              <VerdictMark verdict={candidate.verdict} />
            </span>
          </div>
        )
      })}
    </div>
  )
}
