import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Actor } from '../access/index.ts'
import { searchableSources } from '../gallery/index.ts'
import { type Probe, type RequestInput, receiveProbe, submitRequest } from '../intake/index.ts'
import { decideRequest, permitFor, readDecision } from '../policy/index.ts'
import { runSearch, searchSummary } from '../search/index.ts'
import type { CliDeps, CliRooms } from './cli-deps.ts'
import { CliProblem, need, say } from './say.ts'
import { FILTER_NOTE, filterOf } from './search-filter.ts'
import { asPerson } from './sign-in-at-terminal.ts'

interface SearchOptions {
  readonly user: string
  readonly case?: string
  readonly crime?: string
  readonly purpose: string
  readonly predicate: string
  readonly narrative?: string
  readonly beneficiary?: string
  readonly probeSource: string
  readonly basis: string
  readonly from?: string
  readonly depicts: string
  readonly attest?: boolean
  readonly face?: string
  readonly limit: string
  readonly source?: readonly string[]
  readonly bookedFrom?: string
  readonly bookedTo?: string
  readonly sex?: readonly string[]
  readonly age?: string
}

/** `countenance search <photo>`: files a request, has it decided, and runs it if policy permits. */
export function addSearchCommand(program: Command, deps: CliDeps): void {
  program
    .command('search')
    .description('file a request with a probe photograph; policy decides before anything is compared')
    .argument('<photo>', 'probe photograph, JPEG or PNG')
    .requiredOption('--user <username>', 'your username (an investigator)')
    .option('--case <number>', 'case number of your agency')
    .option('--crime <code>', 'UCR offence code, such as ROBBERY')
    .option('--purpose <code>', 'investigate_crime, imminent_threat or person_unable', 'investigate_crime')
    .option('--predicate <code>', 'reasonable_suspicion, probable_cause, emergency or court_order', 'none')
    .option('--narrative <text>', 'why this search serves the case')
    .option('--beneficiary <ori>', 'ORI of the agency the search is for (default: your own)')
    .option(
      '--probe-source <code>',
      'cctv, body_camera, phone, social_media, document_photo, deceased or other',
      'other',
    )
    .option('--basis <code>', 'how the photograph was acquired', 'other')
    .option('--from <text>', 'whom the photograph was acquired from')
    .option('--depicts <code>', 'person_sought, victim, witness, missing, deceased or unable', 'person_sought')
    .option('--attest', 'attest that the photograph was lawfully acquired')
    .option('--face <number>', 'which face, counted from 1 at the left, when there are several')
    .option('--limit <number>', 'candidates wanted, 1 to 50', '20')
    .option('--source <name...>', 'compare photographs of these sources alone')
    .option('--booked-from <day>', 'compare photographs booked on or after this day, such as 2015-01-01')
    .option('--booked-to <day>', 'compare photographs booked on or before this day')
    .option('--sex <code...>', 'F, M or X as recorded; photographs with no sex recorded are always compared')
    .option('--age <from-to>', 'years of age today, such as 20-35, 20- or -35; those with no birth year stay in')
    .addHelpText('after', FILTER_NOTE)
    .action((photo: string, options: SearchOptions) =>
      asPerson(deps, options.user, (rooms, actor) => fileAndSearch(rooms, actor, photo, options)),
    )
}

async function fileAndSearch(rooms: CliRooms, actor: Actor, photo: string, options: SearchOptions): Promise<void> {
  const probe = need(await receiveProbe(rooms, actor, await readPhoto(photo)))
  const request = need(await submitRequest(rooms, actor, await formOf(rooms, actor, probe, options)))
  say(`Request ${request.id} filed.`)
  const decided = await decideRequest(rooms, actor, request.id)
  if (!decided.ok) {
    await sayFindings(rooms, actor, request.id)
    throw new CliProblem(decided.problem)
  }
  const permit = need(await permitFor(rooms, actor, request.id))
  const run = need(await runSearch(rooms, actor, permit))
  const summary = need(await searchSummary(rooms, actor, request.id))
  say(`Permitted. ${summary?.sentence ?? ''} Candidates: ${run.candidates.length}.`)
  say('Two examiners now judge the list; what they conclude appears in the request.')
}

async function readPhoto(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CliProblem({
      kind: 'failure',
      code: 'file_unreadable',
      message: `The file ${path} cannot be read (${error.code ?? 'unknown cause'}).`,
      remedy: 'Check its path and your right to read it.',
    })
  })
}

async function formOf(rooms: CliRooms, actor: Actor, probe: Probe, options: SearchOptions): Promise<RequestInput> {
  const filter = filterOf(options, await searchableSources(rooms, actor))
  return {
    filter,
    caseNumber: options.case,
    crimeCode: options.crime,
    purpose: options.purpose,
    predicate: { level: options.predicate, narrative: options.narrative },
    beneficiaryOri: options.beneficiary ?? actor.ori,
    probe: probe.id,
    faceIndex: chosenFace(probe, options.face),
    probeSource: options.probeSource,
    acquisition: { basis: options.basis, from: options.from },
    depicts: options.depicts,
    attested: options.attest === true,
    limit: Number(options.limit),
  }
}

/** One face chooses itself; of several the investigator chooses, never the program. */
function chosenFace(probe: Probe, named: string | undefined): number {
  if (named !== undefined) return Number(named) - 1
  if (probe.faces.length === 1) return 0
  const faces = probe.faces.map(
    (face) => `${face.index + 1}: ${Math.round(face.interEyePixels)} pixels between the eyes`,
  )
  throw new CliProblem({
    kind: 'refusal',
    code: 'many_faces',
    message: `The photograph shows ${probe.faces.length} faces (from the left, ${faces.join('; ')}).`,
    remedy: 'Say which one with --face.',
  })
}

async function sayFindings(rooms: CliRooms, actor: Actor, request: string): Promise<void> {
  const decision = await readDecision(rooms, actor, request)
  if (!decision.ok || decision.value === null) return
  for (const finding of decision.value.findings.filter((one) => one.outcome === 'refused')) {
    say(`- ${finding.sentence} ${finding.remedy} (${finding.code})`)
  }
}
