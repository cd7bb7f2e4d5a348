import type { Actor } from '../access/index.ts'
import type { ListedModel } from '../evaluation/index.ts'
import { operatingPointView, type Proposal } from '../policy/index.ts'
import type { CliRooms } from './cli-deps.ts'
import { need, say } from './say.ts'

/** Every model with its evaluations, one line each. */
export function sayModels(models: readonly ListedModel[]): void {
  for (const { id, sha256, origin, dimension, evaluations } of models) {
    say(`${id}  ${origin === 'built_in' ? 'built in' : 'registered'}  ${dimension} numbers  ${sha256}`)
    for (const { id: evaluation, set, attachedAt } of evaluations) say(`  ${evaluation}  ${set.name}  ${attachedAt}`)
  }
}

/** What searches work with, the proposals, and how far the templates of a new model have come. */
export async function sayStatus(rooms: CliRooms, actor: Actor): Promise<void> {
  const { current, proposals, migration } = need(await operatingPointView(rooms, actor))
  say(`In force: model ${current.model.id}, similarity floor ${current.similarityFloor}.`)
  for (const proposal of proposals) say(proposalLine(proposal))
  if (migration === null) return
  const { bookings, templates, failed, missing } = migration.coverage
  say(`Templates for ${migration.proposal}: ${templates} of ${bookings}, ${failed} impossible, ${missing} to go.`)
  for (const { code, photographs } of migration.failures) say(`  ${code}: ${photographs}`)
}

function proposalLine({ id, state, model, similarityFloor, approvals, evaluation }: Proposal): string {
  const what = `model ${model.id}, similarity floor ${similarityFloor}, evaluation ${evaluation}`
  return `${id}  ${state}  ${what}, ${approvals.length} of 2 approvals`
}
