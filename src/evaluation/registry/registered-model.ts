import type { Clock, Ids, JsonValue, Outcome } from '../../base/index.ts'
import type { ModelIdentity } from '../../engine/index.ts'
import type { Store } from '../../store/index.ts'

/** A model that somebody brought. Registering it changes no search: an operating point names what searches use. */
export interface RegisteredModel extends ModelIdentity {
  /** SHA-256 of the file as it was brought. */
  readonly fileSha256: string
  /** Everything the engine needs to open it again. */
  readonly manifest: JsonValue
  readonly licence: string
  /** Why it is used although its licence restricts its use; null when it does not. */
  readonly licenceOverride: string | null
  readonly registeredAt: string
  /** The account that registered it. */
  readonly registeredBy: string
}

/** A brought model that the engine has looked at and can run. */
export interface ExaminedModel {
  readonly identity: ModelIdentity
  readonly fileSha256: string
  readonly manifest: JsonValue
  readonly licence: string
  /** The licence restricts the use, and that was accepted. */
  readonly licenceOverridden: boolean
  /** Puts the file where the engine finds it again, whole or not at all; safe to repeat. */
  keep(): Promise<void>
}

/** Looks at the model that a manifest file describes; changes nothing. */
export type ExamineModel = (
  manifestPath: string,
  options: { readonly acceptLicence: boolean },
) => Promise<Outcome<ExaminedModel, string>>

/** What the acts about models need. */
export interface RegistryDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  /** The model that this version of the program brings. */
  readonly builtIn: ModelIdentity
  readonly examineModel: ExamineModel
}
