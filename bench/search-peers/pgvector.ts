import { loadPeer, type PeerData, type PeerEngine, vectorAt } from './peer-engine.ts'

interface PGlite {
  exec(text: string): Promise<unknown>
  query(
    text: string,
    words: readonly unknown[],
    options?: { readonly blob: Blob },
  ): Promise<{ rows: { row: number }[] }>
  close(): Promise<void>
}

interface PGliteModule {
  readonly PGlite: { create(options: { readonly extensions: object }): Promise<PGlite> }
}

const PAGE = 2000

/** pgvector in PGlite (PostgreSQL in WebAssembly), in memory; vectors in the row, as its authors advise. */
export async function openPgvector(data: PeerData, search: 'flat' | 'hnsw'): Promise<PeerEngine> {
  const { vector } = loadPeer<{ readonly vector: object }>('@electric-sql/pglite-pgvector')
  const database = await loadPeer<PGliteModule>('@electric-sql/pglite').PGlite.create({ extensions: { vector } })
  await database.exec(`create extension vector;
    create table face (row int not null, vector vector(${data.dimension}) not null);
    alter table face alter column vector set storage plain;`)
  for (let first = 0; first < data.rows; first += PAGE) {
    const lines = Array.from({ length: Math.min(PAGE, data.rows - first) }, (_, at) => {
      return `${first + at}\t[${vectorAt(data, first + at).join(',')}]\n`
    })
    await database.query("copy face from '/dev/blob'", [], { blob: new Blob(lines) })
  }
  if (search === 'hnsw') {
    await database.exec(`set maintenance_work_mem = '512MB';
      create index on face using hnsw (vector vector_ip_ops) with (m = 16, ef_construction = 100);
      set hnsw.ef_search = 200; set enable_seqscan = off;`)
  }
  return {
    search: async (probe, count) => {
      const text = `select row from face order by vector <#> $1 limit ${count}`
      return (await database.query(text, [`[${probe.join(',')}]`])).rows.map(({ row }) => row)
    },
    close: () => database.close(),
  }
}
