/** What serves a shard: its costs for a row, all of them on one core. */
export interface ShardRate {
  /** Microseconds of one core for a row. */
  readonly rowMicroseconds: number
  /** Bytes read for a row. */
  readonly rowBytes: number
  /** Milliseconds of a query that do not grow with the rows: the coordinator, the statement, the merge. */
  readonly overheadMs: number
  /** Standard deviation of the logarithm of the time; 0: every pass takes the same time. */
  readonly spread: number
  /** Bytes below which a shard does not give work to another core. */
  readonly coreBytes: number
}

/** A cluster. A shard is a server of its own, or `replicas` of them; one of these answers. */
export interface ClusterPlan {
  /** Of the whole gallery; each shard holds the same part. */
  readonly rows: number
  readonly shards: number
  readonly replicas: number
  /** Cores of a server. */
  readonly cores: number
  /** Gigabytes a second that a server reads from memory with all cores; infinity for no limit but the cores. */
  readonly bandwidth: number
}

/** What goes wrong by chance, in each query and shard anew. */
export interface Chances {
  /** That a replica is up, 0 to 1. */
  readonly availability: number
  /** That a shard takes `stragglerFactor` times as long, 0 to 1. */
  readonly stragglers: number
  readonly stragglerFactor: number
}

export const NOTHING_GOES_WRONG: Chances = { availability: 1, stragglers: 0, stragglerFactor: 1 }

/** Milliseconds that a shard reads when nothing disturbs it: as fast as its cores, or its memory, allow. */
export function shardMs({ rows, shards, cores, bandwidth }: ClusterPlan, rate: ShardRate): number {
  const own = rows / shards
  const working = Math.min(cores, Math.max(1, Math.ceil((own * rate.rowBytes) / rate.coreBytes)))
  const ofCores = (own * rate.rowMicroseconds) / 1000 / working
  const ofMemory = (own * rate.rowBytes) / bandwidth / 1e6
  return Math.max(ofCores, ofMemory)
}

/** Bytes of rows that one server holds. */
export function serverBytes({ rows, shards }: ClusterPlan, { rowBytes }: ShardRate): number {
  return Math.ceil(rows / shards) * rowBytes
}

/**
 * Probability that every shard has a replica that is up. Otherwise a search fails and says so: no list is ever made
 * from a part of the gallery.
 */
export function coverageProbability({ shards, replicas }: ClusterPlan, availability: number): number {
  return (1 - (1 - availability) ** replicas) ** shards
}
