import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fixedClock, type Outcome, type Problem } from '../base/index.ts'
import { createFakeEngine } from '../engine/index.ts'
import type { EmbeddedPhoto } from './embed-photos.ts'
import type { EvaluationReport } from './evaluation-report.ts'
import type { Groups } from './figures/searches.ts'
import type { LabelledPhoto, LabelledSet, PhotoRole } from './labelled-set.ts'
import { type EvaluationDeps, type EvaluationOptions, runEvaluation } from './run-evaluation.ts'

/** Files by path, written into a fresh folder that `remove` takes away. */
export async function temporaryFolder(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'countenance-evaluation-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), text)
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** So many people, each with so many photographs that the fake engine finds alike. */
export function peopleFiles(people: number, photos: number): Readonly<Record<string, string>> {
  const names = Array.from({ length: people }, (_, at) => `p${String(at).padStart(3, '0')}`)
  return Object.fromEntries(
    names.flatMap((name) => Array.from({ length: photos }, (_, at) => [`${name}/${at}.jpg`, `PERSON:${name}:${at}`])),
  )
}

export function photo(subject: string, name: string, role: PhotoRole = 'both', groups: Groups = {}): LabelledPhoto {
  return { file: `${subject}/${name}`, path: `/nowhere/${subject}/${name}`, subject, role, groups }
}

/** A photograph with a template; a null vector is a failure. */
export function embedded(subject: string, name: string, vector: readonly number[] | null): EmbeddedPhoto {
  return {
    photo: photo(subject, name),
    sha256: `${subject}/${name}`,
    vector: vector === null ? null : Float32Array.from(vector),
    failure: vector === null ? 'no_face' : null,
    severalFaces: false,
    measures: { quality: null, luminance: null },
  }
}

export function fakeDeps(): EvaluationDeps & { readonly engine: ReturnType<typeof createFakeEngine> } {
  return { engine: createFakeEngine(), clock: fixedClock('2026-01-02T03:04:05Z') }
}

export function good<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`)
}

export function problemOf(outcome: Outcome<unknown>): Problem {
  if (!outcome.ok) return outcome.problem
  throw new Error('It was expected to be refused.')
}

/** A set in memory whose photographs lie in a folder. */
export function setOf(folder: string, files: readonly string[], groups: (subject: string) => Groups = () => ({})) {
  const photos = files.map((file): LabelledPhoto => {
    const subject = dirname(file)
    return { file, path: join(folder, file), subject, role: 'both', groups: groups(subject) }
  })
  return { name: 'made-up', photos, problems: [] } satisfies LabelledSet
}

/** A report on made-up people, 60 unless told, two photographs each, half of them F. */
export async function madeUpReport(options: EvaluationOptions = {}, people = 60): Promise<EvaluationReport> {
  const files = peopleFiles(people, 2)
  const folder = await temporaryFolder(files)
  try {
    const sex = (subject: string): Groups => ({ sex: Number(subject.slice(1)) % 2 === 0 ? 'F' : 'M' })
    const set = setOf(folder.path, Object.keys(files), sex)
    return good(await runEvaluation(fakeDeps(), set, options))
  } finally {
    await folder.remove()
  }
}
