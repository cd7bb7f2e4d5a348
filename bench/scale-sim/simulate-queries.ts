import { quantile } from '../search/measure.ts'
import { RandomNormals } from '../search/random-normals.ts'
import { type Chances, type ClusterPlan, type ShardRate, shardMs } from './cluster-plan.ts'

export interface SimulationOptions {
  readonly queries: number
  readonly seed: number
}

export interface Prediction {
  /** Milliseconds, of the queries that were answered; not a number when none was. */
  readonly p50: number
  readonly p99: number
  /** Share of the queries for which every shard had a living replica, 0 to 1; the others fail loudly. */
  readonly covered: number
}

/**
 * Queries one after another, by chance from a seed. A query takes the overhead and the slowest shard's time; the first
 * living replica of a shard is asked, and no other one beside it.
 */
export function simulateQueries(
  plan: ClusterPlan,
  rate: ShardRate,
  chances: Chances,
  { queries, seed }: SimulationOptions,
): Prediction {
  const random = new RandomNormals(seed, 0)
  const undisturbed = shardMs(plan, rate)
  const answered: number[] = []
  for (let query = 0; query < queries; query += 1) {
    let slowest = 0
    let covered = true
    for (let shard = 0; shard < plan.shards; shard += 1) {
      covered = hasLivingReplica(plan, chances, random) && covered
      slowest = Math.max(slowest, timeFactor(rate, chances, random))
    }
    if (covered) answered.push(rate.overheadMs + undisturbed * slowest)
  }
  return { p50: quantile(answered, 0.5), p99: quantile(answered, 0.99), covered: answered.length / queries }
}

function hasLivingReplica({ replicas }: ClusterPlan, { availability }: Chances, random: RandomNormals): boolean {
  for (let replica = 0; replica < replicas; replica += 1) if (random.uniform() < availability) return true
  return false
}

/** Lognormal with median 1; a straggler takes the more. */
function timeFactor({ spread }: ShardRate, { stragglers, stragglerFactor }: Chances, random: RandomNormals): number {
  const noise = Math.exp(spread * random.normal())
  return random.uniform() < stragglers ? stragglerFactor * noise : noise
}
