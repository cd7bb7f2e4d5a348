import type { ReactNode } from 'react'

export type MarkTone = 'wait' | 'go' | 'stop' | 'lead' | 'rest'

const SHAPES: Readonly<Record<MarkTone, ReactNode>> = {
  wait: (
    <>
      <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M6 1.5a4.5 4.5 0 0 1 0 9z" fill="currentColor" />
    </>
  ),
  go: <circle cx="6" cy="6" r="5.5" fill="currentColor" />,
  stop: <rect x="1" y="1" width="10" height="10" fill="currentColor" />,
  lead: <path d="M6 0l6 6-6 6-6-6z" fill="currentColor" />,
  rest: <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="2" />,
}

/** A state by word, shape and colour, so that none of the three is needed alone. */
export function StateMark({ tone, children }: { readonly tone: MarkTone; readonly children: ReactNode }) {
  return (
    <span className={`mark mark--${tone}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        {SHAPES[tone]}
      </svg>
      <span>{children}</span>
    </span>
  )
}
