import type { ModelIdentity } from '../engine/index.ts'
import type { Store } from '../store/index.ts'
import type { CoarseIndex } from './coarse-index.ts'
import { followSource } from './follow-source.ts'
import { GalleryError } from './gallery-error.ts'
import { countDigest, readDigest } from './records-template.ts'
import { openStoreTemplates } from './store-templates.ts'
import { verifyRows } from './verify-rows.ts'

export interface IndexExamination {
  readonly ok: boolean
  /** Photographs in the database. */
  readonly rows: number
  /** Rows of the index compared byte by byte with their templates. */
  readonly compared: number
  /** What was found, for people. */
  readonly sentence: string
}

/** Comparing opens every template; larger galleries are compared row by row only when that is asked for. */
const COMPARED_UNASKED = 20_000

/**
 * Compares an index with the database: the database's running count with its rows, which rows the index holds, and
 * what is in each (of a large gallery only when `everyRow`).
 */
export async function examineIndex(
  store: Store,
  model: ModelIdentity,
  index: CoarseIndex,
  everyRow = false,
): Promise<IndexExamination> {
  const [kept, counted] = await store.transaction({ agency: null }, async (tx) => {
    return [await readDigest(tx, model.sha256), await countDigest(tx, model.sha256)] as const
  })
  const { rows } = counted
  const bad = (sentence: string) => ({ ok: false, rows, compared: 0, sentence })
  if (kept !== null && (kept.rows !== rows || kept.sum !== counted.sum || kept.squares !== counted.squares)) {
    return bad(`the database counts ${kept.rows} templates and holds ${rows}: its count was tampered with.`)
  }
  const source = openStoreTemplates(store, model.sha256, model.dimension)
  try {
    await followSource(source, index).follow()
  } catch (error) {
    if (error instanceof GalleryError) return bad(error.message)
    throw error
  }
  if (!everyRow && rows > COMPARED_UNASKED) {
    return { ok: true, rows, compared: 0, sentence: `${rows} photographs, the same ones in index and database.` }
  }
  const { differing, rows: compared } = await verifyRows(source, index)
  if (differing.length > 0) return bad(`${differing.length} rows of the index differ from their templates.`)
  return { ok: true, rows, compared, sentence: `${rows} photographs; every row of the index is as its template.` }
}
