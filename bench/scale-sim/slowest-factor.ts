import type { Chances } from './cluster-plan.ts'

/** Halvings: from 2^40 down to far below the last digit printed. */
const STEPS = 100

/**
 * What the simulation must come to, without chance: shards are independent, so the slowest one's distribution is the
 * product of theirs. How many times its undisturbed time the slowest of `shards` takes at most, in a part `part` of the queries,
 * 0 to 1, both excluded.
 */
export function slowestFactor(shards: number, spread: number, chances: Chances, part: number): number {
  let below = 0
  let above = 2 ** 40
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (below + above) / 2
    if (shareWithin(shards, spread, chances, middle) >= part) above = middle
    else below = middle
  }
  return above
}

/** Probability that the slowest of `shards` takes at most `factor` times its undisturbed time. */
export function shareWithin(shards: number, spread: number, chances: Chances, factor: number): number {
  return shareBelow(factor, spread, chances) ** shards
}

/** Probability that one shard takes at most `factor` times its undisturbed time. */
function shareBelow(factor: number, spread: number, { stragglers, stragglerFactor }: Chances): number {
  return (
    (1 - stragglers) * lognormalBelow(factor, spread) + stragglers * lognormalBelow(factor / stragglerFactor, spread)
  )
}

function lognormalBelow(value: number, spread: number): number {
  if (spread === 0) return value >= 1 ? 1 : 0
  return value <= 0 ? 0 : normalBelow(Math.log(value) / spread)
}

/** The normal distribution; error below 1.5e-7 (Abramowitz and Stegun 7.1.26). */
function normalBelow(value: number): number {
  const at = Math.abs(value) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * at)
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
  const above = (series * Math.exp(-at * at)) / 2
  return value < 0 ? above : 1 - above
}
