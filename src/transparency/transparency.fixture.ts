import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor, Role } from '../access/index.ts'
import { fixedClock, type Outcome } from '../base/index.ts'
import { createFakeEngine } from '../engine/index.ts'
import { type EvaluationReport, readLabelledSet, runEvaluation } from '../evaluation/index.ts'

/** For tests: files in a fresh folder that `remove` takes away. */
export async function folderOf(
  files: Readonly<Record<string, string>>,
): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'countenance-transparency-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(path, name, '..'), { recursive: true })
    await writeFile(join(path, name), text)
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** A report as an evaluation writes it: 40 people, two photographs each, with the fake engine; read back from JSON. */
export async function reportOf(engine = createFakeEngine()): Promise<EvaluationReport> {
  const people = Array.from({ length: 40 }, (_, at) => `p${at}`)
  const photos = people.flatMap((name) =>
    ['a', 'b'].map((one) => [`${name}/${one}.jpg`, `PERSON:${name}:${one}`] as const),
  )
  const folder = await folderOf(Object.fromEntries(photos))
  try {
    const set = must(await readLabelledSet({ folder: folder.path }))
    const report = must(await runEvaluation({ engine, clock: fixedClock('2026-11-22T08:00:00Z') }, set, {}))
    return JSON.parse(JSON.stringify(report)) as EvaluationReport
  } finally {
    await folder.remove()
  }
}

export function person(name: string, ...roles: readonly Role[]): Actor {
  return { account: `acct_${name}`, agency: 'agcy_test', ori: 'CA0190000', name, roles }
}

export function must<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`)
}

/** A rate with an interval wide enough for anything. */
export function rate(errors: number, trials: number) {
  return { errors, trials, rate: trials === 0 ? null : errors / trials, low: 0, high: 1 }
}

/** The report with one field, named by its path, put to another value. */
export function changed(report: object, path: readonly (string | number)[], value: unknown): Record<string, unknown> {
  const copy = structuredClone(report) as Record<string, unknown>
  const last = path.at(-1) as string
  const parent = path.slice(0, -1).reduce<Record<string, unknown>>((part, key) => part[key] as typeof part, copy)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return copy
}
