/**
 * The published accuracy figures: one against many and one against one on LFW View 1 (a development set: never the
 * final figure), as labelled and with plainly wrong labels set right, and FRLL among portraits of office holders.
 * `node bench/accuracy.ts [--write]`; with --write the reports become the model card's (src/transparency/reports).
 */
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { sha256Hex, systemClock } from '../src/base/index.ts'
import { type Engine, openEngine } from '../src/engine/index.ts'
import {
  bestAccuracy,
  type EvaluationOptions,
  type EvaluationReport,
  type LabelledSet,
  readLabelledSet,
  reportText,
  runEvaluation,
} from '../src/evaluation/index.ts'
import { frllOfficialsSet } from './accuracy/frll-officials.ts'
import { withLabelsSetRight } from './accuracy/lfw-labels.ts'

const REPOSITORY = resolve(import.meta.dirname, '..')
const DATA = resolve(REPOSITORY, '..', 'shared', 'data')
const LFW = join(DATA, 'lfw-view1')
const REPORTS = join(REPOSITORY, 'src', 'transparency', 'reports')

/** The engine with its templates kept: the same photograph is looked at once, however many sets it is in. */
function remembering(engine: Engine): Engine {
  const known = new Map<string, ReturnType<Engine['makeTemplate']>>()
  const makeTemplate: Engine['makeTemplate'] = (bytes, faceIndex) => {
    const key = `${sha256Hex(bytes)}/${faceIndex ?? ''}`
    const made = known.get(key) ?? engine.makeTemplate(bytes, faceIndex)
    known.set(key, made)
    return made
  }
  return { ...engine, makeTemplate }
}

async function evaluate(engine: Engine, set: LabelledSet, options: EvaluationOptions): Promise<EvaluationReport> {
  const report = await runEvaluation({ engine, clock: systemClock }, set, options)
  if (!report.ok) throw new Error(report.problem.message)
  console.log(`\n${reportText(report.value)}`)
  return report.value
}

interface Pair {
  readonly one: string
  readonly other: string
  readonly genuine: boolean
}

/** The pair lists of View 1: name and two numbers, or two names with a number each. */
async function readPairs(file: string): Promise<readonly Pair[]> {
  const photo = (name: string, number: string) => `${name}/${name}_${number.padStart(4, '0')}.jpg`
  const lines = (await readFile(join(LFW, file), 'utf8')).split(/\r?\n/).map((line) => line.split('\t'))
  return lines.flatMap(([a = '', b = '', c = '', d]): Pair[] => {
    if (c === '') return []
    if (d === undefined) return [{ one: photo(a, b), other: photo(a, c), genuine: true }]
    return [{ one: photo(a, b), other: photo(c, d), genuine: false }]
  })
}

async function pairScores(engine: Engine, pairs: readonly Pair[]) {
  const vectors = new Map<string, Float32Array | null>()
  for (const file of new Set(pairs.flatMap(({ one, other }) => [one, other]))) {
    vectors.set(file, await centralTemplate(engine, await readFile(join(LFW, 'images', file))))
  }
  const scores = { genuine: [] as number[], impostor: [] as number[], failures: 0 }
  for (const { one, other, genuine } of pairs) {
    const [first, second] = [vectors.get(one), vectors.get(other)]
    if (!first || !second) scores.failures += 1
    else scores[genuine ? 'genuine' : 'impostor'].push(first.reduce((sum, x, at) => sum + x * (second[at] ?? 0), 0))
  }
  return scores
}

/** View 1 puts the person meant in the middle of the photograph. */
async function centralTemplate(engine: Engine, bytes: Uint8Array): Promise<Float32Array | null> {
  const only = await engine.makeTemplate(bytes)
  if (only.ok) return only.value.vector
  if (only.problem.code !== 'many_faces') return null
  const seen = await engine.analyse(bytes)
  if (!seen.ok) return null
  const { width, height, faces } = seen.value
  const away = ({ box }: (typeof faces)[number]) =>
    Math.hypot(box.x + box.width / 2 - width / 2, box.y + box.height / 2 - height / 2)
  const [central] = [...faces].sort((one, other) => away(one) - away(other))
  const template = await engine.makeTemplate(bytes, central?.index ?? 0)
  return template.ok ? template.value.vector : null
}

async function verification(engine: Engine): Promise<void> {
  const train = await pairScores(engine, await readPairs('pairsDevTrain.txt'))
  const test = await pairScores(engine, await readPairs('pairsDevTest.txt'))
  const { threshold, test: found } = bestAccuracy(train, test)
  const share = (value: number | null) => ((value ?? Number.NaN) * 100).toFixed(2)
  console.log(
    `LFW View 1, threshold ${threshold.toFixed(3)} from ${train.genuine.length + train.impostor.length} training pairs: ` +
      `${share(found.rate)} % of ${found.trials} test pairs right (95 %: ${share(found.low)} to ${share(found.high)}); ` +
      `${train.failures + test.failures} pairs without a template.`,
  )
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
  if (!existsSync(LFW)) {
    console.log('The reference photographs (../shared/data) are not here, so there is nothing to measure.')
    return
  }
  const opened = await openEngine({
    weightsDir: join(REPOSITORY, '.countenance', 'weights'),
    workers: 2,
    decodeProcesses: 2,
  })
  const engine = remembering(opened)
  const read = await readLabelledSet({ folder: join(LFW, 'images') })
  if (!read.ok) throw new Error(read.problem.message)
  const lfw = { ...read.value, name: 'LFW View 1 (development set)' }
  const options = { leftOut: 400, seed: 1 }
  const reports = {
    'lfw-view1-as-labelled': await evaluate(engine, lfw, options),
    'lfw-view1-labels-set-right': await evaluate(engine, withLabelsSetRight(lfw), options),
    'studio-portraits-among-office-holders': await evaluate(engine, await frllOfficialsSet(DATA), { seed: 1 }),
  }
  await verification(engine)
  if (values.write) {
    for (const [name, report] of Object.entries(reports)) {
      await writeFile(join(REPORTS, `${name}.json`), `${JSON.stringify(report, null, 1)}\n`)
    }
  }
  await opened.close()
}

await main()
