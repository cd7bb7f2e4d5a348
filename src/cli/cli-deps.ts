import type { AccessDeps } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import type { GalleryDeps } from '../gallery/index.ts'
import type { IntakeDeps } from '../intake/index.ts'
import type { PolicyDeps } from '../policy/index.ts'
import type { SearchDeps } from '../search/index.ts'

/** The rooms that commands call. */
export type CliRooms = AccessDeps &
  GalleryDeps &
  IntakeDeps &
  PolicyDeps &
  SearchDeps & { readonly log: AuditLog; close(): Promise<void> }

export interface CliDeps {
  /** Opens the rooms; with `attach` on the database of a server that already runs. */
  open(options: { readonly attach: boolean }): Promise<CliRooms>
  serve(): Promise<void>
  /** Looks at this machine without changing it. */
  examineMachine(): Promise<readonly MachineFinding[]>
  /** The password from the environment, or null to ask at the terminal. */
  password(): string | null
  /** The password of an account to be opened, from the environment, or null to ask. */
  newPassword(): string | null
}

export interface MachineFinding {
  readonly what: string
  readonly state: 'good' | 'warning' | 'bad'
  readonly sentence: string
}
