import { done, type Outcome, refuse } from '../base/index.ts'
import type { Scope } from '../store/index.ts'

/** What an account may do; an account may hold several, within `conflictOf`. */
export const ROLES = ['investigator', 'examiner', 'supervisor', 'custodian', 'auditor', 'administrator'] as const

export type Role = (typeof ROLES)[number]

/** The person behind a session: everything an act may know about who is asking. */
export interface Actor {
  /** Account id, `acct_...`. */
  readonly account: string
  /** Agency id, `agcy_...`. */
  readonly agency: string
  /** The agency's ORI, 9 characters. */
  readonly ori: string
  /** The person's name, for display; never logged. */
  readonly name: string
  readonly roles: readonly Role[]
}

/** Acts done while a system is set up, before there is anybody to do them; logged without an actor. */
export const INSTALLATION = 'installation'

/** Who asks for an act that setting up a system may also ask for. No door may pass `INSTALLATION` on. */
export type ActorOrInstallation = Actor | typeof INSTALLATION

/** The rows this person's transactions may see. */
export function scopeOf(actor: Actor): Scope {
  return { agency: actor.agency }
}

/** The actor, when at least one of the roles is held. */
export function requireRole(actor: Actor, ...roles: readonly Role[]): Outcome<Actor, 'role_required'> {
  if (roles.some((role) => actor.roles.includes(role))) return done(actor)
  return refuse(
    'role_required',
    `This needs the role ${roles.join(' or ')}.`,
    'Ask somebody who holds that role, or ask an administrator for it.',
    { facts: { required: [...roles], held: [...actor.roles] } },
  )
}

/** Separation of duties: who rules over accounts must not be able to search. Returns the two roles that clash. */
export function conflictOf(roles: readonly Role[]): readonly [Role, Role] | null {
  const clash = ROLE_CONFLICTS.find(([one, other]) => roles.includes(one) && roles.includes(other))
  return clash ?? null
}

const ROLE_CONFLICTS = [['administrator', 'investigator']] as const satisfies readonly (readonly [Role, Role])[]
