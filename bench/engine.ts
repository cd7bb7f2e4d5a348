/**
 * How fast photographs become templates, what the engine holds in memory, and whether that grows.
 * `node bench/engine.ts [--soak 10000] [--workers n]`; start it under `taskset -c 0` to measure one core.
 */
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Engine, EngineError, openEngine } from '../src/engine/index.ts'
import { treeUse } from './peers/process-tree.ts'
import { speedSeries } from './peers/speed-photographs.ts'

const REPOSITORY = resolve(import.meta.dirname, '..')
const DATA = resolve(REPOSITORY, '..', 'shared', 'data')
const ROUNDS = 5
/** Photographs asked for at once, so that one is decoded while another is looked at. */
const AT_ONCE = 4
const SOAK_STEP = 1000

interface Round {
  /** Milliseconds that passed for one photograph, bytes to template, one after another. */
  readonly single: number
  /** Milliseconds for one of a batch. */
  readonly batch: number
  /** Milliseconds of processor time for one of a batch, decode processes included. */
  readonly processor: number
}

async function measureRound(engine: Engine, files: readonly Uint8Array[]): Promise<Round> {
  const singles: number[] = []
  for (const bytes of files) {
    const start = performance.now()
    await engine.makeTemplate(bytes, 0)
    singles.push(performance.now() - start)
  }
  const start = performance.now()
  const before = treeUse()
  await inBatches(engine, files)
  const processor = (1000 * (treeUse().processor - before.processor)) / files.length
  return { single: median(singles), batch: (performance.now() - start) / files.length, processor }
}

async function inBatches(engine: Engine, files: readonly Uint8Array[]): Promise<void> {
  const waiting = [...files]
  const work = async () => {
    for (let bytes = waiting.pop(); bytes !== undefined; bytes = waiting.pop()) await engine.makeTemplate(bytes, 0)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

async function reportSeries(engine: Engine, label: string, files: readonly Uint8Array[]): Promise<void> {
  await measureRound(engine, files.slice(0, 4))
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureRound(engine, files))
  const middle = (read: (round: Round) => number) => median(rounds.map(read))
  const least = Math.min(...rounds.map((round) => round.processor))
  const processor = middle((round) => round.processor)
  const cells = [1000 / processor, processor, least, middle((round) => round.batch), middle((round) => round.single)]
  console.log([label.padEnd(22), ...cells.map((cell) => cell.toFixed(1).padStart(12))].join(''))
}

/** The same photographs again and again; memory that is lost would add up. */
async function soak(engine: Engine, files: readonly Uint8Array[], images: number): Promise<void> {
  console.log(`\nMemory over ${images} photographs: resident megabytes of the engine's process, and with its children.`)
  for (let done = 0; done < images; done += SOAK_STEP) {
    for (let made = 0; made < SOAK_STEP; made += files.length) await inBatches(engine, files)
    const { residentTree } = memory()
    console.log(`${String(done + SOAK_STEP).padStart(7)}  ${memory().resident}  ${residentTree}`)
  }
}

function memory(): { readonly resident: number; readonly residentTree: number } {
  const megabytes = (bytes: number) => Math.round(bytes / 1e6)
  return { resident: megabytes(process.memoryUsage.rss()), residentTree: megabytes(treeUse().resident) }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { soak: { type: 'string', default: '0' }, workers: { type: 'string', default: '1' } },
  })
  if (!existsSync(join(DATA, 'lfw-view1'))) {
    console.log('The reference photographs (../shared/data) are not here, so there is nothing to measure.')
    return
  }
  const workers = Number(values.workers)
  const weightsDir = join(REPOSITORY, '.countenance', 'weights')
  const engine = await openEngine({ weightsDir, workers, decodeProcesses: workers })
  const [processor] = cpus()
  const day = new Date().toISOString().slice(0, 10)
  console.log(`${day}, node ${process.version}, ${processor?.model ?? 'processor'}, ${cpus().length} cores`)
  console.log(`${engine.model.id}, ${workers} thread(s) and decode process(es); medians of ${ROUNDS} rounds.`)
  const heads = ['img/s a core', 'CPU ms', 'CPU ms best', 'batch ms', 'single p50']
  console.log(['photographs'.padEnd(22), ...heads.map((head) => head.padStart(12))].join(''))
  const series = await speedSeries()
  for (const { label, files } of series) await reportSeries(engine, label, files)
  const { resident, residentTree } = memory()
  console.log(`Resident: ${resident} MB; with decode processes, shared pages divided: ${residentTree} MB.`)
  if (Number(values.soak) > 0) await soak(engine, series[0]?.files ?? [], Number(values.soak))
  await engine.close()
}

await main().catch((error: unknown) => {
  if (!(error instanceof EngineError)) throw error
  console.error(error.message)
  process.exitCode = 1
})
