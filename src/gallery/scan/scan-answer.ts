import type { CoarseAnswer, CoarseAsk, CoarseRow } from '../coarse-index.ts'
import type { CodeRows } from './code-rows.ts'
import { type TopList, TopRows } from './top-rows.ts'

/**
 * One answer from the best rows that each thread found, one more than `k` of them. The bound is the upper bound of the
 * best row left out; when only the floor left rows out, it is the floor; when nothing was left out, minus infinity.
 * @param searched rows compared
 */
export function answerFrom(
  rows: CodeRows,
  lists: readonly TopList[],
  { k, floor }: CoarseAsk,
  searched: number,
): CoarseAnswer {
  const { places, uppers } = merged(lists, k + 1)
  const best = Array.from(places.subarray(0, k), (place, at): CoarseRow => {
    return { seq: rows.seqAt(place), upper: uppers[at] as number }
  })
  const bound = uppers[k] ?? (places.length < searched ? floor : Number.NEGATIVE_INFINITY)
  return { searched, enrolled: rows.live, rows: best, bound }
}

function merged(lists: readonly TopList[], room: number): TopList {
  const [only] = lists
  if (only !== undefined && lists.length === 1) return only
  const top = new TopRows(room)
  for (const { places, uppers } of lists) {
    places.forEach((place, at) => {
      top.offer(place, uppers[at] as number)
    })
  }
  return top.take()
}
