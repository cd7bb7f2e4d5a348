import { type Actor, requireRole, scopeOf } from '../../access/index.ts'
import { append } from '../../audit/index.ts'
import { canonicalJson, done, type Outcome, refuse, toStamp } from '../../base/index.ts'
import type { Tx } from '../../store/index.ts'
import { insertModel, lockModels, modelNamed, registeredModel } from './records.ts'
import type { ExaminedModel, RegisteredModel, RegistryDeps } from './registered-model.ts'

export interface ModelInput {
  /** The manifest file; the model lies beside it. */
  readonly manifestPath: string
  /** Why the model is to be used although its licence restricts its use. */
  readonly licenceOverride?: string
}

export interface ModelRegistration {
  readonly model: RegisteredModel
  readonly state: 'registered' | 'already_registered'
}

/** Also every code with which the engine refuses a manifest or a file. */
export type RegisterModelCode = 'role_required' | 'model_id_unusable' | 'model_id_taken' | 'override_unusable' | string

const MODEL_ID = /^[a-z0-9][a-z0-9._-]{0,99}$/
const LONGEST_OVERRIDE = 1000

/**
 * Registers a model that the bureau brings: looked at by the engine, its file kept, on record. Searches do not use it
 * before an operating point that names it was approved. The same model is registered once. Role: administrator.
 */
export async function registerModel(
  deps: RegistryDeps,
  actor: Actor,
  input: ModelInput,
): Promise<Outcome<ModelRegistration, RegisterModelCode>> {
  const role = requireRole(actor, 'administrator')
  if (!role.ok) return role
  const override = overrideOf(input)
  if (!override.ok) return override
  const examined = await deps.examineModel(input.manifestPath, { acceptLicence: override.value !== null })
  if (!examined.ok) return await noteRefusal(deps, actor, examined)
  const named = checkName(deps, examined.value)
  if (!named.ok) return await noteRefusal(deps, actor, named, examined.value.fileSha256)
  // The file comes first: a crash before the commit leaves a file that nobody names, never a record without its file.
  await examined.value.keep()
  const kept = await deps.store.act<ModelRegistration, RegisterModelCode>(scopeOf(actor), (tx) =>
    keepModel(tx, deps, actor, examined.value, override.value),
  )
  return kept.ok ? kept : await noteRefusal(deps, actor, kept, examined.value.fileSha256)
}

function overrideOf({ licenceOverride }: ModelInput): Outcome<string | null, 'override_unusable'> {
  if (licenceOverride === undefined) return done(null)
  const reason = licenceOverride.trim()
  if (/^\P{C}+$/u.test(reason) && reason.length <= LONGEST_OVERRIDE) return done(reason)
  const message = `The reason to use a restricted model must be 1 to ${LONGEST_OVERRIDE} visible characters.`
  return refuse('override_unusable', message, 'Say on what ground it may be used.', { where: 'licenceOverride' })
}

function checkName(deps: RegistryDeps, { identity }: ExaminedModel): Outcome<null, RegisterModelCode> {
  if (!MODEL_ID.test(identity.id)) {
    const message = 'The id of a model is 1 to 100 of: lower-case letters, digits, full stop, hyphen, underscore.'
    return refuse('model_id_unusable', message, 'Change the id in the manifest.', { where: 'id' })
  }
  return identity.id === deps.builtIn.id ? idTaken(identity.id) : done(null)
}

async function keepModel(
  tx: Tx,
  deps: RegistryDeps,
  actor: Actor,
  examined: ExaminedModel,
  override: string | null,
): Promise<Outcome<ModelRegistration, RegisterModelCode>> {
  await lockModels(tx)
  const known = await registeredModel(tx, examined.identity.sha256)
  if (known !== null) return done({ model: known, state: 'already_registered' })
  if ((await modelNamed(tx, examined.identity.id)) !== null) return idTaken(examined.identity.id)
  const model: RegisteredModel = {
    ...examined.identity,
    fileSha256: examined.fileSha256,
    manifest: examined.manifest,
    licence: examined.licence,
    licenceOverride: examined.licenceOverridden ? override : null,
    registeredAt: toStamp(deps.clock.now()),
    registeredBy: actor.account,
  }
  await insertModel(tx, model, canonicalJson(model.manifest))
  await append(tx, deps, {
    act: 'model.registered',
    actor: actor.account,
    agency: actor.agency,
    about: model.id,
    facts: { model: model.sha256, file: model.fileSha256, override: model.licenceOverride !== null },
  })
  return done({ model, state: 'registered' })
}

function idTaken(id: string): Outcome<never, 'model_id_taken'> {
  const message = `Another model is already called ${id}.`
  return refuse('model_id_taken', message, 'Give this one an id of its own in its manifest.', { where: 'id' })
}

/** Logs that a model was not registered, and passes the refusal on. */
async function noteRefusal<R extends Extract<Outcome<never, string>, { ok: false }>>(
  deps: RegistryDeps,
  actor: Actor,
  refused: R,
  file?: string,
): Promise<R> {
  const entry = { actor: actor.account, agency: actor.agency, about: null }
  const facts = { code: refused.problem.code, ...(file === undefined ? {} : { file }) }
  await deps.store.transaction(scopeOf(actor), (tx) => append(tx, deps, { act: 'model.refused', ...entry, facts }))
  return refused
}
