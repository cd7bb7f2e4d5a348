import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Actor } from '../access/index.ts'
import {
  attachEvaluation,
  type ListedModel,
  listModels,
  type ModelInput,
  readLabelledSet,
  registerModel,
  reportText,
  runEvaluation,
} from '../evaluation/index.ts'
import { approveOperatingPoint, proposeOperatingPoint, rejectOperatingPoint } from '../policy/index.ts'
import type { CliDeps, CliRooms } from './cli-deps.ts'
import { sayModels, sayStatus } from './model-status.ts'
import { CliProblem, need, say } from './say.ts'
import { asPerson } from './sign-in-at-terminal.ts'

interface User {
  readonly user: string
}

/** `countenance model ...`: an agency's own model, from its manifest to the moment when searches use it. */
export function addModelCommand(program: Command, deps: CliDeps): void {
  const model = program.command('model').description('bring, evaluate, propose and approve models of the engine')
  addRegistering(model, deps)
  addMeasuring(model, deps)
  addProposing(model, deps)
  addDeciding(model, deps)
}

function addRegistering(model: Command, deps: CliDeps): void {
  model
    .command('add')
    .description('register a model; searches do not use it yet')
    .argument('<manifest>', 'its manifest.json, with the model file beside it')
    .option('--accept-licence <reason>', 'why it may be used although its licence restricts its use')
    .requiredOption('--user <username>', 'your username (an administrator)')
    .action((manifestPath: string, options: User & { readonly acceptLicence?: string }) =>
      asPerson(deps, options.user, async (rooms, actor) => {
        const { acceptLicence: licenceOverride } = options
        const input: ModelInput = { manifestPath, ...(licenceOverride !== undefined && { licenceOverride }) }
        const { model: added, state } = need(await registerModel(rooms, actor, input))
        say(`${added.id} is ${state === 'registered' ? 'registered' : 'registered already'}: ${added.sha256}`)
        say(`Next: countenance model evaluate ${added.id} <folder>`)
      }),
    )
  withUser(
    model.command('list').description('the built-in model and every registered one'),
    deps,
    async (rooms, actor) => sayModels(need(await listModels(rooms, actor))),
  )
}

function addMeasuring(model: Command, deps: CliDeps): void {
  model
    .command('evaluate')
    .description('measure a model on photographs whose people are known, and attach the report')
    .argument('<id>', 'id of the model')
    .argument('<folder>', 'a folder with one subfolder per person')
    .requiredOption('--user <username>', 'your username (an administrator)')
    .action((id: string, folder: string, { user }: User) =>
      asPerson(deps, user, (rooms, actor) => evaluateModel(rooms, actor, id, folder)),
    )
  model
    .command('attach')
    .description('put the report of an evaluation on record')
    .argument('<report>', 'the JSON file that an evaluation wrote')
    .requiredOption('--user <username>', 'your username (an administrator)')
    .action((path: string, { user }: User) =>
      asPerson(deps, user, async (rooms, actor) => attach(rooms, actor, await readJson(path))),
    )
}

function addProposing(model: Command, deps: CliDeps): void {
  model
    .command('propose')
    .description('propose a model or a similarity floor for all searches')
    .argument('<id>', 'id of the model')
    .requiredOption('--floor <score>', 'similarity floor, a cosine')
    .option('--evaluation <id>', 'the attached evaluation it rests on')
    .requiredOption('--user <username>', 'your username (an administrator)')
    .action((id: string, options: User & { readonly floor: string; readonly evaluation?: string }) =>
      asPerson(deps, options.user, async (rooms, actor) => {
        const { sha256: modelSha256 } = await modelCalled(rooms, actor, id)
        const { evaluation } = options
        const change = { modelSha256, similarityFloor: Number(options.floor), ...(evaluation && { evaluation }) }
        const proposal = need(await proposeOperatingPoint(rooms, actor, change))
        say(`${proposal.id} is proposed. Two other people approve it: countenance model approve ${proposal.id}`)
      }),
    )
}

function addDeciding(model: Command, deps: CliDeps): void {
  model
    .command('approve')
    .description('approve a proposal of somebody else; two people must')
    .argument('<proposal>', 'id of the proposal')
    .requiredOption('--user <username>', 'your username (a supervisor or administrator)')
    .action((proposal: string, { user }: User) =>
      asPerson(deps, user, async (rooms, actor) => {
        const { state, approvals } = need(await approveOperatingPoint(rooms, actor, proposal))
        say(`${proposal} has ${approvals.length} of 2 approvals and is ${state}.`)
        if (state === 'approved')
          say('The running server makes the templates, then goes over: countenance model status')
      }),
    )
  model
    .command('reject')
    .description('end a proposal before it is in force; your own is withdrawn')
    .argument('<proposal>', 'id of the proposal')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--user <username>', 'your username (a supervisor or administrator)')
    .action((proposal: string, { user, reason }: User & { readonly reason: string }) =>
      asPerson(deps, user, async (rooms, actor) => {
        say(`${proposal} is ${need(await rejectOperatingPoint(rooms, actor, { proposal, reason })).state}.`)
      }),
    )
  withUser(model.command('status').description('what searches work with, and what is proposed'), deps, sayStatus)
}

function withUser(command: Command, deps: CliDeps, work: (rooms: CliRooms, actor: Actor) => Promise<void>): void {
  command
    .requiredOption('--user <username>', 'your username (an administrator, supervisor or auditor)')
    .action(({ user }: User) => asPerson(deps, user, work))
}

async function modelCalled(rooms: CliRooms, actor: Actor, id: string): Promise<ListedModel> {
  const models = need(await listModels(rooms, actor))
  const found = models.find((model) => model.id === id)
  if (found !== undefined) return found
  throw new CliProblem({
    kind: 'refusal',
    code: 'model_unknown',
    message: `There is no model called ${id}.`,
    remedy: `Use one of: ${models.map((model) => model.id).join(', ')}; or add it first.`,
  })
}

async function evaluateModel(rooms: CliRooms, actor: Actor, id: string, folder: string): Promise<void> {
  const model = await modelCalled(rooms, actor, id)
  const set = need(await readLabelledSet({ folder }))
  const engine = await rooms.openEngineOf(model.sha256)
  try {
    const report = need(await runEvaluation({ engine, clock: rooms.clock }, set))
    say(reportText(report))
    await attach(rooms, actor, report)
  } finally {
    await engine.close()
  }
}

async function attach(rooms: CliRooms, actor: Actor, report: unknown): Promise<void> {
  const { id, model, digest } = need(await attachEvaluation(rooms, actor, { report }))
  say(`Attached as ${id}: an evaluation of ${model.id}, digest ${digest}.`)
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    throw new CliProblem({
      kind: 'failure',
      code: 'report_unreadable',
      message: `${path} cannot be read as JSON.`,
      remedy: 'Name the JSON file that an evaluation wrote.',
    })
  }
}
