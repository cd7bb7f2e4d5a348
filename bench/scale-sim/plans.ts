import type { Chances, ClusterPlan, ShardRate } from './cluster-plan.ts'
import type { Measured } from './measured.ts'

export type Engine = 'embedded int8' | 'ClickHouse float32'

/** A line of the table. */
export interface Installation extends ClusterPlan {
  readonly engine: Engine
}

/** Numbers of a template of the product's own engine. */
export const TABLE_DIMENSION = 704

/** Assumed, not measured: one pass of a shard in 50 takes three times as long. All replicas up. */
export const TABLE_CHANCES: Chances = { availability: 1, stragglers: 0.02, stragglerFactor: 3 }

/** Gigabytes a second that a server with so many cores reads from memory; assumed, not measured. */
const BANDWIDTH = { 4: 25, 16: 50, 64: 200 } as const

/** Rows that a scanning thread takes at once; see src/gallery/scan. */
const EMBEDDED_SLICE_ROWS = 16_384
const EMBEDDED_RECORD_BYTES = TABLE_DIMENSION + 32

/** ClickHouse's merge_tree_min_bytes_for_concurrent_read: below it a thread more is not put to work. */
const CLICKHOUSE_THREAD_BYTES = 240 * 2 ** 20
const CLICKHOUSE_FACT_BYTES = 18

/** Beyond any lawful county gallery from here on. */
export const BEYOND_COUNTY_ROWS = 100_000_000

export const INSTALLATIONS: readonly Installation[] = [
  ...installations('embedded int8', 1_000_000, [1, 1, 4], [1, 2, 4]),
  ...installations('ClickHouse float32', 1_000_000, [2, 2, 16], [4, 2, 16]),
  ...installations('embedded int8', 10_000_000, [1, 1, 16], [1, 2, 16]),
  ...installations('ClickHouse float32', 10_000_000, [2, 2, 16], [4, 2, 16], [4, 3, 16]),
  ...installations('embedded int8', BEYOND_COUNTY_ROWS, [4, 2, 16], [4, 3, 16]),
  ...installations('ClickHouse float32', BEYOND_COUNTY_ROWS, [4, 2, 64], [16, 2, 16], [16, 3, 16]),
]

/** @param plans shards, replicas, cores of a server */
function installations(
  engine: Engine,
  rows: number,
  ...plans: readonly (readonly [number, number, keyof typeof BANDWIDTH])[]
): readonly Installation[] {
  return plans.map(([shards, replicas, cores]) => ({
    engine,
    rows,
    shards,
    replicas,
    cores,
    bandwidth: BANDWIDTH[cores],
  }))
}

/** The measured costs, brought to the numbers of a template that the table is for: time grows with the bytes. */
export function rateOf({ engine, shards }: Installation, { embedded, clickhouse }: Measured): ShardRate {
  if (engine === 'ClickHouse float32') {
    return {
      ...clickhouse,
      rowMicroseconds: (clickhouse.rowMicroseconds * TABLE_DIMENSION) / clickhouse.dimension,
      rowBytes: 4 * TABLE_DIMENSION + CLICKHOUSE_FACT_BYTES,
      coreBytes: CLICKHOUSE_THREAD_BYTES,
    }
  }
  return {
    ...embedded,
    rowMicroseconds: (embedded.rowMicroseconds * TABLE_DIMENSION) / embedded.dimension,
    // Several shards of codes would need a coordinator; ClickHouse's stands in for it.
    overheadMs: embedded.overheadMs + (shards > 1 ? clickhouse.overheadMs : 0),
    rowBytes: EMBEDDED_RECORD_BYTES,
    coreBytes: EMBEDDED_SLICE_ROWS * EMBEDDED_RECORD_BYTES,
  }
}
