import { SingleBar } from 'cli-progress'
import type { Command } from 'commander'
import type { Actor } from '../access/index.ts'
import {
  enrolFolder,
  type FolderProgress,
  type FolderReport,
  type LineReport,
  listSources,
  registerSource,
} from '../gallery/index.ts'
import type { CliDeps, CliRooms } from './cli-deps.ts'
import { CliProblem, need, say } from './say.ts'
import { asPerson } from './sign-in-at-terminal.ts'

interface EnrolOptions {
  readonly user: string
  readonly source: string
  readonly csv?: string
  readonly legalBasis?: string
  readonly agencies?: string
}

/** `countenance enrol <folder>`: enrols a folder of booking photographs; run it again to go on where it stopped. */
export function addEnrolCommand(program: Command, deps: CliDeps): void {
  program
    .command('enrol')
    .description('enrol a folder of booking photographs listed in a CSV file; safe to repeat')
    .argument('<folder>', 'folder that holds the photographs')
    .requiredOption('--source <name>', 'authorised source the photographs come from')
    .requiredOption('--user <username>', 'your username (a gallery custodian)')
    .option('--csv <file>', 'list of bookings (default: bookings.csv in the folder)')
    .option('--legal-basis <text>', 'register the source first, with this legal basis')
    .option('--agencies <list>', 'when registering: ORIs of the agencies that may search it (default: every agency)')
    .action((folder: string, options: EnrolOptions) =>
      asPerson(deps, options.user, async (rooms, actor) => {
        const source = await findSource(rooms, actor, options)
        report(await enrolWithBar(rooms, actor, folder, source, options.csv))
      }),
    )
}

async function findSource(rooms: CliRooms, actor: Actor, options: EnrolOptions): Promise<string> {
  const sources = need(await listSources(rooms, actor))
  const known = sources.find((source) => source.name === options.source)
  if (known !== undefined) return known.id
  if (options.legalBasis !== undefined) {
    const input = { name: options.source, legalBasis: options.legalBasis, class: 'county_booking' } as const
    const agencies = options.agencies?.split(/[\s,]+/).filter((ori) => ori !== '')
    return need(await registerSource(rooms, actor, { ...input, ...(agencies && { agencies }) })).id
  }
  const names = sources.map((source) => `"${source.name}"`).join(', ') || 'none yet'
  throw new CliProblem({
    kind: 'refusal',
    code: 'source_unknown',
    message: `There is no authorised source named "${options.source}".`,
    remedy: `Use one of: ${names}; or register it with --legal-basis "...".`,
  })
}

async function enrolWithBar(
  rooms: CliRooms,
  actor: Actor,
  folder: string,
  source: string,
  csv: string | undefined,
): Promise<FolderReport> {
  const bar = new SingleBar({
    format: '{bar} {value} of {total}  enrolled {enrolled}, known {known}, refused {refused}  {eta_formatted} left',
    hideCursor: true,
  })
  const onProgress = (progress: FolderProgress) => {
    const counts = { enrolled: progress.enrolled, known: progress.known, refused: progress.refused }
    if (bar.getProgress() === 0) bar.start(progress.total, progress.done, counts)
    bar.update(progress.done, counts)
  }
  const input = csv === undefined ? { folder, source } : { folder, csv, source }
  const outcome = await enrolFolder(rooms, actor, input, onProgress)
  bar.stop()
  return need(outcome)
}

function report(folder: FolderReport): void {
  for (const line of folder.lines.filter(isRefused)) {
    const where = line.problem.where ?? `line ${line.line}`
    say(`${where}: ${line.problem.message} ${line.problem.remedy} (${line.problem.code})`)
  }
  say(`${folder.enrolled} enrolled, ${folder.known} known before, ${folder.refused} refused.`)
  if (folder.refused > 0) process.exitCode = 1
}

function isRefused(line: LineReport): line is Extract<LineReport, { state: 'refused' }> {
  return line.state === 'refused'
}
