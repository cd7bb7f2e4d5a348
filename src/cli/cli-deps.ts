import type { AccessDeps } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import type { EvaluationDeps, RegistryDeps } from '../evaluation/index.ts'
import type { CoarseIndex, GalleryDeps, GalleryPlace } from '../gallery/index.ts'
import type { IntakeDeps } from '../intake/index.ts'
import type { OperatingPointDeps, PolicyDeps } from '../policy/index.ts'
import type { SearchDeps } from '../search/index.ts'

/** The rooms that commands call. */
export type CliRooms = AccessDeps &
  GalleryDeps &
  IntakeDeps &
  PolicyDeps &
  SearchDeps &
  RegistryDeps &
  OperatingPointDeps & {
    readonly log: AuditLog
    /** Opens another engine, for an evaluation: that of the built-in or a registered model. */
    openEngineOf(modelSha256: string): Promise<EvaluationDeps['engine']>
    /** An index in a place, to fill and to compare. */
    openIndexOf(model: GalleryDeps['engine']['model'], place: GalleryPlace): Promise<CoarseIndex>
    close(): Promise<void>
  }

export interface CliDeps {
  /** Opens the rooms; with `attach` on the database of a server that already runs. */
  open(options: { readonly attach: boolean }): Promise<CliRooms>
  /** The engine alone: an evaluation needs no database and signs nobody in. */
  openEvaluation(): Promise<EvaluationDeps & { close(): Promise<void> }>
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
