/**
 * access: who is asking. Agencies, accounts, roles, sign-in and sessions.
 * In: a username and password, or a session token. Out: an `Actor`, which every act takes; a typed
 * refusal otherwise. Sessions lock after 30 minutes of rest and end after 12 hours; 5 failures in 15
 * minutes lock a username for 30, or until an administrator releases it. Roles: openAccount, releaseAccount
 * administrator; suspendAccount administrator, supervisor; changePassword everybody, for himself;
 * listAccounts administrator, supervisor, auditor; `INSTALLATION` only from the composition root and the CLI.
 */
export type { Account } from './account.ts'
export {
  type Actor,
  type ActorOrInstallation,
  INSTALLATION,
  type Role,
  requireRole,
  scopeOf,
} from './actor.ts'
export { actorOfAccount } from './actor-of-account.ts'
export { type Agency, caseNumberExpression } from './agency.ts'
export { USE_BANNER } from './banner.ts'
export { type ChangePasswordCode, changePassword } from './change-password.ts'
export type { AccessDeps } from './deps.ts'
export { listAccounts } from './list-accounts.ts'
export { type NewAccountInput, type OpenAccountCode, openAccount } from './open-account.ts'
export { type Directory, displayNames, readDirectory } from './read-directory.ts'
export { accountNames, agencyById, listAgencies } from './records.ts'
export { type RegisterAgencyCode, registerAgency } from './register-agency.ts'
export { type ReleaseAccountCode, releaseAccount } from './release-account.ts'
export { type ResolvedSession, readSession, resolveSession, type SessionCode } from './resolve-session.ts'
export { IDLE_LIMIT_MS } from './session.ts'
export { type SetUpCode, type SetUpInput, setUpAgency } from './set-up-agency.ts'
export { type OpenedSession, type SignInCode, type SignInInput, signIn } from './sign-in.ts'
export { signOut } from './sign-out.ts'
export {
  SUSPENSION_REASONS,
  type SuspendAccountCode,
  type SuspensionReason,
  suspendAccount,
} from './suspend-account.ts'
