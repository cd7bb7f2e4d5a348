/**
 * Published figures on consenting adults: each smiling photograph (61) is searched against the
 * neutral ones (61) and 584 portraits of other people. `node bench/frll.ts`
 */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Engine, EngineError, expectedFalseCandidates, openEngine, SIMILARITY_FLOOR } from '../src/engine/index.ts'

const REPOSITORY = resolve(import.meta.dirname, '..')
const DATA = resolve(REPOSITORY, '..', 'shared', 'data')

interface Enrolled {
  readonly name: string
  readonly vector: Float32Array
}

/** Templates of every photograph that has one; the others are named with the reason. */
async function enrol(
  engine: Engine,
  folder: string,
  files: readonly string[],
  failures: string[],
): Promise<Enrolled[]> {
  const enrolled: Enrolled[] = []
  for (const name of files) {
    const bytes = await readFile(join(DATA, folder, name))
    const first = await engine.makeTemplate(bytes)
    const several = !first.ok && first.problem.code === 'many_faces'
    const template = several ? await engine.makeTemplate(bytes, await largestFace(engine, bytes)) : first
    if (template.ok) enrolled.push({ name, vector: template.value.vector })
    else failures.push(`${name}: ${template.problem.code}`)
  }
  return enrolled
}

async function largestFace(engine: Engine, bytes: Uint8Array): Promise<number> {
  const analysis = await engine.analyse(bytes)
  const faces = analysis.ok ? [...analysis.value.faces] : []
  return faces.sort((one, other) => other.box.width - one.box.width)[0]?.index ?? 0
}

function cosine(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0)
}

/** Wilson's 95 % interval of a share. */
function wilson(count: number, of: number): readonly [number, number] {
  const z = 1.959964
  const share = count / of
  const middle = share + (z * z) / (2 * of)
  const half = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  const scale = 1 + (z * z) / of
  return [(middle - half) / scale, Math.min(1, (middle + half) / scale)]
}

/** What came of one search: the best score of the probe's own person, and the scores of all others. */
interface Searched {
  readonly mate: number
  readonly others: readonly number[]
}

function search(probe: Enrolled, gallery: readonly Enrolled[]): Searched {
  const isMate = ({ name }: Enrolled) => /^\d/.test(name) && name.slice(0, 3) === probe.name.slice(0, 3)
  const scores = (entries: readonly Enrolled[]) => entries.map((entry) => cosine(probe.vector, entry.vector))
  return {
    mate: Math.max(...scores(gallery.filter(isMate))),
    others: scores(gallery.filter((entry) => !isMate(entry))),
  }
}

function report(probes: readonly Enrolled[], gallery: readonly Enrolled[], failures: readonly string[]): void {
  const searches = probes.map((probe) => search(probe, gallery))
  const first = searches.filter(({ mate, others }) => mate > Math.max(...others)).length
  const mates = searches.map(({ mate }) => mate).sort((one, other) => one - other)
  const others = searches.flatMap((searched) => searched.others)
  const listed = others.filter((score) => score >= SIMILARITY_FLOOR).length
  const expected = expectedFalseCandidates(SIMILARITY_FLOOR, gallery.length - 1).expected * probes.length
  const [low, high] = wilson(first, probes.length)
  const share = (first / probes.length).toFixed(4)
  const lines = [
    ['searches', `${probes.length} smiling probes against ${gallery.length} people`],
    ['mate at rank 1', `${first} = ${share} (95 % interval ${low.toFixed(4)} to ${high.toFixed(4)})`],
    ['mate score', `least ${mates[0]?.toFixed(3)}, median ${mates[Math.floor(mates.length / 2)]?.toFixed(3)}`],
    ['greatest non-mate score', Math.max(...others).toFixed(3)],
    [`non-mates from ${SIMILARITY_FLOOR} on`, `${listed} in all (the calibration expects ${expected.toFixed(0)})`],
    ['failures to enrol', failures.length === 0 ? 'none' : failures.join('; ')],
  ]
  for (const [label = '', value = ''] of lines) console.log(`${label.padEnd(28)} ${value}`)
}

async function main(): Promise<void> {
  if (!existsSync(join(DATA, 'frll-600'))) {
    console.log('The reference photographs (../shared/data) are not here, so there is nothing to measure.')
    return
  }
  const engine = await openEngine({ weightsDir: join(REPOSITORY, '.countenance', 'weights') })
  const failures: string[] = []
  const faces = (await readdir(join(DATA, 'frll-600'))).filter((name) => name.endsWith('.jpg')).sort()
  const officials = (await readdir(join(DATA, 'us-officials-256'))).filter((name) => name.endsWith('.jpg')).sort()
  const neutral = await enrol(
    engine,
    'frll-600',
    faces.filter((name) => name.includes('_03')),
    failures,
  )
  const others = await enrol(engine, 'us-officials-256', officials, failures)
  const probes = await enrol(
    engine,
    'frll-600',
    faces.filter((name) => name.includes('_08')),
    failures,
  )
  console.log(
    `${new Date().toISOString().slice(0, 10)}, node ${process.version}, engine ${engine.model.id} ${engine.model.sha256.slice(0, 12)}`,
  )
  report(probes, [...neutral, ...others], failures)
  await engine.close()
}

await main().catch((error: unknown) => {
  if (!(error instanceof EngineError)) throw error
  console.error(error.message)
  process.exitCode = 1
})
