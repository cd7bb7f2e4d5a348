import type { ReactNode } from 'react'

export interface Column {
  readonly title: ReactNode
  readonly numeric?: boolean
}

interface DataTableProps {
  readonly caption: string
  readonly columns: readonly Column[]
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly ReactNode[])[]
}

/** Numbers under a caption; a wide one scrolls by itself, also by keyboard. */
export function DataTable({ caption, columns, rows }: DataTableProps) {
  const kind = (at: number) => (columns[at]?.numeric === true ? { className: 'number' } : {})
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <section className="table-frame data" aria-label={caption} tabIndex={0}>
      <table className="table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {placed(columns).map(({ at, item }) => (
              <th key={at} scope="col" {...kind(at)}>
                {item.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {placed(rows).map(({ at: line, item: row }) => (
            <tr key={line}>
              {placed(row).map(({ at, item }) =>
                at === 0 ? (
                  <th key={at} scope="row" {...kind(at)}>
                    {item}
                  </th>
                ) : (
                  <td key={at} {...kind(at)}>
                    {item}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Measured rows and columns do not move, so their place is their key. */
function placed<T>(items: readonly T[]): readonly { readonly at: number; readonly item: T }[] {
  return items.map((item, at) => ({ at, item }))
}
