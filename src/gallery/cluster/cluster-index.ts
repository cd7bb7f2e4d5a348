import type { ModelIdentity } from '../../engine/index.ts'
import type { CoarseAnswer, CoarseAsk, CoarseIndex, IndexChange, RowsDigest } from '../coarse-index.ts'
import { GalleryError } from '../gallery-error.ts'
import { checkVector } from '../usable-vector.ts'
import { applyPage, readPosition } from './apply-page.ts'
import { foldChanges } from './change-page.ts'
import { asGalleryError, type ClusterLayout, readLayout } from './cluster-layout.ts'
import { reachServer } from './cluster-server.ts'
import type { ClusterTables } from './cluster-tables.ts'
import { createFaceTables } from './create-face-tables.ts'
import { differingRows, type KnownRow } from './differing-rows.ts'
import { mergeShards } from './merge-shards.ts'
import { scanStatement } from './scan-statement.ts'
import { clusterScoreError } from './score-error.ts'

export interface ClusterOptions {
  /** The coordinator's HTTP address, as `https://coordinator.county.example:8443`. */
  readonly url: string
  /** The cluster's name in the coordinator's configuration. */
  readonly cluster: string
  /** Default `countenance`. */
  readonly database?: string
  readonly user?: string
  readonly password?: string
  readonly model: ModelIdentity
  /**
   * HTTP addresses of every replica of every shard, for a cluster without Keeper: tables are plain, and the adapter
   * changes each replica itself. Without it statements go `ON CLUSTER` and tables are replicated.
   */
  readonly replicas?: readonly string[]
  /** How long the disks may take to lose a removed template's bytes; default 120,000. */
  readonly removalPatienceMs?: number
  readonly fetch?: typeof fetch
}

export interface ShardCoverage {
  readonly shard: number
  /** `host:port` of its replicas. */
  readonly replicas: readonly string[]
  readonly rows: number
}

/** The rows of one model on a cluster of ClickHouse servers. `apply` is for one process at a time. */
export interface ClusterIndex extends CoarseIndex {
  /** How many rows each shard holds now. */
  coverage(): Promise<readonly ShardCoverage[]>
}

/** Queries in one statement: each adds about 6 bytes of text for a number. */
const QUERIES_PER_PASS = 16
const DEFAULT_PATIENCE_MS = 120_000

/**
 * Opens the rows of a model on a cluster and creates its tables where they are not there yet.
 * @throws GalleryError `shard_unavailable` naming who does not answer, `cluster_refused`
 */
export async function openClusterIndex(options: ClusterOptions): Promise<ClusterIndex> {
  const tables = tablesOf(options)
  const index = new OpenClusterIndex(tables)
  await index.prepare()
  return index
}

class OpenClusterIndex implements ClusterIndex {
  readonly #tables: ClusterTables
  readonly #table: string
  #layout: ClusterLayout = []

  constructor(tables: ClusterTables) {
    this.#tables = tables
    this.#table = `${tables.database}.${tables.face}_all`
  }

  async prepare(): Promise<void> {
    await this.#asked(async () => {
      this.#layout = await readLayout(this.#tables.coordinator, this.#tables.cluster)
      const addresses = this.#layout.flatMap(({ replicas }) => replicas).length
      const { replicas, cluster } = this.#tables
      if (replicas !== null && replicas.length !== addresses) {
        throw refused(`"${cluster}" has ${addresses} replicas, and ${replicas.length} addresses are given.`)
      }
      await createFaceTables(this.#tables)
    })
  }

  async position(): Promise<number> {
    return await this.#asked(() => readPosition(this.#tables, this.#layout))
  }

  async apply(changes: readonly IndexChange[]): Promise<void> {
    if (changes.length === 0) return
    await this.#asked(async () => {
      const position = await readPosition(this.#tables, this.#layout)
      const fresh = changes.filter(({ seq }) => seq > position)
      const page = foldChanges(fresh, this.#tables.dimension)
      if (page !== null) await applyPage(this.#tables, this.#layout, page)
    })
  }

  async scan(queries: readonly Float32Array[], ask: CoarseAsk): Promise<readonly CoarseAnswer[]> {
    const { dimension, coordinator } = this.#tables
    if (!Number.isInteger(ask.k) || ask.k < 1) throw new RangeError('A scan returns at least one row.')
    for (const query of queries) checkVector(query, dimension)
    const error = clusterScoreError(dimension)
    const answers: CoarseAnswer[] = []
    for (let from = 0; from < queries.length; from += QUERIES_PER_PASS) {
      const some = queries.slice(from, from + QUERIES_PER_PASS)
      const statement = scanStatement(this.#table, some, ask, error)
      const replies = await this.#asked(() => coordinator.read(statement))
      answers.push(...some.map((_, at) => mergeShards(replies, at, ask, error)))
    }
    return answers
  }

  async differing(rows: readonly KnownRow[]): Promise<readonly number[]> {
    return await this.#asked(() => differingRows(this.#tables, this.#layout, rows))
  }

  async digest(): Promise<RowsDigest> {
    const columns = 'count(), toString(sum(toUInt256(seq))), toString(sum(toUInt256(seq) * seq))'
    const rows = await this.#asked(() => this.#tables.coordinator.read(`SELECT ${columns} FROM ${this.#table}`))
    const [count, sum, squares] = rows[0] ?? []
    return { rows: Number(count), sum: BigInt(String(sum)), squares: BigInt(String(squares)) }
  }

  async coverage(): Promise<readonly ShardCoverage[]> {
    const statement = `SELECT _shard_num AS shard, count() FROM ${this.#table} GROUP BY shard`
    const rows = await this.#asked(() => this.#tables.coordinator.read(statement))
    const held = new Map(rows.map(([shard, count]) => [Number(shard), Number(count)]))
    return this.#layout.map((one) => ({ ...one, rows: held.get(one.shard) ?? 0 }))
  }

  /** Nothing is kept open between statements. */
  async close(): Promise<void> {}

  async #asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (failure) {
      throw await asGalleryError(failure, this.#tables.coordinator, this.#tables.cluster, this.#layout)
    }
  }
}

function tablesOf(options: ClusterOptions): ClusterTables {
  const { cluster, database = 'countenance', model } = options
  for (const name of [cluster, database]) {
    if (!/^[A-Za-z]\w*$/.test(name)) throw refused(`"${name}" is no name of letters, digits and underscores.`)
  }
  if (!/^[0-9a-f]{64}$/.test(model.sha256)) throw refused('A model is known by its SHA-256, 64 hex digits.')
  const access = { user: options.user ?? 'default', password: options.password ?? '', fetch: options.fetch ?? fetch }
  return {
    cluster,
    database,
    face: `face_${model.sha256.slice(0, 16)}`,
    dimension: model.dimension,
    coordinator: reachServer(options.url, access),
    replicas: options.replicas?.map((url) => reachServer(url, access)) ?? null,
    removalPatienceMs: options.removalPatienceMs ?? DEFAULT_PATIENCE_MS,
  }
}

function refused(message: string): GalleryError {
  return new GalleryError('cluster_refused', message)
}
