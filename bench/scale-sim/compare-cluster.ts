import { median, type Spent } from '../search/measure.ts'
import { type ClusterPlan, NOTHING_GOES_WRONG, type ShardRate } from './cluster-plan.ts'
import { fitLine } from './fit-line.ts'
import type { Comparison } from './measured.ts'
import { simulateQueries } from './simulate-queries.ts'
import { slowestFactor } from './slowest-factor.ts'
import { spreadOf } from './spread-of.ts'

/** What searches of one size took on the real cluster. */
export interface SizeSamples {
  readonly rows: number
  readonly spent: readonly Spent[]
}

/** The two sizes a rate is taken from, and the one it has to foretell. */
export interface ThreeSizes {
  readonly small: SizeSamples
  readonly large: SizeSamples
  readonly foretold: SizeSamples
}

/** Of the test cluster. Its servers share the cores, so that a shard has its part of them. */
export type SharedMachine = Pick<ClusterPlan, 'shards' | 'replicas' | 'cores'>

const SIMULATION = { queries: 20_000, seed: 1 } as const

/** Processor milliseconds of all servers, by rows. */
export function processorLine({ small, large }: ThreeSizes) {
  return fitLine([small.rows, middle(small, 'cpu')], [large.rows, middle(large, 'cpu')])
}

/**
 * The third size, foretold from the other two. By processor time, which other work on the machine hardly changes; by
 * what passed, which holds the other work of those minutes in the rate; and what would pass without other work, to be
 * held against the least that was seen.
 */
export function compareCluster(sizes: ThreeSizes, machine: SharedMachine): readonly Comparison[] {
  const { rows } = sizes.foretold
  const line = processorLine(sizes)
  const undisturbed = line.intercept + (line.slope * rows) / machine.shards / machine.cores
  const least = Math.min(...sizes.foretold.spent.map(({ wall }) => wall))
  return [
    { what: 'processor time', predicted: line.intercept + line.slope * rows, measured: middle(sizes.foretold, 'cpu') },
    { what: 'p50', predicted: foretellMiddle(sizes, machine), measured: middle(sizes.foretold, 'wall') },
    { what: 'least time, of a machine without other work', predicted: undisturbed, measured: least },
  ]
}

/** By the simulation, with the rate and the spread that the two sizes show. */
function foretellMiddle(sizes: ThreeSizes, machine: SharedMachine): number {
  const { small, large, foretold } = sizes
  const line = fitLine([small.rows, middle(small, 'wall')], [large.rows, middle(large, 'wall')])
  const spread = spreadOf(large.spent.map(({ wall }) => wall))
  // What was measured is the slower shard; the rate is of one.
  const slower = slowestFactor(machine.shards, spread, NOTHING_GOES_WRONG, 0.5)
  const rate: ShardRate = {
    rowMicroseconds: (line.slope * 1000 * machine.shards * machine.cores) / slower,
    rowBytes: 1,
    overheadMs: line.intercept,
    spread,
    coreBytes: 1,
  }
  const plan = { ...machine, rows: foretold.rows, bandwidth: Number.POSITIVE_INFINITY }
  return simulateQueries(plan, rate, NOTHING_GOES_WRONG, SIMULATION).p50
}

function middle({ spent }: SizeSamples, of: keyof Spent): number {
  return median(spent.map((one) => one[of]))
}
