import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CodeRows } from './code-rows.ts'
import { type ScanJob, sliceOf } from './scan-job.ts'
import { ShardScanner } from './shard-scanner.ts'
import { type TopList, TopRows } from './top-rows.ts'

/** Scans on the calling thread, which turns to other work after each slice. */
export class ScanHere {
  readonly #rows: CodeRows
  readonly #scanners: ShardScanner[] = []

  constructor(rows: CodeRows) {
    this.#rows = rows
  }

  /** The best rows of each query. */
  async run(job: ScanJob): Promise<readonly TopList[]> {
    const tops = Array.from({ length: job.queries }, () => new TopRows(job.room))
    for (let number = 0, slice = sliceOf(job, 0); slice !== undefined; slice = sliceOf(job, number)) {
      if (number > 0) await nextTurn()
      this.#scanner(slice.shard).scan(job.kernel, slice, tops, job.floor)
      number += 1
    }
    return tops.map((top) => top.take())
  }

  #scanner(shard: number): ShardScanner {
    for (const { memory, layout } of this.#rows.shards.slice(this.#scanners.length)) {
      this.#scanners.push(new ShardScanner(memory, layout, this.#rows.layout, 0))
    }
    return this.#scanners[shard] as ShardScanner
  }
}
