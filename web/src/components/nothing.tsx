import type { ReactNode } from 'react'

/** An empty place says what would be here and how it gets here. */
export function Nothing({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="nothing">
      <h2>{title}</h2>
      {children}
    </div>
  )
}
