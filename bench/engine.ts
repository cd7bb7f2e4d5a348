/**
 * How fast photographs become templates, on one core and one decode process. `node bench/engine.ts`
 */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { type Engine, EngineError, openEngine } from '../src/engine/index.ts'

const REPOSITORY = resolve(import.meta.dirname, '..')
const DATA = resolve(REPOSITORY, '..', 'shared', 'data')
const RUNS = 5
const IMAGES = 24
/** FRLL photographs enlarged to 1.5 megapixels, the size of a booking photograph. */
const BOOKING_EDGE = 1224

interface Series {
  readonly label: string
  readonly files: readonly Uint8Array[]
}

async function lfwSeries(): Promise<Series> {
  const folder = join(DATA, 'lfw-view1', 'images')
  const people = (await readdir(folder)).sort().slice(0, IMAGES)
  const files = people.map(async (person) => {
    const [file = ''] = (await readdir(join(folder, person))).sort()
    return readFile(join(folder, person, file))
  })
  return { label: 'LFW, 250 x 250', files: await Promise.all(files) }
}

async function bookingSeries(): Promise<Series> {
  const folder = join(DATA, 'frll-600')
  const names = (await readdir(folder)).filter((name) => name.endsWith('_03.jpg')).sort()
  const files: Uint8Array[] = []
  for (const name of names.slice(0, IMAGES)) {
    const image = sharp(join(folder, name)).resize(BOOKING_EDGE, BOOKING_EDGE)
    files.push(await image.jpeg({ quality: 90 }).toBuffer())
  }
  return { label: `FRLL, ${BOOKING_EDGE} x ${BOOKING_EDGE}`, files }
}

interface Measured {
  /** Milliseconds from bytes to template, one image. */
  readonly wall: number
  /** Milliseconds of processor time in the engine's own process, one image. */
  readonly processor: number
}

async function measure(engine: Engine, files: readonly Uint8Array[]): Promise<Measured> {
  const start = performance.now()
  const usage = process.cpuUsage()
  for (const bytes of files) await engine.makeTemplate(bytes, 0)
  const { user, system } = process.cpuUsage(usage)
  return { wall: (performance.now() - start) / files.length, processor: (user + system) / 1000 / files.length }
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

async function reportSeries(engine: Engine, { label, files }: Series): Promise<void> {
  await measure(engine, files.slice(0, 4))
  const runs: Measured[] = []
  for (let run = 0; run < RUNS; run += 1) runs.push(await measure(engine, files))
  const wall = median(runs.map((run) => run.wall))
  const least = Math.min(...runs.map((run) => run.wall))
  const processor = median(runs.map((run) => run.processor))
  const cells = [label.padEnd(20), (1000 / wall).toFixed(1), wall.toFixed(1), least.toFixed(1), processor.toFixed(1)]
  console.log(cells.map((cell) => cell.padStart(14)).join(''))
}

async function main(): Promise<void> {
  if (!existsSync(join(DATA, 'lfw-view1'))) {
    console.log('The reference photographs (../shared/data) are not here, so there is nothing to measure.')
    return
  }
  const engine = await openEngine({ weightsDir: join(REPOSITORY, '.countenance', 'weights') })
  const [processor] = cpus()
  console.log(
    `${new Date().toISOString().slice(0, 10)}, node ${process.version}, ${processor?.model ?? 'processor'}, ${cpus().length} cores`,
  )
  console.log(`Median of ${RUNS} runs over ${IMAGES} photographs, one after another.`)
  console.log(
    ['photographs'.padEnd(20), 'images/s', 'ms', 'ms, best run', 'ms, own CPU']
      .map((cell) => cell.padStart(14))
      .join(''),
  )
  for (const series of [await lfwSeries(), await bookingSeries()]) await reportSeries(engine, series)
  console.log(`Resident memory of the engine's process: ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`)
  await engine.close()
}

await main().catch((error: unknown) => {
  if (!(error instanceof EngineError)) throw error
  console.error(error.message)
  process.exitCode = 1
})
