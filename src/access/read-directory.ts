import { type Actor, scopeOf } from './actor.ts'
import type { Agency } from './agency.ts'
import type { AccessDeps } from './deps.ts'
import { accountNames, listAgencies } from './records.ts'

export interface Directory {
  /** The asker's agency. */
  readonly own: Agency
  /** Every agency of the county, by name. */
  readonly agencies: readonly Agency[]
}

/** The agencies of the county, for everybody who is signed in. */
export async function readDirectory(deps: Pick<AccessDeps, 'store'>, actor: Actor): Promise<Directory> {
  const agencies = await deps.store.transaction(scopeOf(actor), listAgencies)
  const own = agencies.find((agency) => agency.id === actor.agency)
  if (own === undefined) throw new Error(`The agency ${actor.agency} of an account is not in the directory.`)
  return { own, agencies }
}

/** Names of staff to show beside records that the asker may read, by account id; unknown ids are left out. */
export async function displayNames(
  deps: Pick<AccessDeps, 'store'>,
  actor: Actor,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return deps.store.transaction(scopeOf(actor), (tx) => accountNames(tx, accounts))
}
