import { loadPeer, type PeerData, type PeerEngine, vectorAt } from './peer-engine.ts'

interface Query {
  distanceType(type: 'dot'): Query
  bypassVectorIndex(): Query
  nprobes(count: number): Query
  limit(count: number): Query
  select(columns: readonly string[]): Query
  toArray(): Promise<{ readonly row: number }[]>
}

interface Table {
  add(rows: readonly object[]): Promise<unknown>
  createIndex(column: string, options: { readonly config: unknown }): Promise<void>
  vectorSearch(vector: Float32Array): Query
  close(): void
}

interface LanceModule {
  connect(folder: string): Promise<{ createTable(name: string, rows: readonly object[]): Promise<Table> }>
  readonly Index: { ivfFlat(options: { readonly distanceType: 'dot' }): unknown }
}

const PAGE = 5000
/** Parts looked into, of about as many as the root of the rows: what it takes unless told otherwise. */
const PROBED = 20

export async function openLanceDb(data: PeerData, search: 'flat' | 'ivf'): Promise<PeerEngine> {
  const { connect, Index } = loadPeer<LanceModule>('@lancedb/lancedb')
  const page = (first: number) =>
    Array.from({ length: Math.min(PAGE, data.rows - first) }, (_, at) => {
      return { row: first + at, vector: [...vectorAt(data, first + at)] }
    })
  const table = await (await connect(data.folder)).createTable('face', page(0))
  for (let first = PAGE; first < data.rows; first += PAGE) await table.add(page(first))
  if (search === 'ivf') await table.createIndex('vector', { config: Index.ivfFlat({ distanceType: 'dot' }) })
  return {
    search: async (probe, count) => {
      const query = table.vectorSearch(probe).distanceType('dot').limit(count).select(['row', '_distance'])
      const rows = await (search === 'flat' ? query.bypassVectorIndex() : query.nprobes(PROBED)).toArray()
      return rows.map(({ row }) => Number(row))
    },
    close: async () => table.close(),
  }
}
