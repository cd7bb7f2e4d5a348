import { readFileSync, writeFileSync } from 'node:fs'

/** What a search costs, of processor time, as measured. */
export interface MeasuredCost {
  /** Numbers of a template. */
  readonly dimension: number
  /** Microseconds of one core for a row, without what does not grow with the rows. */
  readonly rowMicroseconds: number
  /** Milliseconds that do not grow with the rows. */
  readonly overheadMs: number
  /** Standard deviation of the logarithm of what passed for a search, other work on the machine included. */
  readonly spread: number
}

/** A prediction beside what was measured, both milliseconds. */
export interface Comparison {
  readonly what: string
  readonly predicted: number
  readonly measured: number
}

/** The constants that the table follows from, and how well the model foretold the real cluster. */
export interface Measured {
  /** ISO day. */
  readonly date: string
  readonly machine: string
  /** Load average of the last five minutes of the run: above the cores, other work took its part. */
  readonly load: number
  readonly command: string
  readonly embedded: MeasuredCost
  readonly clickhouse: MeasuredCost
  readonly comparisons: readonly Comparison[]
  /** What the cluster said to a search without one of its shards. */
  readonly shardEnded: string
}

const FILE = new URL('measured.json', import.meta.url)

/** The constants of the last run that was written. @throws Error when there is none */
export function readMeasured(): Measured {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Measured
}

export function writeMeasured(measured: Measured): void {
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)
  writeFileSync(FILE, `${JSON.stringify(measured, rounded, 2)}\n`)
}
