import { type Actor, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { isId, type Outcome, refuse } from '../base/index.ts'
import type { IntakeDeps } from './intake-deps.ts'

export type WithheldKind = 'probe' | 'request' | 'examination' | 'lead'

const PREFIX = {
  probe: 'probe',
  request: 'req',
  examination: 'exam',
  lead: 'lead',
} as const satisfies Record<WithheldKind, string>

/**
 * Somebody asked for a record that is not theirs to see: the answer is the same as for a record that
 * does not exist, and the log keeps who asked for what. What is no id is a stranger's text, and stays out of it.
 */
export async function withhold(
  deps: Pick<IntakeDeps, 'store' | 'clock'>,
  actor: Actor,
  kind: WithheldKind,
  id: string,
): Promise<Outcome<never, 'not_found'>> {
  await deps.store.transaction(scopeOf(actor), async (tx) => {
    const facts = { kind, id: isId(PREFIX[kind], id) ? id : 'malformed' }
    await append(tx, deps, { act: 'record.withheld', actor: actor.account, agency: actor.agency, about: null, facts })
  })
  return refuse('not_found', `There is no such ${kind}.`, `Check the address, or open the ${kind} from your own list.`)
}
