import type { GalleryFilter } from '../gallery/index.ts'
import { PolicyError } from './policy-error.ts'

/** Minutes between a permit and its end. */
export const PERMIT_MINUTES = 15

interface PermitFields {
  readonly id: string
  readonly agency: string
  readonly request: string
  readonly account: string
  readonly policyDigest: string
  readonly expiresAt: string
  readonly filter: GalleryFilter
}

/**
 * Leave to run one search, once. Only this room can make one: the private field cannot be imitated,
 * neither for the compiler nor at run time, and the fields cannot be changed.
 */
export class Permit {
  readonly #fields: PermitFields

  private constructor(fields: PermitFields) {
    this.#fields = Object.freeze({ ...fields, filter: frozen(fields.filter) })
  }

  /** Called by this room alone, with a row of the permit table. */
  static issue(fields: PermitFields): Permit {
    return new Permit(fields)
  }

  /** @throws PolicyError `permit_invalid` for anything that this room did not make. */
  static require(value: unknown): Permit {
    if (typeof value === 'object' && value !== null && #fields in value) return value
    throw new PolicyError('permit_invalid', 'This is not a permit. Only a policy decision makes one.')
  }

  get id(): string {
    return this.#fields.id
  }

  get agency(): string {
    return this.#fields.agency
  }

  get request(): string {
    return this.#fields.request
  }

  /** The account that may use it. */
  get account(): string {
    return this.#fields.account
  }

  /** Digest of the directives it was given under. */
  get policyDigest(): string {
    return this.#fields.policyDigest
  }

  get expiresAt(): string {
    return this.#fields.expiresAt
  }

  /** What it permits to compare, among the sources that the agency may search. */
  get filter(): GalleryFilter {
    return this.#fields.filter
  }
}

function frozen(filter: GalleryFilter): GalleryFilter {
  const sources = filter.sources && Object.freeze([...filter.sources])
  const sexes = filter.sexes && Object.freeze([...filter.sexes])
  return Object.freeze({ ...filter, sources, sexes })
}

/** The permit itself. @throws PolicyError `permit_invalid` for anything that policy did not make. */
export function requirePermit(value: unknown): Permit {
  return Permit.require(value)
}
