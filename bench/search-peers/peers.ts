import { openLanceDb } from './lancedb.ts'
import type { PeerData, PeerEngine } from './peer-engine.ts'
import { openPgvector } from './pgvector.ts'
import { openSqliteVec } from './sqlite-vec.ts'
import { openUsearchExact, openUsearchGraph } from './usearch.ts'

export interface Peer {
  readonly package: string
  /** What it is set to. */
  readonly way: string
  /** The most rows it gets: more would take it minutes to load. */
  readonly mostRows: number
  /** Whether it finds only most of what it should: then it is asked about the second set too. */
  readonly approximate: boolean
  readonly open: (data: PeerData) => Promise<PeerEngine>
}

const EXACT = { mostRows: 100_000, approximate: false }
const APPROXIMATE = { mostRows: 100_000, approximate: true }
const GRAPH = { mostRows: 50_000, approximate: true }

/** The peers of the bench, by the names they are called with. */
export const PEERS: Readonly<Record<string, Peer>> = {
  'usearch-exact': { package: 'usearch', way: 'exactSearch, 1 thread', ...EXACT, open: openUsearchExact },
  'usearch-64': {
    ...{ package: 'usearch', way: 'HNSW M 16, ef 128/64, 1 thread', ...GRAPH },
    open: (data) => openUsearchGraph(data, 64),
  },
  'usearch-1024': {
    ...{ package: 'usearch', way: 'the same graph, ef 1024', ...GRAPH },
    open: (data) => openUsearchGraph(data, 1024),
  },
  'sqlite-vec': { package: 'sqlite-vec', way: 'vec0 in node:sqlite', ...EXACT, open: openSqliteVec },
  'lancedb-flat': {
    ...{ package: '@lancedb/lancedb', way: 'flat', ...EXACT },
    open: (data) => openLanceDb(data, 'flat'),
  },
  'lancedb-ivf': {
    ...{ package: '@lancedb/lancedb', way: 'IVF_FLAT, nprobes 20', ...APPROXIMATE },
    open: (data) => openLanceDb(data, 'ivf'),
  },
  'pgvector-flat': {
    ...{ package: '@electric-sql/pglite-pgvector', way: 'flat, in PGlite', ...EXACT, mostRows: 20_000 },
    open: (data) => openPgvector(data, 'flat'),
  },
  'pgvector-hnsw': {
    ...{ package: '@electric-sql/pglite-pgvector', way: 'HNSW m 16, ef 100/200, in PGlite' },
    ...{ ...APPROXIMATE, mostRows: 5000 },
    open: (data) => openPgvector(data, 'hnsw'),
  },
}
