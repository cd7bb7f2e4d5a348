import { createHash } from 'node:crypto'
import type { ModelIdentity } from '../../src/engine/index.ts'
import { type ClusterIndex, openClusterIndex } from '../../src/gallery/cluster/cluster-index.ts'
import type { CoarseRow, IndexChange, IndexFilter, RowFacts } from '../../src/gallery/coarse-index.ts'
import { exactScore } from '../../src/gallery/exact-score.ts'
import { passesFilter } from '../../src/gallery/passes-filter.ts'
import type { RunningCluster } from './running-cluster.ts'

export type Arrival = Extract<IndexChange, { readonly kind: 'added' }>

export const EVERYTHING: IndexFilter = {
  sources: null,
  bookedFrom: null,
  bookedTo: null,
  sexes: null,
  bornFrom: null,
  bornTo: null,
}

/** A model of a test's own, so that its tables are its own. */
export function modelOf(name: string, dimension: number): ModelIdentity {
  return { id: name, sha256: createHash('sha256').update(name).digest('hex'), dimension }
}

export async function openOn(cluster: RunningCluster, model: ModelIdentity): Promise<ClusterIndex> {
  const replicas = cluster.shards.flat().map(({ url }) => url)
  return await openClusterIndex({ url: cluster.coordinator.url, cluster: cluster.name, model, replicas })
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A vector of length 1 in no direction that is preferred. */
export function unitVector(random: () => number, dimension: number): Float32Array {
  const values = Array.from({ length: dimension }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()))
    return radius * Math.cos(2 * Math.PI * random())
  })
  const length = Math.hypot(...values)
  return Float32Array.from(values, (value) => value / length)
}

const SEXES = ['U', 'F', 'M', 'X'] as const

/** Rows with seqs `from`, `from + 1` and so on, their facts of every kind; every 50th is sealed. */
export function arrivals(count: number, dimension: number, from = 1, seed = 7): readonly Arrival[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, (_, at) => ({
    kind: 'added',
    seq: from + at,
    facts: factsOf(random, at),
    vector: unitVector(random, dimension),
  }))
}

function factsOf(random: () => number, at: number): RowFacts {
  const day = new Date(Date.UTC(2000, 0, 1 + Math.floor(9_000 * random())))
  return {
    source: 1 + Math.floor(4 * random()),
    bookedAt: day.toISOString().slice(0, 10),
    birthYear: random() < 0.1 ? null : 1940 + Math.floor(65 * random()),
    sex: SEXES[Math.floor(4 * random())] ?? 'U',
    sealed: at % 50 === 49,
  }
}

/** What the exact list is: every row that passes, best first, scored in float64. */
export function bruteForce(rows: readonly Arrival[], query: Float32Array, filter: IndexFilter) {
  const wide = Float64Array.from(query)
  return rows
    .filter(({ facts }) => passesFilter(filter, facts))
    .map(({ seq, vector }) => ({ seq, score: exactScore(wide, vector) }))
    .sort((one, other) => other.score - one.score || one.seq - other.seq)
}

/** Rows of an answer scored exactly, best first. */
export function rerank(rows: readonly Arrival[], found: readonly CoarseRow[], query: Float32Array) {
  const seqs = new Set(found.map(({ seq }) => seq))
  return bruteForce(
    rows.filter(({ seq }) => seqs.has(seq)),
    query,
    EVERYTHING,
  )
}
