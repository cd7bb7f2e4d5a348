import type { ClusterLayout } from './cluster-layout.ts'
import type { ClusterServer } from './cluster-server.ts'

/**
 * Names and reach of one model's tables. How a statement gets to every replica differs: with `ON CLUSTER` through the
 * coordinator (replicated tables, Keeper), or straight to each replica's own address (`replicas`; plain tables).
 */
export interface ClusterTables {
  readonly cluster: string
  readonly database: string
  /** The local table's name, without the database. */
  readonly face: string
  readonly dimension: number
  readonly coordinator: ClusterServer
  /** Every replica; null where statements go `ON CLUSTER`. */
  readonly replicas: readonly ClusterServer[] | null
  /** How long a removal may take to clear the disks. */
  readonly removalPatienceMs: number
}

/** Runs a statement on every replica. @param statement given what to write behind the table's name */
export async function onEveryReplica(tables: ClusterTables, statement: (onCluster: string) => string): Promise<void> {
  if (tables.replicas === null) return await tables.coordinator.write(statement(`ON CLUSTER '${tables.cluster}'`))
  await Promise.all(tables.replicas.map((replica) => replica.write(statement(''))))
}

/** Copies of rows that a read of `everyCopy` finds, by the numbers it gives them: one group for each shard. */
export function copyGroups(tables: ClusterTables, layout: ClusterLayout): readonly (readonly number[])[] {
  if (tables.replicas === null) return layout.map(({ shard }) => [shard])
  let next = 1
  return layout.map(({ replicas }) => replicas.map(() => next++))
}

/**
 * The table to read when every copy of a row counts: with plain tables each replica is asked, as the adapter itself
 * keeps them equal; with replicated ones a replica of each shard, as they do that among themselves.
 */
export function everyCopy(tables: ClusterTables): string {
  const { cluster, database, face, replicas } = tables
  return replicas === null ? `${database}.${face}_all` : `clusterAllReplicas('${cluster}', ${database}.${face})`
}
