import type { ReactNode } from 'react'

interface FigureProps {
  readonly caption: string
  readonly picture: ReactNode
  /** The same numbers as a table. */
  readonly twin: ReactNode
}

/** A picture with its words and, folded up, the numbers it is drawn from. */
export function FigureWithTwin({ caption, picture, twin }: FigureProps) {
  return (
    <figure className="figure">
      {picture}
      <figcaption className="small soft">{caption}</figcaption>
      <details>
        <summary>The numbers of this picture</summary>
        {twin}
      </details>
    </figure>
  )
}
