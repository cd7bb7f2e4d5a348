import type { ErrorRate, GroupComparisons, GroupSpread } from '../../api/types.ts'
import { formatCount } from '../../components/moment.tsx'
import { groupName } from './answers.ts'
import { interval, score, share, times } from './numbers.ts'

export const PAIRS_TITLE = 'Two different people of one group compared'

/** Why it is measured, for somebody who knows none of the abbreviations. */
export const WHY_WITHIN_GROUPS =
  'Two people of one group often resemble each other more than two people drawn from everybody. A threshold set on ' +
  'everybody then lists more innocent people of some groups than of others.'

/** One group as the table shows it; the rate is null where too little was compared. */
export interface PairsRow {
  readonly group: string
  readonly people: string
  readonly pairs: string
  readonly rate: ErrorRate | null
  readonly timesEverybody: string
}

export function pairsRows({ rows, everybody }: GroupComparisons): readonly PairsRow[] {
  return rows.map(({ group, people, trials, rate }) => ({
    group: groupName(group),
    people: formatCount(people),
    pairs: formatCount(trials),
    rate,
    timesEverybody: times(rate?.rate ?? null, everybody.rate),
  }))
}

/** At which threshold, and what it does among everybody. */
export function pairsReading({ threshold, everybody, pairs, rows }: GroupComparisons): string {
  const all =
    everybody.rate === null ? 'no pair was compared' : `FMR is ${share(everybody.rate)} (${interval(everybody)})`
  const compared = rows.reduce((total, { trials }) => total + trials, 0)
  const sampled =
    compared < pairs ? ` An even sample was compared: ${formatCount(compared)} of ${formatCount(pairs)} pairs.` : ''
  return `Read at a threshold of ${score(threshold)}; over pairs of everybody ${all}.${sampled}`
}

/** The groups that have no rate, each with its reason. */
export function pairsNotStated({ rows }: Pick<GroupComparisons, 'rows'>): readonly string[] {
  return rows
    .filter(({ rate }) => rate === null)
    .map(({ group, suppressed }) => `${groupName(group)}: ${suppressed ?? 'too few pairs.'}`)
}

/** Which group fares worst, and whether the figures show it at all; null with fewer than two rated groups. */
export function pairsFinding(spread: GroupSpread | null): string | null {
  if (spread === null) return null
  const { worst, best, maxMin } = spread
  // The least ratio that the intervals leave is 1 exactly when they overlap.
  const overlap = maxMin.low > 1 ? '' : '; their intervals overlap, so no difference is shown'
  return `FMR is highest in ${groupName(worst)} and lowest in ${groupName(best)}${overlap}.`
}

/** Why there is no table; null when there is one. */
export function noPairs(comparisons: readonly GroupComparisons[] | null): string | null {
  if (comparisons === null) return 'This report was made before pairs within a group were compared; nothing is known.'
  return comparisons.length > 0 ? null : 'In this set no two people of one group could be compared; nothing is known.'
}
