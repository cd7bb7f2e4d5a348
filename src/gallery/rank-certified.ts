import type { CoarseAnswer, CoarseRow } from './coarse-index.ts'
import { exactScore } from './exact-score.ts'
import type { GalleryCandidate } from './gallery-search.ts'
import type { KnownTemplate } from './template-source.ts'

export interface RankOptions {
  readonly limit: number
  readonly threshold: number
}

/** A subject's best photograph so far. */
export type Leader = Omit<GalleryCandidate, 'others'>

/** Rows scored before the first look whether the list is proved; then as many again, and again. */
const FIRST_ROWS = 64

/**
 * The ranking of one query, from the highest upper bound down: each row taken is scored exactly, until nothing left
 * can change the list.
 *
 * Why the list is then the exact one: a row that was not scored has an exact score of at most `rest`. If fewer than
 * `limit` subjects reach the threshold, it must reach the threshold to be listed; otherwise it must reach the score of
 * the last subject on the list. `rest` below that, strictly, leaves it no way onto the list, not even by a tie.
 */
export class CertifiedRanking {
  readonly #query: Float64Array
  readonly #options: RankOptions
  readonly #leaders = new Map<string, Leader>()
  readonly #scored = new Set<number>()
  #rest = Number.POSITIVE_INFINITY

  constructor(query: Float64Array, options: RankOptions) {
    this.#query = query
    this.#options = options
  }

  /** Rows scored exactly. */
  get scored(): number {
    return this.#scored.size
  }

  /** No row outside has a score above this; -1 when there is none outside. */
  get bound(): number {
    return Math.max(-1, this.#rest)
  }

  /** The list, best first, ties by template id; exact once `settle` said so. */
  get list(): readonly Leader[] {
    return [...this.#leaders.values()].sort(byRank).slice(0, this.#options.limit)
  }

  /**
   * Scores rows of an answer until the list is proved. False when the answer's rows did not suffice: ask for more.
   * @param read what the source knows of these rows
   */
  async settle(
    answer: CoarseAnswer,
    read: (rows: readonly CoarseRow[]) => Promise<readonly KnownTemplate[]>,
  ): Promise<boolean> {
    const open = answer.rows.filter((row) => !this.#scored.has(row.seq))
    this.#rest = Math.max(open[0]?.upper ?? Number.NEGATIVE_INFINITY, answer.bound)
    for (let at = 0; !this.#isProved() && at < open.length; ) {
      const rows = open.slice(at, at + Math.max(FIRST_ROWS, this.#options.limit, this.scored))
      for (const template of await read(rows)) this.#take(template)
      at += rows.length
      this.#rest = Math.max(open[at]?.upper ?? Number.NEGATIVE_INFINITY, answer.bound)
    }
    return this.#isProved()
  }

  /** Both bounds carry a slack far above rounding, so a row below the floor of the scan is strictly below. */
  #isProved(): boolean {
    if (this.#rest <= this.#options.threshold) return true
    const last = this.list[this.#options.limit - 1]
    return last !== undefined && this.#rest < last.score
  }

  #take({ seq, template, booking, subject, vector }: KnownTemplate): void {
    this.#scored.add(seq)
    const photo = { template, booking, subject, score: exactScore(this.#query, vector) }
    if (photo.score < this.#options.threshold) return
    const rival = this.#leaders.get(subject)
    if (rival === undefined || byRank(photo, rival) < 0) this.#leaders.set(subject, photo)
  }
}

/** Best first; equal scores in the order of template ids. */
export function byRank(
  one: { readonly score: number; readonly template: string },
  other: { readonly score: number; readonly template: string },
): number {
  if (one.score !== other.score) return other.score - one.score
  return one.template < other.template ? -1 : one.template > other.template ? 1 : 0
}
