import { DatabaseSync } from 'node:sqlite'
import { loadPeer, type PeerData, type PeerEngine, vectorAt } from './peer-engine.ts'

/** sqlite-vec in the SQLite of Node itself, in memory: compares every row, it has no other way. */
export async function openSqliteVec(data: PeerData): Promise<PeerEngine> {
  const database = new DatabaseSync(':memory:', { allowExtension: true })
  database.loadExtension(loadPeer<{ getLoadablePath(): string }>('sqlite-vec').getLoadablePath())
  database.exec(`create virtual table face using vec0 (vector float[${data.dimension}] distance_metric=cosine)`)
  const insert = database.prepare('insert into face (rowid, vector) values (?, ?)')
  database.exec('begin')
  for (let row = 0; row < data.rows; row += 1) insert.run(BigInt(row), new Uint8Array(vectorAt(data, row).buffer))
  database.exec('commit')
  const select = database.prepare('select rowid as row from face where vector match ? and k = ? order by distance')
  return {
    search: async (probe, count) => {
      const rows = select.all(new Uint8Array(probe.slice().buffer), count) as { readonly row: number }[]
      return rows.map(({ row }) => Number(row))
    },
    close: async () => database.close(),
  }
}
