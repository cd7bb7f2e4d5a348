/**
 * Accuracy against degradation, as curves: probes made worse in graded steps are searched against
 * galleries of good photographs. The threshold is fixed once, on probes left as they are.
 * `node bench/degradation.ts [--probes 400] [--gallery 5000] [--set frll] [--only resolution,cctv]`
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  DEGRADATIONS,
  type DegradationStep,
  type Degrader,
  type Engine,
  EngineError,
  type FaceTemplate,
  openDegrader,
  openEngine,
} from '../src/engine/index.ts'
import { DATA, frllTrials, lfwTrials, type Photograph, type Trials } from './degradation/trials.ts'

const REPOSITORY = resolve(import.meta.dirname, '..')
const TARGET_FPIR = 0.01
const AT_ONCE = 4

/** The template of the one face meant: where there are several, the large one near the middle. */
async function templateOf(engine: Engine, bytes: Uint8Array): Promise<FaceTemplate | undefined> {
  const first = await engine.makeTemplate(bytes)
  if (first.ok) return first.value
  if (first.problem.code !== 'many_faces') return undefined
  const analysis = await engine.analyse(bytes)
  if (!analysis.ok) return undefined
  const { faces, width, height } = analysis.value
  const standing = ({ box }: (typeof faces)[number]) => {
    return box.width - Math.hypot(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2)
  }
  const [meant] = [...faces].sort((one, other) => standing(other) - standing(one))
  const chosen = await engine.makeTemplate(bytes, meant?.index ?? 0)
  return chosen.ok ? chosen.value : undefined
}

/** What `work` gives for each item, a few at once, in order. */
async function forEach<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const few = items.slice(from, from + AT_ONCE)
    results.push(...(await Promise.all(few.map((item, place) => work(item, from + place)))))
  }
  return results
}

interface Enrolled {
  readonly person: string
  readonly vector: Float32Array
}

/** The score of the probe's own person and the best of all others; -1 where there is none. */
function search(person: string, vector: Float32Array, gallery: readonly Enrolled[]) {
  const best = { mate: -1, other: -1 }
  for (const entry of gallery) {
    const score = vector.reduce((sum, value, place) => sum + value * (entry.vector[place] ?? 0), 0)
    const kind = entry.person === person ? 'mate' : 'other'
    best[kind] = Math.max(best[kind], score)
  }
  return best
}

/** Candidates count above this: the least score that so few non-mated searches exceed. */
function thresholdAt(fpir: number, bestScores: readonly number[]): number {
  const falling = [...bestScores].sort((one, other) => other - one)
  return falling[Math.floor(fpir * falling.length)] ?? -1
}

/** Wilson's 95 % interval of a share. */
function wilson(count: number, of: number): string {
  const z = 1.959964
  const middle = count / of + (z * z) / (2 * of)
  const half = z * Math.sqrt((count / of) * (1 - count / of) * (1 / of) + (z * z) / (4 * of * of))
  const [low, high] = [middle - half, middle + half].map((value) =>
    Math.max(0, Math.min(1, value / (1 + (z * z) / of))),
  )
  return `${(count / of).toFixed(4)} (${low?.toFixed(3)}-${high?.toFixed(3)})`
}

interface Setting {
  readonly engine: Engine
  readonly degrader: Degrader
  readonly gallery: readonly Enrolled[]
  readonly threshold: number
}

interface Probe extends Photograph {
  readonly bytes: Uint8Array
  /** Absent when no template can be made even of the photograph as it is. */
  readonly template: FaceTemplate | undefined
}

/** One line of the table: all probes at one step, or as they are. */
async function measure(setting: Setting, probes: readonly Probe[], what?: Omit<DegradationStep, 'seed'>) {
  const searches = await forEach(probes, async ({ person, bytes, template }, seed) => {
    if (!template) return undefined
    if (!what) return search(person, template.vector, setting.gallery)
    const file = await setting.degrader.degrade(bytes, template.face, { ...what, seed })
    const made = file.ok ? await templateOf(setting.engine, file.value) : undefined
    return made && search(person, made.vector, setting.gallery)
  })
  const count = (missed: (found: NonNullable<(typeof searches)[number]>) => boolean) => {
    return searches.filter((found) => found === undefined || missed(found)).length
  }
  const rates = [count(() => false), count(({ mate, other }) => mate <= other)]
  return [...rates, count(({ mate }) => mate <= setting.threshold)].map((value) => wilson(value, probes.length))
}

async function reportTrials(
  engine: Engine,
  degrader: Degrader,
  trials: Trials,
  only: readonly string[],
): Promise<void> {
  const enrol = async ({ person, path }: Photograph): Promise<readonly Enrolled[]> => {
    const template = await templateOf(engine, await readFile(path))
    return template ? [{ person, vector: template.vector }] : []
  }
  const gallery = (await forEach(trials.gallery, enrol)).flat()
  const strangers = trials.nonMated === trials.gallery ? gallery : (await forEach(trials.nonMated, enrol)).flat()
  // A non-mated search whose probe fails to enrol is an empty list.
  const empty = Array<number>(trials.nonMated.length - strangers.length).fill(-1)
  const bestScores = strangers.map(({ person, vector }) => search(person, vector, gallery).other)
  const threshold = thresholdAt(TARGET_FPIR, [...bestScores, ...empty])
  const probes = await forEach(trials.mated, async (photograph) => {
    const bytes = await readFile(photograph.path)
    return { ...photograph, bytes, template: await templateOf(engine, bytes) }
  })
  console.log(
    `\n${trials.title}: ${gallery.length} people enrolled (${trials.gallery.length - gallery.length} failed),`,
  )
  console.log(
    `${probes.length} mated probes, ${trials.nonMated.length} non-mated; cosine above ${threshold.toFixed(3)}`,
  )
  printRow('degradation', 'step', ['failed to enrol', 'rank-1 miss', 'FNIR at FPIR 1 %'])
  const setting = { engine, degrader, gallery, threshold }
  printRow('none', '-', await measure(setting, probes))
  for (const { code, steps } of DEGRADATIONS.filter((row) => only.length === 0 || only.includes(row.code))) {
    for (const step of steps) printRow(code, `${step}`, await measure(setting, probes, { code, step }))
  }
}

function printRow(name: string, step: string, cells: readonly string[]): void {
  console.log([name.padEnd(15), step.padStart(6), ...cells.map((cell) => cell.padStart(24))].join(''))
}

async function main(): Promise<void> {
  const text = { type: 'string', default: '' } as const
  const options = { probes: { ...text, default: '400' }, gallery: { ...text, default: '5000' }, set: text, only: text }
  const { values } = parseArgs({ options })
  const limits = [Number(values.probes), Number(values.gallery)] as const
  if (!limits.every((limit) => Number.isInteger(limit) && limit > 0)) {
    console.error('--probes and --gallery take whole numbers from 1 on.')
    process.exitCode = 1
    return
  }
  if (!existsSync(join(DATA, 'lfw-view1'))) {
    console.log('The reference photographs (../shared/data) are not here, so there is nothing to measure.')
    return
  }
  const engine = await openEngine({ weightsDir: join(REPOSITORY, '.countenance', 'weights') })
  const degrader = openDegrader()
  console.log(`${new Date().toISOString().slice(0, 10)}, node ${process.version}, engine ${engine.model.id}`)
  console.log('Each share with its 95 % interval (Wilson); a probe that fails to enrol is missed.')
  for (const [name, make] of Object.entries({ frll: frllTrials, lfw: lfwTrials })) {
    if (values.set !== '' && values.set !== name) continue
    await reportTrials(engine, degrader, await make(...limits), values.only.split(',').filter(Boolean))
  }
  degrader.close()
  await engine.close()
}

await main().catch((error: unknown) => {
  if (!(error instanceof EngineError)) throw error
  console.error(error.message)
  process.exitCode = 1
})
