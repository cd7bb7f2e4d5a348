import { GalleryError } from '../gallery-error.ts'
import { type ClusterServer, ServerFailure } from './cluster-server.ts'

export interface ClusterShard {
  /** From 1, as the coordinator counts. */
  readonly shard: number
  /** `host:port` of each replica. */
  readonly replicas: readonly string[]
}

/** The shards of a cluster, in the order of their numbers. */
export type ClusterLayout = readonly ClusterShard[]

/** @throws GalleryError `cluster_refused` when the coordinator knows no such cluster, or one with unequal weights. */
export async function readLayout(coordinator: ClusterServer, cluster: string): Promise<ClusterLayout> {
  const rows = await coordinator.read(
    `SELECT shard_num, shard_weight, host_name, port FROM system.clusters WHERE cluster = '${cluster}' ORDER BY shard_num, replica_num`,
  )
  if (rows.length === 0) throw new GalleryError('cluster_refused', `The coordinator knows no cluster "${cluster}".`)
  if (rows.some(([, weight]) => weight !== 1)) {
    throw new GalleryError('cluster_refused', `Every shard of "${cluster}" must have the weight 1.`)
  }
  const shards = new Map<number, string[]>()
  for (const [shard, , host, port] of rows) {
    const replicas = shards.get(Number(shard)) ?? []
    shards.set(Number(shard), [...replicas, `${host}:${port}`])
  }
  return [...shards].map(([shard, replicas]) => ({ shard, replicas }))
}

/** Errors that say that a server did not answer: 3, 32, 159, 198, 209, 210, 279 and 369 in ClickHouse's list. */
const UNREACHABLE = new Set([3, 32, 159, 198, 209, 210, 279, 369])

const LOOKS = 4

/**
 * What a server's failure means to the caller: who does not answer, by shard and host, or what was refused. A server's
 * own message does not always name the hosts, so every replica is asked whether it is there.
 */
export async function asGalleryError(
  failure: unknown,
  coordinator: ClusterServer,
  cluster: string,
  layout: ClusterLayout,
): Promise<unknown> {
  if (!(failure instanceof ServerFailure)) return failure
  const silent = whoIsSilent(layout, await answering(coordinator, cluster))
  if (silent !== null) {
    return new GalleryError('shard_unavailable', `${silent} of the cluster does not answer. ${failure.message}`)
  }
  if (failure.code === null || UNREACHABLE.has(failure.code)) {
    return new GalleryError('shard_unavailable', `The cluster does not answer at ${failure.at}: ${failure.message}`)
  }
  return new GalleryError('cluster_refused', `The cluster at ${failure.at} refused: ${failure.message}`)
}

/**
 * Numbers of the replicas that answer, counted over all shards from 1; null when that cannot be learnt. The one
 * statement that passes over silent replicas: it finds out which these are, and compares nothing.
 */
async function answering(coordinator: ClusterServer, cluster: string): Promise<ReadonlySet<number> | null> {
  const from = `clusterAllReplicas('${cluster}', system.one)`
  const lenient = 'skip_unavailable_shards = 1, fallback_to_stale_replicas_for_distributed_queries = 1'
  // A connection that was open when its server ended fails once more before it is known to be dead.
  for (let look = 1; look <= LOOKS; look += 1) {
    try {
      const rows = await coordinator.read(`SELECT _shard_num FROM ${from} SETTINGS ${lenient}`)
      return new Set(rows.map(([replica]) => Number(replica)))
    } catch (error) {
      if (!(error instanceof ServerFailure)) throw error
      if (error.code === null) return null
    }
  }
  return null
}

/** Whole shards where there are any, else single replicas; null when all answer. */
function whoIsSilent(layout: ClusterLayout, living: ReadonlySet<number> | null): string | null {
  if (living === null) return null
  let number = 0
  const silent = layout.map(({ shard, replicas }) => ({
    shard,
    replicas,
    silent: replicas.filter(() => !living.has(++number)),
  }))
  const whole = silent.filter((one) => one.silent.length === one.replicas.length)
  if (whole.length > 0) return whole.map((one) => `Shard ${one.shard} (${one.replicas.join(', ')})`).join(' and ')
  const some = silent.flatMap((one) => one.silent.map((replica) => `Replica ${replica} of shard ${one.shard}`))
  return some.length > 0 ? some.join(' and ') : null
}
