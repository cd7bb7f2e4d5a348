import type { ReactNode } from 'react'
import type { VerdictCode } from '../../api/types.ts'

const SHAPES: Readonly<Record<VerdictCode | 'none', ReactNode>> = {
  excluded: <path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" strokeWidth="2" fill="none" />,
  cannot_exclude: <path d="M6 0l6 6-6 6-6-6z" fill="currentColor" />,
  inconclusive: <path d="M1 6h10" stroke="currentColor" strokeWidth="2.5" fill="none" />,
  none: <circle cx="6" cy="6" r="4" stroke="currentColor" strokeWidth="1.5" fill="none" strokeDasharray="2 2" />,
}

/** A cross, a diamond, a dash, or a dotted ring while not judged. Always beside its word, or named by its parent. */
export function VerdictMark({ verdict }: { readonly verdict: VerdictCode | null }) {
  return (
    <svg
      className={`verdict-mark verdict-mark--${verdict ?? 'none'}`}
      viewBox="0 0 12 12"
      width="12"
      height="12"
      aria-hidden="true"
    >
      {SHAPES[verdict ?? 'none']}
    </svg>
  )
}
