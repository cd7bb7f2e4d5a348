import { append } from '../audit/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import { type Account, isUsername, usernameForm } from './account.ts'
import { type ActorOrInstallation, conflictOf, INSTALLATION, ROLES, type Role, requireRole } from './actor.ts'
import { checkPassword } from './check-password.ts'
import type { AccessDeps } from './deps.ts'
import { hashPassword } from './password.ts'
import { accountById, accountOfRow, agencyById, insertAccount } from './records.ts'

export interface NewAccountInput {
  readonly username: string
  /** The person's name. */
  readonly name: string
  /** Agency id; an administrator opens accounts in his own agency only. */
  readonly agency: string
  readonly roles: readonly Role[]
  readonly password: string
}

export type OpenAccountCode =
  | 'role_required'
  | 'username_malformed'
  | 'name_missing'
  | 'roles_missing'
  | 'role_unknown'
  | 'roles_conflict'
  | 'password_weak'
  | 'agency_unknown'
  | 'username_taken'

/** Opens an account. Nobody can both rule over accounts and ask for searches. */
export async function openAccount(
  deps: AccessDeps,
  by: ActorOrInstallation,
  input: NewAccountInput,
): Promise<Outcome<Account, OpenAccountCode>> {
  const allowed = mayOpen(by, input.agency)
  if (!allowed.ok) return allowed
  const checked = checkAccount(input)
  if (!checked.ok) return checked
  const passwordHash = await hashPassword(input.password)
  return deps.store.act({ agency: input.agency }, async (tx) => {
    if ((await agencyById(tx, input.agency)) === null) return agencyUnknown()
    const id = deps.ids.next('acct')
    const { agency, name } = input
    const [username, roles, at] = [usernameForm(input.username), [...new Set(input.roles)].sort(), deps.clock.now()]
    const added = await insertAccount(tx, { id, username, name: name.trim(), agency, roles, passwordHash, at })
    if (!added) return usernameTaken(username)
    const actor = by === INSTALLATION ? null : by.account
    await append(tx, deps, { act: 'account.opened', actor, agency, about: id, facts: { roles } })
    const row = await accountById(tx, id)
    if (row === null) throw new Error('The account just opened cannot be read.')
    return done(accountOfRow(row, false))
  })
}

function mayOpen(by: ActorOrInstallation, agency: string): Outcome<null, 'role_required' | 'agency_unknown'> {
  if (by === INSTALLATION) return done(null)
  const role = requireRole(by, 'administrator')
  if (!role.ok) return role
  return by.agency === agency ? done(null) : agencyUnknown()
}

function checkAccount(input: NewAccountInput): Outcome<null, OpenAccountCode> {
  const username = usernameForm(input.username)
  if (!isUsername(username)) {
    const remedy = 'Use 3 to 64 of the letters a-z, digits, dot, dash and underscore.'
    return refuse('username_malformed', 'The username cannot be used.', remedy, { where: 'username' })
  }
  if (input.name.trim() === '') {
    return refuse('name_missing', 'The account has no name.', "Give the person's name.", { where: 'name' })
  }
  const roles = checkRoles(input.roles)
  return roles.ok ? checkPassword(username, input.password, 'password') : roles
}

function checkRoles(roles: readonly Role[]): Outcome<null, 'roles_missing' | 'role_unknown' | 'roles_conflict'> {
  if (roles.length === 0) {
    return refuse('roles_missing', 'The account has no role.', 'Give it at least one.', { where: 'roles' })
  }
  // Words from a command line are not yet roles, whatever their type says.
  const stranger = roles.find((role) => !ROLES.includes(role))
  if (stranger !== undefined) {
    const remedy = `Use ${ROLES.join(', ')}.`
    return refuse('role_unknown', `There is no role "${stranger}".`, remedy, { where: 'roles' })
  }
  const clash = conflictOf(roles)
  if (clash === null) return done(null)
  return refuse(
    'roles_conflict',
    `The roles ${clash.join(' and ')} may not be held by one person.`,
    'Open two accounts for two people.',
    { where: 'roles', facts: { conflict: [...clash] } },
  )
}

function agencyUnknown(): Outcome<never, 'agency_unknown'> {
  return refuse('agency_unknown', 'There is no such agency that you may open accounts in.', 'Use your own agency.', {
    where: 'agency',
  })
}

function usernameTaken(username: string): Outcome<never, 'username_taken'> {
  return refuse('username_taken', `The username ${username} is in use.`, 'Choose another one.', { where: 'username' })
}
