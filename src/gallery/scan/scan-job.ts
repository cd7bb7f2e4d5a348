import type { KernelName } from './kernels.ts'
import type { ShardSlice } from './shard-scanner.ts'

/** One pass over all rows for the queries that lie in every shard. */
export interface ScanJob {
  readonly kernel: KernelName
  /** At most `PASS_QUERIES`. */
  readonly queries: number
  /** Rows to collect for each query. */
  readonly room: number
  /** Rows with an upper bound below it are left out; minus infinity for none. */
  readonly floor: number
  readonly bitmap: ShardSlice['bitmap']
  /** Rows in each shard. */
  readonly counts: readonly number[]
  /** Rows in a full shard. */
  readonly shardRows: number
  /** Rows looked at without a pause. */
  readonly sliceRows: number
}

/** The slice of a job by its number, from 0; undefined when there are no more. */
export function sliceOf(job: ScanJob, number: number): (ShardSlice & { readonly shard: number }) | undefined {
  let left = number
  for (const [shard, rows] of job.counts.entries()) {
    const slices = Math.ceil(rows / job.sliceRows)
    if (left < slices) {
      const first = left * job.sliceRows
      const end = Math.min(rows, first + job.sliceRows)
      return { bitmap: job.bitmap, shard, first, end, from: shard * job.shardRows }
    }
    left -= slices
  }
  return undefined
}
