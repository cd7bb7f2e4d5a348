import type { CoarseAnswer, CoarseAsk, IndexFilter, RowFacts } from '../coarse-index.ts'
import type { CodeRows } from './code-rows.ts'
import { quantiseQuery, upperBound } from './quantise-query.ts'
import { ROW_LIVE, readFacts, TAIL } from './row-record.ts'

export const OPEN_FILTER: IndexFilter = {
  sources: null,
  bookedFrom: null,
  bookedTo: null,
  sexes: null,
  bornFrom: null,
  bornTo: null,
}

export const ADULT: RowFacts = { source: 1, bookedAt: '2021-03-04', birthYear: 1980, sex: 'F', sealed: false }

/** The same numbers from 0 to 1 for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Random directions of length 1. */
export function unitVectors(count: number, dimension: number, seed = 1): readonly Float32Array[] {
  const random = randomNumbers(seed)
  return Array.from({ length: count }, () => unit(Float32Array.from({ length: dimension }, () => random() - 0.5)))
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

/** Adds vectors with the seqs 10, 20, 30 and so on. */
export function addAll(rows: CodeRows, vectors: readonly Float32Array[], facts: RowFacts = ADULT): void {
  for (const vector of vectors) rows.add((rows.lastSeq || 0) + 10, facts, vector)
}

/** The codes of a row and what its bound is made of, from its record. */
export function rowOf(rows: CodeRows, place: number) {
  const record = rows.record(place)
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength)
  const tail = rows.layout.codeBytes
  return {
    codes: new Int8Array(record.buffer, record.byteOffset, tail),
    scale: view.getFloat32(tail + TAIL.scale, true),
    residual: view.getFloat32(tail + TAIL.residual, true),
    sum: view.getInt32(tail + TAIL.sum, true),
    flags: view.getUint8(tail + TAIL.flags),
    seq: view.getFloat64(tail + TAIL.seq, true),
    facts: readFacts(view, tail),
  }
}

/** What a scan must answer, by plain loops over every record. */
export function plainScan(
  rows: CodeRows,
  vector: Float32Array,
  { k, floor }: CoarseAsk,
  isSelected: (facts: RowFacts) => boolean = () => true,
): CoarseAnswer {
  const query = quantiseQuery(vector, rows.dimension, rows.layout.codeBytes)
  const compared = Array.from({ length: rows.places }, (_, place) => rowOf(rows, place))
    .filter(({ flags, facts }) => flags === ROW_LIVE && isSelected(facts))
    .map((row) => {
      const dot = row.codes.reduce((sum, code, at) => sum + code * (query.codes[at] as number), 0)
      return { seq: row.seq, upper: upperBound(dot, row, query) }
    })
  const open = floor <= -1 ? compared : compared.filter(({ upper }) => upper >= floor)
  const best = open.toSorted((one, other) => other.upper - one.upper || one.seq - other.seq)
  const pruned = open.length < compared.length ? floor : Number.NEGATIVE_INFINITY
  return {
    searched: compared.length,
    enrolled: rows.live,
    rows: best.slice(0, k),
    bound: best[k]?.upper ?? pruned,
  }
}
