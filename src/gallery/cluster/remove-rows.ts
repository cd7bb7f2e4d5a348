import { setTimeout as wait } from 'node:timers/promises'
import { GalleryError } from '../gallery-error.ts'
import { type ClusterTables, onEveryReplica } from './cluster-tables.ts'

const POLL_MS = 200

/** Takes rows out of every replica; their bytes may stay in files that are no longer read. */
export async function deleteRows(tables: ClusterTables, seqs: readonly number[]): Promise<void> {
  const { database, face } = tables
  await onEveryReplica(tables, (on) => `ALTER TABLE ${database}.${face} ${on} DELETE WHERE seq IN (${seqs.join(', ')})`)
}

/**
 * Takes rows out of every replica and proves that their bytes are gone: no replica gives such a row, and no file is
 * left of a part that is no longer read or was set aside, in which they could be.
 * @throws GalleryError `removal_incomplete` when that is not reached in time; the same call later goes on
 */
export async function removeRows(tables: ClusterTables, seqs: readonly number[]): Promise<void> {
  await deleteRows(tables, seqs)
  const end = performance.now() + tables.removalPatienceMs
  for (;;) {
    await onEveryReplica(tables, (on) => `SYSTEM START CLEANUP ${on} ${tables.database}.${tables.face}`)
    const left = await whatIsLeft(tables, seqs)
    if (left === null) return
    if (performance.now() > end) throw new GalleryError('removal_incomplete', `A removal is not proved: ${left}.`)
    await wait(POLL_MS)
  }
}

/** What speaks against the removal, replica by replica; null for nothing. Every replica must answer. */
async function whatIsLeft(tables: ClusterTables, seqs: readonly number[]): Promise<string | null> {
  const { cluster, database, face, coordinator } = tables
  const count = async (table: string, condition: string) => {
    const from = `clusterAllReplicas('${cluster}', ${table})`
    return Number((await coordinator.read(`SELECT count() FROM ${from} WHERE ${condition}`))[0]?.[0])
  }
  const own = `database = '${database}' AND table = '${face}'`
  const rows = await count(`${database}.${face}`, `seq IN (${seqs.join(', ')})`)
  const parts = await count('system.parts', `${own} AND NOT active`)
  const detached = await count('system.detached_parts', own)
  if (rows === 0 && parts === 0 && detached === 0) return null
  return `${rows} rows still there, ${parts} old parts and ${detached} detached parts still on disk`
}
