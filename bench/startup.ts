/**
 * Start-up: from an empty data folder (sample county loaded) and again on the same data, until the console answers.
 * Run: node bench/startup.ts. Prints milliseconds, median of three.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '../test/running-server.ts'

const ROUNDS = 3

async function timeStart(folder: string): Promise<number> {
  const before = performance.now()
  const server = await startServer({ COUNTENANCE_DATA: folder })
  await fetch(`${server.url}/health`)
  const took = performance.now() - before
  await server.kill('SIGTERM')
  return took
}

const first: number[] = []
const second: number[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  const folder = await mkdtemp(join(tmpdir(), 'countenance-startup-'))
  first.push(await timeStart(folder))
  second.push(await timeStart(folder))
  await rm(folder, { recursive: true, force: true })
}

console.log(
  `start-up, median of ${ROUNDS}; ${cpus().length} x ${cpus()[0]?.model}; Node ${process.version}; ${new Date().toISOString().slice(0, 10)}`,
)
console.log(`first start, sample county loaded  ${median(first)} ms`)
console.log(`second start on the same data      ${median(second)} ms`)

function median(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0)
}
