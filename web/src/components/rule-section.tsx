import type { ReactNode } from 'react'

interface RuleSectionProps {
  readonly title: string
  readonly hint?: ReactNode
  readonly children: ReactNode
}

/** A hairline, a heading on the left, its content on the right. */
export function RuleSection({ title, hint, children }: RuleSectionProps) {
  return (
    <section className="rule-section">
      <div className="rule-section__head">
        <h2>{title}</h2>
        {hint === undefined ? null : <p>{hint}</p>}
      </div>
      <div className="rule-section__body">{children}</div>
    </section>
  )
}
