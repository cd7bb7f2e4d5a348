/**
 * One pipeline in a process of its own, so that its processor time and memory are its own. Started by
 * `bench/peers.ts`: `run-pipeline.ts <pipeline> speed` or `<pipeline> templates <cache> [people]`.
 */
import sharp from 'sharp'
import { readLfwTrials, readPhotograph } from './lfw-trials.ts'
import type { Pipeline } from './pipeline.ts'
import { PIPELINES } from './pipelines.ts'
import { treeUse } from './process-tree.ts'
import { speedSeries } from './speed-photographs.ts'
import { openTemplateCache } from './template-cache.ts'

const ROUNDS = 5

export interface SpeedReport {
  readonly series: readonly {
    readonly label: string
    /** Seconds of processor time for one photograph, from bytes to vector: the median round and all of them. */
    readonly processor: number
    readonly rounds: readonly number[]
    /** Seconds that passed for one photograph, median round. */
    readonly wall: number
    readonly failures: number
  }[]
  /** Bytes in memory after the last round: of the process, and with its children (pages they share count twice). */
  readonly resident: number
  readonly residentTree: number
}

async function measureSpeed(pipeline: Pipeline): Promise<SpeedReport> {
  const series: SpeedReport['series'][number][] = []
  for (const { label, files } of await speedSeries()) {
    for (const bytes of files.slice(0, 4)) await pipeline.vectorOf(bytes)
    const rounds: Awaited<ReturnType<typeof measureRound>>[] = []
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureRound(pipeline, files))
    const processor = rounds.map((round) => round.processor)
    const wall = median(rounds.map((round) => round.wall))
    series.push({ label, processor: median(processor), rounds: processor, wall, failures: rounds[0]?.failures ?? 0 })
  }
  return { series, resident: process.memoryUsage.rss(), residentTree: treeUse().resident }
}

async function measureRound(pipeline: Pipeline, files: readonly Uint8Array[]) {
  const before = treeUse()
  const start = performance.now()
  let failures = 0
  for (const bytes of files) if (!(await pipeline.vectorOf(bytes))) failures += 1
  const wall = (performance.now() - start) / 1000 / files.length
  return { wall, processor: (treeUse().processor - before.processor) / files.length, failures }
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

async function makeTemplates(pipeline: Pipeline, folder: string, people: number): Promise<{ readonly id: string }> {
  const { files } = await readLfwTrials(people)
  const cache = await openTemplateCache(folder, pipeline.id)
  let made = 0
  for (const [place, file] of files.entries()) {
    const bytes = await readPhotograph(file)
    if (cache.has(bytes)) continue
    await cache.write(bytes, await pipeline.vectorOf(bytes))
    made += 1
    if (made % 250 === 0) console.error(`${pipeline.id}: ${place + 1} of ${files.length} photographs`)
  }
  return { id: pipeline.id }
}

async function main(): Promise<void> {
  const [name = '', task = '', folder = '', people = 'Infinity'] = process.argv.slice(2)
  const open = PIPELINES[name]
  if (!open) throw new RangeError(`No pipeline is called ${name}.`)
  sharp.concurrency(1)
  const pipeline = await open()
  const report = task === 'speed' ? await measureSpeed(pipeline) : await makeTemplates(pipeline, folder, Number(people))
  await pipeline.close()
  console.log(JSON.stringify(report))
}

await main()
