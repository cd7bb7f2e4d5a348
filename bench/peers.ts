/**
 * The engine beside the face packages of npm: processor time, memory and error rates, each pipeline in a process
 * of its own, on the same photographs. First `npm ci --prefix bench/peers`, then `node bench/peers.ts`.
 * A whole run takes more than an hour; `--cache <folder>` keeps the templates, so that it can be stopped and
 * taken up again. `--limit <people>`, `--part speed|accuracy` and `--pipelines a,b` make it shorter.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { type Rate, wilson } from './peers/accuracy.ts'
import { type LfwTrials, readLfwTrials } from './peers/lfw-trials.ts'
import { peersInstalled } from './peers/pipeline.ts'
import { PIPELINES } from './peers/pipelines.ts'
import type { SpeedReport } from './peers/run-pipeline.ts'
import { type AccuracyReport, type Measure, runTrials } from './peers/search-trials.ts'
import { openTemplateCache } from './peers/template-cache.ts'

const DATA = resolve(import.meta.dirname, '..', '..', 'shared', 'data')
const CHILD = join(import.meta.dirname, 'peers', 'run-pipeline.ts')

const OURS = 'countenance'
/** Ours is of unit length, so both give the same; the peers are shown with their own distance and with the better one. */
const MEASURES: readonly Measure[] = ['distance', 'cosine']

/** One core, so that no pipeline gains by threads; where `taskset` is missing, only by their own settings. */
const ONE_CORE = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : []

async function runChild<Report>(words: readonly string[], prefix: readonly string[] = []): Promise<Report> {
  const [command = process.execPath, ...rest] = [...prefix, process.execPath, CHILD, ...words]
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((settle) => child.once('close', settle))
  const output = await text(child.stdout)
  if ((await ended) !== 0) throw new Error(`The pipeline ${words[0]} ended early.`)
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Report
}

async function reportSpeed(names: readonly string[]): Promise<void> {
  console.log('\nOne core, one thread, bytes to vector; processor time with all child processes, median of 5 rounds.')
  printRow([
    'pipeline',
    'photographs',
    'CPU ms/image',
    '(5 rounds)',
    'wall ms',
    'no template',
    'memory MB',
    'with children',
  ])
  for (const name of names) {
    const { series, ...memory } = await runChild<SpeedReport>([name, 'speed'], ONE_CORE)
    for (const { label, processor, rounds, wall, failures } of series) {
      const range = `${milliseconds(Math.min(...rounds))}-${milliseconds(Math.max(...rounds))}`
      const cells = [milliseconds(processor), range, milliseconds(wall), `${failures}`]
      printRow([name, label, ...cells, megabytes(memory.resident), megabytes(memory.residentTree)])
    }
  }
}

/** Once with the labels as they stand, once with plainly wrong ones set right: the templates are the same. */
async function reportAccuracy(names: readonly string[], folder: string, people: number): Promise<void> {
  const ids: Record<string, string> = {}
  for (const name of names) {
    ids[name] = (await runChild<{ readonly id: string }>([name, 'templates', folder, String(people)])).id
  }
  await reportSearches(ids, folder, await readLfwTrials(people), 'as labelled')
  await reportSearches(ids, folder, await readLfwTrials(people, true), 'wrong labels set right')
}

async function reportSearches(
  ids: Readonly<Record<string, string>>,
  folder: string,
  trials: LfwTrials,
  labels: string,
): Promise<void> {
  console.log(
    `\nLFW View 1 (development view), ${labels}: gallery ${trials.gallery.length} people, one photograph each; ` +
      `${trials.mated.length} mated and ${trials.nonMated.length} non-mated probes; ${trials.testPairs.length} test pairs.`,
  )
  console.log('Rates with 95 % intervals (Wilson); photographs without a template count as misses and empty lists.')
  printRow(['pipeline', 'no template', 'rank-1 miss', 'FNIR @ FPIR 10 %', 'FNIR @ FPIR 1 %', 'wrong pairs'], 24)
  const reports: { readonly name: string; readonly report: AccuracyReport }[] = []
  for (const [name, id] of Object.entries(ids)) {
    for (const measure of MEASURES) {
      const report = await runTrials(trials, await openTemplateCache(folder, id), measure)
      const rates = [report.failures, report.rankOneMiss, report.missAtFpir10, report.missAtFpir1, report.wrongPairs]
      printRow([`${name} ${measure}`, ...rates.map(rateText)], 24)
      reports.push({ name, report })
    }
  }
  reportRatio(reports)
}

/** How much more often the best peer, with the better of its two measures, misses than the product does, at the stricter threshold. */
function reportRatio(reports: readonly { readonly name: string; readonly report: AccuracyReport }[]): void {
  const ours = reports.find(({ name }) => name === OURS)
  const peers = reports.filter(({ name }) => name !== OURS)
  if (!ours || peers.length === 0) return
  const least = Math.min(...peers.map(({ report }) => report.missAtFpir1.count))
  const ratio = least / ours.report.missAtFpir1.count
  console.log(`At FPIR 1 % the best peer misses ${ratio.toFixed(1)} times as many mates as the engine.`)
}

function milliseconds(seconds: number): string {
  return (1000 * seconds).toFixed(1)
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}

function rateText(rate: Rate): string {
  const [low, high] = wilson(rate)
  return `${(100 * (rate.count / rate.of)).toFixed(2)} (${(100 * low).toFixed(1)}-${(100 * high).toFixed(1)})`
}

function printRow(cells: readonly string[], width = 16): void {
  console.log(cells.map((cell, place) => (place === 0 ? cell.padEnd(24) : cell.padStart(width))).join(''))
}

async function main(): Promise<void> {
  if (!existsSync(join(DATA, 'lfw-view1')) || !peersInstalled()) {
    console.log('Nothing to measure: it takes ../shared/data and `npm ci --prefix bench/peers`.')
    return
  }
  const { values } = parseArgs({
    options: {
      cache: { type: 'string' },
      limit: { type: 'string', default: 'Infinity' },
      part: { type: 'string' },
      pipelines: { type: 'string', default: Object.keys(PIPELINES).join(',') },
    },
  })
  const names = values.pipelines.split(',')
  const folder = values.cache ?? (await mkdtemp(join(tmpdir(), 'countenance-peers-')))
  console.log(
    `${new Date().toISOString().slice(0, 10)}, node ${process.version}, ${cpus()[0]?.model ?? 'processor'}, ${cpus().length} cores`,
  )
  try {
    if (values.part !== 'accuracy') await reportSpeed(names)
    if (values.part !== 'speed') await reportAccuracy(names, resolve(folder), Number(values.limit))
  } finally {
    if (values.cache === undefined) await rm(folder, { recursive: true })
  }
}

await main()
