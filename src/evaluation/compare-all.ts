import type { EmbeddedPhoto } from './embed-photos.ts'
import { type SortedScores, sortScores } from './figures/sorted-scores.ts'
import { pauseNow } from './pause.ts'
import { dotAt, templateTable } from './template-table.ts'

/** One-against-one comparisons between the photographs of a set. */
export interface AllComparisons {
  /** Two photographs of the same person. */
  readonly genuine: SortedScores
  /** Photographs of two people: every pair, or an even sample where there are more than `most`. */
  readonly impostor: SortedScores
  /** All pairs of two people that there are. */
  readonly impostorPairs: number
  /** Pairs of the same person in which a photograph has no template; they count as errors. */
  readonly failedGenuine: number
}

export interface CompareOptions {
  /** Most impostor scores kept, at 4 bytes each and twice while they are sorted; 16 million unless told. */
  readonly most?: number
  readonly onProgress?: (done: number, total: number) => void
}

const MOST = 16_000_000

/** Compares every photograph with every other one. */
export async function compareAll(
  photos: readonly EmbeddedPhoto[],
  { most = MOST, onProgress = () => {} }: CompareOptions = {},
): Promise<AllComparisons> {
  const usable = photos.flatMap(({ photo, vector }) => (vector === null ? [] : [{ subject: photo.subject, vector }]))
  const { dimension, vectors, rows } = templateTable(usable)
  const genuinePairs = pairsWithin(usable.map(({ subject }) => subject))
  const impostorPairs = (rows.length * (rows.length - 1)) / 2 - genuinePairs
  const genuine = new Float32Array(genuinePairs)
  const impostor = new Float32Array(Math.min(impostorPairs, most))
  const share = impostor.length / Math.max(1, impostorPairs)
  let [genuineAt, impostorAt, seen] = [0, 0, 0]
  for (let one = 0; one < rows.length; one += 1) {
    for (let other = 0; other < one; other += 1) {
      const same = rows[one] === rows[other]
      // An even sample: of every 1 / share pairs exactly one is compared.
      if (!same && Math.floor(++seen * share + 1e-9) === impostorAt) continue
      const score = dotAt(vectors, one * dimension, vectors, other * dimension, dimension)
      if (same) genuine[genuineAt++] = score
      else impostor[impostorAt++] = score
    }
    onProgress(one + 1, rows.length)
    await pauseNow()
  }
  const failedGenuine = pairsWithin(photos.map(({ photo }) => photo.subject)) - genuinePairs
  const sorted = { genuine: sortScores(genuine), impostor: sortScores(impostor.subarray(0, impostorAt)) }
  return { ...sorted, impostorPairs, failedGenuine }
}

/** Pairs of equal names. */
function pairsWithin(names: readonly string[]): number {
  const counts = [...Map.groupBy(names, (name) => name).values()].map((group) => group.length)
  return counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
}
