import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ClusterTables, onEveryReplica } from './cluster-tables.ts'

const SCHEMA = readFileSync(join(import.meta.dirname, 'face-table.sql'), 'utf8')
const COORDINATOR_PART = '-- On the coordinator alone:'

/** Creates what is not there yet: the tables on every replica, then those over them on the coordinator. */
export async function createFaceTables(tables: ClusterTables): Promise<void> {
  const [everywhere = '', coordinator = ''] = SCHEMA.split(COORDINATOR_PART)
  for (const statement of statementsOf(everywhere)) {
    await onEveryReplica(tables, (onCluster) => fill(statement, tables, onCluster))
  }
  for (const statement of statementsOf(coordinator)) await tables.coordinator.write(fill(statement, tables, ''))
}

function statementsOf(text: string): readonly string[] {
  const bare = text.replaceAll(/--.*$/gm, '')
  return bare.split(';').flatMap((statement) => (statement.trim() === '' ? [] : [statement.trim()]))
}

function fill(statement: string, tables: ClusterTables, onCluster: string): string {
  const { cluster, database, face, dimension, replicas } = tables
  const values: Readonly<Record<string, string>> = {
    cluster,
    database,
    face,
    dimension: String(dimension),
    on_cluster: onCluster,
    engine: replicas === null ? 'ReplicatedMergeTree' : 'MergeTree',
    position_engine: replicas === null ? 'ReplicatedReplacingMergeTree(position)' : 'ReplacingMergeTree(position)',
  }
  return statement.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}
