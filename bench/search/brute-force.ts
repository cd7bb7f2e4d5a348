import type { FaceSet, Probe } from './generate.ts'

export interface RankedRow {
  readonly row: number
  readonly score: number
}

/** Every template of a set in memory, compared one by one in float64: the truth of the bench. */
export class BruteForce {
  readonly #set: FaceSet
  readonly #vectors: Float32Array

  constructor(set: FaceSet) {
    this.#set = set
    const { rows, dimension } = set.spec
    this.#vectors = new Float32Array(rows * dimension)
    for (let row = 0; row < rows; row += 1) this.#vectors.set(set.template(row), row * dimension)
  }

  /** The best rows, best first, equal ones by row. */
  topRows({ vector }: Probe, count: number): readonly RankedRow[] {
    return topOf(this.#scores(vector), count)
  }

  /** The best row of each of the best identities, best first. */
  topIdentities({ vector }: Probe, count: number): readonly RankedRow[] {
    const scores = this.#scores(vector)
    const { firstRowOf, identities } = this.#set
    for (let identity = 0; identity < identities; identity += 1) {
      const [first = 0, end = 0] = [firstRowOf[identity], firstRowOf[identity + 1]]
      let best = first
      for (let row = first + 1; row < end; row += 1) if (higher(scores, row, best)) best = row
      for (let row = first; row < end; row += 1) if (row !== best) scores[row] = Number.NEGATIVE_INFINITY
    }
    return topOf(scores, count)
  }

  #scores(probe: Float32Array): Float64Array {
    const { rows, dimension } = this.#set.spec
    const wide = Float64Array.from(probe)
    const scores = new Float64Array(rows)
    for (let row = 0, from = 0; row < rows; row += 1, from += dimension) {
      let sum = 0
      for (let at = 0; at < dimension; at += 1) sum += (wide[at] as number) * (this.#vectors[from + at] as number)
      scores[row] = Math.min(1, Math.max(-1, sum))
    }
    return scores
  }
}

/** Of the rows that an engine gave, how many belong to the best ones. */
export function recallOf(found: readonly number[], truth: readonly number[]): number {
  const wanted = new Set(truth)
  return found.filter((row) => wanted.has(row)).length / truth.length
}

function topOf(scores: Float64Array, count: number): readonly RankedRow[] {
  const cut = Float64Array.from(scores).sort()[Math.max(0, scores.length - count)] ?? 0
  const rows: RankedRow[] = []
  for (const [row, score] of scores.entries()) if (score >= cut) rows.push({ row, score })
  return rows.sort((one, other) => other.score - one.score || one.row - other.row).slice(0, count)
}

function higher(scores: Float64Array, row: number, than: number): boolean {
  return (scores[row] as number) > (scores[than] as number)
}
