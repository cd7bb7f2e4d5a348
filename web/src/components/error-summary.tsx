import { useEffect, useRef } from 'react'

export interface FieldTrouble {
  /** id of the control */
  readonly field: string
  readonly sentence: string
}

/** All troubles of a form in one place, each a link to its field; takes the focus when it appears. */
export function ErrorSummary({ troubles }: { readonly troubles: readonly FieldTrouble[] }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (troubles.length > 0) box.current?.focus()
  }, [troubles])
  if (troubles.length === 0) return null
  return (
    <div className="summary" ref={box} tabIndex={-1} role="alert">
      <h2>{troubles.length === 1 ? 'One thing to correct' : `${troubles.length} things to correct`}</h2>
      <ul>
        {troubles.map((trouble) => (
          <li key={trouble.field}>
            <a
              href={`#${trouble.field}`}
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(trouble.field)?.focus()
              }}
            >
              {trouble.sentence}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
