import type { Store, Tx } from '../store/index.ts'
import type { IndexChange, RowFacts } from './coarse-index.ts'
import { GalleryError } from './gallery-error.ts'
import {
  type ChangeRow,
  changesAfter,
  readDigest,
  sourceNumbers,
  type TemplateRow,
  templatesAt,
  templatesOf,
} from './records-template.ts'
import { templateVector } from './template-bytes.ts'
import type { KnownTemplate, TemplateSource } from './template-source.ts'
import { checkVector } from './usable-vector.ts'

/** Changes per transaction; a page of templates of 704 numbers is about 11 MB. */
const PAGE = 4000

/** The templates of one model in the sealed store. */
export function openStoreTemplates(store: Store, modelSha256: string, dimension: number): TemplateSource {
  const reading = <T>(work: (tx: Tx) => Promise<T>) => store.transaction({ agency: null }, work)
  const open = async (tx: Tx, rows: readonly { dataKey: string; sealed: Uint8Array }[]) => {
    const opened = await store.blobs.openAll(
      tx,
      rows.map(({ dataKey, sealed }) => ({ keyId: dataKey, sealed })),
    )
    return opened.map((bytes) => checkVector(templateVector(bytes), dimension))
  }
  const openRows = async (tx: Tx, rows: readonly TemplateRow[]): Promise<readonly KnownTemplate[]> => {
    const vectors = await open(tx, rows)
    return rows.map((row, at) => ({ ...knownRow(row), vector: vectors[at] as Float32Array }))
  }
  return {
    state: () =>
      reading(async (tx) => {
        const digest = await readDigest(tx, modelSha256)
        if (digest === null) return { position: 0, rows: 0, sum: 0n, squares: 0n }
        return { ...digest, sum: BigInt(digest.sum), squares: BigInt(digest.squares) }
      }),
    changesAfter: (seq) =>
      reading(async (tx) => {
        const rows = await changesAfter(tx, modelSha256, seq, PAGE)
        const vectors = await open(tx, rows.filter(hasTemplate))
        let next = 0
        return rows.map((row) => changeOf(row, () => vectors[next++] as Float32Array))
      }),
    templatesAt: (seqs) => reading(async (tx) => openRows(tx, await templatesAt(tx, modelSha256, seqs))),
    templatesOf: (subjects, except) =>
      reading(async (tx) => openRows(tx, await templatesOf(tx, modelSha256, subjects, except))),
    sourceNumbers: (ids) => reading((tx) => sourceNumbers(tx, ids)),
  }
}

type TemplateArrival = ChangeRow & { readonly dataKey: string; readonly sealed: Uint8Array }

function hasTemplate(row: ChangeRow): row is TemplateArrival {
  return row.kind === 'added'
}

/** A change of facts whose template went meanwhile, and a removal of a row from before rows were known, change nothing. */
function changeOf(row: ChangeRow, nextVector: () => Float32Array): IndexChange {
  const { seq } = row
  if (row.kind === 'added') return { kind: 'added', seq, facts: factsOf(row), vector: nextVector() }
  if (row.kind === 'removed') return { kind: 'removed', seq, row: row.row ?? 0 }
  if (row.source === null) return { kind: 'removed', seq, row: 0 }
  return { kind: 'facts', seq, row: row.row ?? 0, facts: factsOf(row) }
}

function factsOf(row: Pick<ChangeRow, 'source' | 'bookedAt' | 'birthYear' | 'sex' | 'isSealed'>): RowFacts {
  const { source, bookedAt, birthYear, sex, isSealed } = row
  if (source === null || bookedAt === null || sex === null) {
    throw new GalleryError('coverage_incomplete', 'A template of the gallery has no booking.')
  }
  return { source, bookedAt, birthYear, sex, sealed: isSealed === true }
}

function knownRow(row: TemplateRow): Omit<KnownTemplate, 'vector'> {
  const { seq, template, booking, subject } = row
  return { seq, template, booking, subject, facts: factsOf(row) }
}
