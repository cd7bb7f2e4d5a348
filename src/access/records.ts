import { toStamp } from '../base/index.ts'
import { sql, type Tx } from '../store/index.ts'
import type { Account } from './account.ts'
import type { Actor, Role } from './actor.ts'
import type { Agency } from './agency.ts'

interface AgencyRow {
  readonly id: string
  readonly ori: string
  readonly name: string
  readonly case_number_pattern: string
  readonly case_number_example: string
}

export async function insertAgency(tx: Tx, agency: Agency, at: Date): Promise<void> {
  await sql`insert into agency (id, ori, name, case_number_pattern, case_number_example, registered_at)
    values (${agency.id}, ${agency.ori}, ${agency.name}, ${agency.caseNumberPattern},
            ${agency.caseNumberExample}, ${at})`.execute(tx)
}

/** Every agency of the county, by name. */
export async function listAgencies(tx: Tx): Promise<readonly Agency[]> {
  const { rows } = await sql<AgencyRow>`select id, ori, name, case_number_pattern, case_number_example
    from agency order by name, id`.execute(tx)
  return rows.map(agencyOfRow)
}

export async function agencyById(tx: Tx, id: string): Promise<Agency | null> {
  const { rows } = await sql<AgencyRow>`select id, ori, name, case_number_pattern, case_number_example
    from agency where id = ${id}`.execute(tx)
  return rows[0] === undefined ? null : agencyOfRow(rows[0])
}

/** Whether anybody has an account, in any agency. */
export async function anyAccount(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists (select 1 from account) as any`.execute(tx)
  return rows[0]?.any === true
}

export async function agencyByOri(tx: Tx, ori: string): Promise<Agency | null> {
  const { rows } = await sql<AgencyRow>`select id, ori, name, case_number_pattern, case_number_example
    from agency where ori = ${ori}`.execute(tx)
  return rows[0] === undefined ? null : agencyOfRow(rows[0])
}

function agencyOfRow(row: AgencyRow): Agency {
  const { id, ori, name } = row
  return { id, ori, name, caseNumberPattern: row.case_number_pattern, caseNumberExample: row.case_number_example }
}

export interface AccountRow {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly agency: string
  readonly ori: string
  readonly roles: readonly Role[]
  readonly password_hash: string
  readonly opened_at: Date
  readonly suspended_at: Date | null
}

const ACCOUNT_COLUMNS = sql`account.id, account.username, account.name, account.agency, agency.ori, account.roles,
  account.password_hash, account.opened_at, account.suspended_at`

export interface NewAccount {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly agency: string
  readonly roles: readonly Role[]
  readonly passwordHash: string
  readonly at: Date
}

/** False when the username is taken. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<boolean> {
  const { rows } = await sql`insert into account (id, username, name, agency, roles, password_hash, opened_at)
    values (${account.id}, ${account.username}, ${account.name}, ${account.agency}, ${[...account.roles]},
            ${account.passwordHash}, ${account.at})
    on conflict (username) do nothing returning id`.execute(tx)
  return rows.length === 1
}

export async function accountByUsername(tx: Tx, username: string): Promise<AccountRow | null> {
  const { rows } = await sql<AccountRow>`select ${ACCOUNT_COLUMNS} from account
    join agency on agency.id = account.agency where account.username = ${username}`.execute(tx)
  return rows[0] ?? null
}

export async function accountById(tx: Tx, id: string): Promise<AccountRow | null> {
  const { rows } = await sql<AccountRow>`select ${ACCOUNT_COLUMNS} from account
    join agency on agency.id = account.agency where account.id = ${id}`.execute(tx)
  return rows[0] ?? null
}

export async function setSuspended(tx: Tx, id: string, reason: string, at: Date): Promise<void> {
  await sql`update account set suspended_at = ${at}, suspended_reason = ${reason} where id = ${id}`.execute(tx)
}

/** False when the password was changed since `from` was read. */
export async function setPassword(tx: Tx, id: string, from: string, to: string): Promise<boolean> {
  const { rows } = await sql`update account set password_hash = ${to}
    where id = ${id} and password_hash = ${from} returning id`.execute(tx)
  return rows.length === 1
}

/** Accounts of one agency, by name. */
export async function accountsOfAgency(tx: Tx, agency: string): Promise<readonly AccountRow[]> {
  const { rows } = await sql<AccountRow>`select ${ACCOUNT_COLUMNS} from account
    join agency on agency.id = account.agency where account.agency = ${agency}
    order by account.name, account.id`.execute(tx)
  return rows
}

/** Names for display, by account id; unknown ids are left out. */
export async function accountNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from account
    where id = any(${[...ids]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}

export function actorOfRow(row: AccountRow): Actor {
  return { account: row.id, agency: row.agency, ori: row.ori, name: row.name, roles: row.roles }
}

export function accountOfRow(row: AccountRow, locked: boolean): Account {
  const state = row.suspended_at !== null ? 'suspended' : locked ? 'locked' : 'open'
  const { id, username, name, agency, ori, roles } = row
  return { id, username, name, agency, ori, roles, state, openedAt: toStamp(row.opened_at) }
}
