import { type Actor, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import type { Clock, Outcome } from '../base/index.ts'
import type { Store } from '../store/index.ts'
import { NOT_HELD } from './refusals.ts'

/**
 * The answer for an examination that is not the asker's, the same as for one that does not exist; the
 * log keeps who asked for what, as it was typed (at most 100 characters).
 */
export async function withholdExamination(
  deps: { readonly store: Store; readonly clock: Clock },
  actor: Actor,
  id: string,
): Promise<Outcome<never, 'not_found'>> {
  await deps.store.transaction(scopeOf(actor), async (tx) => {
    const facts = { kind: 'examination', id: id.slice(0, 100).toWellFormed().replaceAll('\u0000', '') }
    await append(tx, deps, { act: 'record.withheld', actor: actor.account, agency: actor.agency, about: null, facts })
  })
  return NOT_HELD
}
