import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { SingleBar } from 'cli-progress'
import type { Command } from 'commander'
import {
  type EvaluationProgress,
  type EvaluationReport,
  type LabelledSet,
  readLabelledSet,
  reportHtml,
  reportText,
  runEvaluation,
} from '../evaluation/index.ts'
import type { CliDeps } from './cli-deps.ts'
import { CliProblem, need, say } from './say.ts'

interface EvaluateOptions {
  readonly csv?: string
  readonly leftOut?: string
  readonly seed?: string
  readonly limit?: string
  readonly html?: string
  readonly json?: string
}

/** `countenance evaluate <folder>`: measures the engine on photographs whose people are known; touches no database. */
export function addEvaluateCommand(program: Command, deps: CliDeps): void {
  program
    .command('evaluate')
    .description('measure how accurate the engine is on photographs whose people are known')
    .argument('<folder>', 'a folder with one subfolder per person, or the photographs that --csv names')
    .option('--csv <file>', 'who each photograph shows: columns file, subject; role, sex, age, race beside')
    .option('--left-out <number>', 'people left out of the gallery as non-mates (default: 400, at most a quarter)')
    .option('--seed <number>', 'another draw of the people left out', '1')
    .option('--limit <number>', 'only the first so many people, for a quick trial')
    .option('--html <file>', 'write the report as a page')
    .option('--json <file>', 'write the report as data')
    .action((folder: string, options: EvaluateOptions) => evaluate(deps, folder, options))
}

async function evaluate(deps: CliDeps, folder: string, options: EvaluateOptions): Promise<void> {
  const { csv, html, json } = options
  const [leftOut, seed, limit] = [
    wholeNumber('--left-out', options.leftOut),
    wholeNumber('--seed', options.seed),
    wholeNumber('--limit', options.limit),
  ]
  for (const file of [html, json]) refuseUnwritable(file)
  const set = need(await readLabelledSet({ folder, ...(csv && { csv }), ...(limit && { limit }) }))
  sayProblems(set)
  const report = await runWithBar(deps, set, { ...(leftOut && { leftOut }), ...(seed && { seed }) })
  say(reportText(report))
  if (json !== undefined) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`, { flag: 'wx' })
  if (html !== undefined) await writeFile(html, reportHtml(report), { flag: 'wx' })
  for (const file of [json, html]) if (file !== undefined) say(`\nWritten: ${resolve(file)}`)
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new CliProblem({
    kind: 'refusal',
    code: 'number_unusable',
    message: `${option} is "${text}", which is no whole number from 1 on.`,
    remedy: `Write, for example, ${option} 100.`,
  })
}

/** Looked at first: nobody should wait for a report that cannot be written. */
function refuseUnwritable(file: string | undefined): void {
  if (file === undefined) return
  if (existsSync(file)) {
    throw new CliProblem({
      kind: 'refusal',
      code: 'file_exists',
      message: `The file ${file} exists already.`,
      remedy: 'Name another one; no report is overwritten.',
    })
  }
  if (existsSync(dirname(resolve(file)))) return
  throw new CliProblem({
    kind: 'failure',
    code: 'folder_missing',
    message: `There is no folder for the file ${file}.`,
    remedy: 'Make the folder first.',
  })
}

const PROBLEMS_SHOWN = 20

function sayProblems({ problems }: LabelledSet): void {
  for (const { where, message, remedy, code } of problems.slice(0, PROBLEMS_SHOWN)) {
    say(`${where ?? ''}: ${message} ${remedy} (${code})`)
  }
  if (problems.length > PROBLEMS_SHOWN) say(`... and ${problems.length - PROBLEMS_SHOWN} more.`)
  if (problems.length > 0) say()
}

const PHASES = { templates: 'photographs', searches: 'searches', comparisons: 'comparisons' } as const

async function runWithBar(
  deps: CliDeps,
  set: LabelledSet,
  options: { readonly leftOut?: number; readonly seed?: number },
): Promise<EvaluationReport> {
  const bar = new SingleBar({ format: '{bar} {value} of {total} {what}  {eta_formatted} left', hideCursor: true })
  let current: EvaluationProgress['phase'] | null = null
  const onProgress = ({ phase, done, total }: EvaluationProgress) => {
    if (phase !== current) bar.start(total, 0, { what: PHASES[phase] })
    current = phase
    bar.update(done)
  }
  const evaluation = await deps.openEvaluation()
  try {
    return need(await runEvaluation(evaluation, set, options, onProgress))
  } finally {
    bar.stop()
    await evaluation.close()
  }
}
