import { done, type Outcome, refuse } from '../base/index.ts'
import type { Account } from './account.ts'
import { INSTALLATION } from './actor.ts'
import type { Agency } from './agency.ts'
import { checkPassword } from './check-password.ts'
import type { AccessDeps } from './deps.ts'
import { type OpenAccountCode, openAccount } from './open-account.ts'
import { agencyByOri, anyAccount } from './records.ts'
import { type RegisterAgencyCode, registerAgency } from './register-agency.ts'

export interface SetUpInput {
  readonly agency: Omit<Agency, 'id'>
  /** Opens every other account afterwards; cannot search. */
  readonly administrator: { readonly username: string; readonly name: string; readonly password: string }
}

export type SetUpCode = RegisterAgencyCode | OpenAccountCode | 'already_set_up'

/**
 * Makes an empty database the system of one agency, with its first administrator. Refused once anybody has an
 * account: from then on nobody acts but people who are signed in.
 */
export async function setUpAgency(deps: AccessDeps, input: SetUpInput): Promise<Outcome<Account, SetUpCode>> {
  const { username, password } = input.administrator
  const strong = checkPassword(username, password, 'password')
  if (!strong.ok) return strong
  const known = await deps.store.transaction({ agency: null }, async (tx) => ({
    used: await anyAccount(tx),
    agency: await agencyByOri(tx, input.agency.ori),
  }))
  if (known.used) return ALREADY_SET_UP
  const agency = known.agency === null ? await registerAgency(deps, INSTALLATION, input.agency) : done(known.agency)
  if (!agency.ok) return agency
  const account = { ...input.administrator, agency: agency.value.id, roles: ['administrator'] } as const
  return await openAccount(deps, INSTALLATION, account)
}

const ALREADY_SET_UP = refuse(
  'already_set_up',
  'Somebody has an account in this database already.',
  'Ask an administrator of the agency for an account, or use another COUNTENANCE_DATA or DATABASE_URL.',
)
