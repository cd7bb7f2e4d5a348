import type { CoarseIndex, IndexChange } from './coarse-index.ts'
import type { TemplateSource } from './template-source.ts'

export interface RowsReport {
  /** Rows compared. */
  readonly rows: number
  /** Seqs of rows that the index holds otherwise than the database, the first hundred. */
  readonly differing: readonly number[]
}

const MOST_NAMED = 100

/** Compares every row of an index with the template in the database, facts and numbers. Reads only. */
export async function verifyRows(
  source: TemplateSource,
  index: CoarseIndex,
  onProgress: (rows: number) => void = () => undefined,
): Promise<RowsReport> {
  const differing: number[] = []
  let rows = 0
  for (let position = 0; ; ) {
    const changes = await source.changesAfter(position)
    const last = changes.at(-1)
    if (last === undefined) return { rows, differing }
    const arrivals = changes.filter(isArrival)
    differing.push(...(await index.differing(arrivals)).slice(0, MOST_NAMED - differing.length))
    rows += arrivals.length
    position = last.seq
    onProgress(rows)
  }
}

function isArrival(change: IndexChange): change is Extract<IndexChange, { kind: 'added' }> {
  return change.kind === 'added'
}
