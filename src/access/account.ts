import type { Role } from './actor.ts'

/** A person's way into the system, for lists; never holds the password's hash. */
export interface Account {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly agency: string
  readonly ori: string
  readonly roles: readonly Role[]
  readonly state: 'open' | 'locked' | 'suspended'
  /** UTC stamp. */
  readonly openedAt: string
}

/** One form per person: signing in ignores case and surrounding spaces. */
export function usernameForm(text: string): string {
  return text.trim().toLowerCase()
}

/** 3 to 64 of a-z, 0-9, dot, dash, underscore; begins with a letter or digit. */
export function isUsername(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{2,63}$/.test(text)
}
