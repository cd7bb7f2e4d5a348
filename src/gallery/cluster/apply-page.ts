import type { ChangePage } from './change-page.ts'
import type { ClusterLayout } from './cluster-layout.ts'
import { type ClusterTables, copyGroups, everyCopy, onEveryReplica } from './cluster-tables.ts'
import { deleteRows, removeRows } from './remove-rows.ts'
import { encodeRows, type FaceRow, ROW_COLUMNS } from './row-binary.ts'
import { updateCommand } from './update-statement.ts'

/**
 * Takes up a page, then notes how far it got. Every step may be repeated: a page cut short by a crash is taken up
 * whole the next time, and a removal counts only when it is proved, because the position is written last.
 */
export async function applyPage(tables: ClusterTables, layout: ClusterLayout, page: ChangePage): Promise<void> {
  if (page.removed.length > 0) await removeRows(tables, page.removed)
  if (page.added.length > 0) await insertMissing(tables, layout, page.added)
  if (page.changed.length > 0) {
    const command = updateCommand(page.changed)
    await onEveryReplica(tables, (on) => `ALTER TABLE ${tables.database}.${tables.face} ${on} ${command}`)
  }
  await writePosition(tables, layout, page.last)
}

/** Inserts what is not there; what an attempt left in some replicas only, or twice, is taken out first. */
async function insertMissing(tables: ClusterTables, layout: ClusterLayout, rows: readonly FaceRow[]): Promise<void> {
  const { coordinator, database, face } = tables
  const seqs = rows.map(({ seq }) => seq).join(', ')
  const groups = new Set(copyGroups(tables, layout).map((group) => group.join()))
  const held = await coordinator.read(
    `SELECT seq, arraySort(groupArray(toUInt32(_shard_num))) FROM ${everyCopy(tables)} WHERE seq IN (${seqs}) GROUP BY seq`,
  )
  const whole = new Set(held.filter(([, copies]) => groups.has(String(copies))).map(([seq]) => Number(seq)))
  const broken = held.map(([seq]) => Number(seq)).filter((seq) => !whole.has(seq))
  if (broken.length > 0) await deleteRows(tables, broken)
  const missing = rows.filter(({ seq }) => !whole.has(seq))
  if (missing.length === 0) return
  await coordinator.write(`INSERT INTO ${database}.${face}_all (${ROW_COLUMNS}) FORMAT RowBinary`, encodeRows(missing))
}

/** One row for each shard, so that a shard brought back from a backup knows how far it is. */
async function writePosition(tables: ClusterTables, layout: ClusterLayout, position: number): Promise<void> {
  const rows = layout.map((_, at) => `(${at}, ${position})`).join(', ')
  await tables.coordinator.write(`INSERT INTO ${tables.database}.${tables.face}_position_all VALUES ${rows}`)
}

/** The last change that every shard has taken up; 0 when one has taken up none. */
export async function readPosition(tables: ClusterTables, layout: ClusterLayout): Promise<number> {
  const rows = await tables.coordinator.read(
    `SELECT _shard_num AS shard, max(position) FROM ${tables.database}.${tables.face}_position_all GROUP BY shard`,
  )
  const reached = new Map(rows.map(([shard, position]) => [Number(shard), Number(position)]))
  return Math.min(...layout.map(({ shard }) => reached.get(shard) ?? 0))
}
