import { setTimeout as wait } from 'node:timers/promises'
import type { Engine } from './engine/index.ts'
import { type RegisteredModel, registeredModel } from './evaluation/index.ts'
import { retemplateGallery, type TemplateCoverage } from './gallery/index.ts'
import type { ModelSwitch } from './model-switch.ts'
import {
  activateOperatingPoint,
  currentOperatingPoint,
  followVersion,
  type OperatingPointDeps,
  openProposal,
  type Proposal,
} from './policy/index.ts'

/** Opens the engine of a registered model, or the built-in one for null. */
export type OpenModel = (model: RegisteredModel | null) => Promise<Engine>

export interface FollowDeps extends OperatingPointDeps {
  readonly openModel: OpenModel
  readonly models: ModelSwitch
  /** Told how far the templates of a new model have come. */
  readonly onProgress?: (coverage: TemplateCoverage) => void
  /** Told of what went wrong; the work is tried again after a pause. */
  readonly onTrouble?: (error: unknown) => void
}

const PAUSE_MS = 5000
const REJECTION_CHECK_MS = 2000

/** The engine that the operating point in force names. @throws EngineError when it cannot be opened. */
export async function openActiveEngine(deps: OperatingPointDeps, openModel: OpenModel): Promise<Engine> {
  const { model } = await followVersion(deps)
  return await openEngineOf(deps, openModel, model.sha256)
}

/** Makes the templates that the model in force lacks, as after a new version brought another built-in model. */
export async function completeGallery(
  deps: OperatingPointDeps & { readonly engine: Engine },
  onProgress: (coverage: TemplateCoverage) => void,
): Promise<void> {
  await retemplateGallery(deps, { onProgress })
}

/**
 * Runs beside a server until the signal: when a change of model was approved, makes its templates while searches go on
 * with the former model, then puts it in force and goes over to it. Begun anew after a crash, it goes on where it was.
 */
export async function followOperatingPoint(deps: FollowDeps, signal: AbortSignal, pauseMs = PAUSE_MS): Promise<void> {
  const givenUp = new Set<string>()
  while (!signal.aborted) {
    const again = await oneRound(deps, signal, givenUp).catch((error: unknown) => {
      if (!signal.aborted) deps.onTrouble?.(error)
      return false
    })
    if (!again) await wait(pauseMs, undefined, { signal }).catch(() => undefined)
  }
}

/** @param givenUp proposals that cannot come into force; people must reject them. @returns whether to go on at once */
async function oneRound(deps: FollowDeps, signal: AbortSignal, givenUp: Set<string>): Promise<boolean> {
  await goOver(deps)
  const proposal = await approvedChange(deps)
  if (proposal === null || givenUp.has(proposal.id)) return false
  const engine = await openEngineOf(deps, deps.openModel, proposal.model.sha256)
  let used = false
  try {
    const coverage = await retemplateFor(deps, engine, proposal, signal)
    if (coverage.missing > 0) return false
    await deps.models.prepare(engine.model)
    const activated = await activateOperatingPoint(deps, proposal.id)
    used = activated.ok
    if (activated.ok) deps.models.use(engine)
    else if (activated.problem.code === 'templates_missing') return true
    else if (activated.problem.code !== 'proposal_not_approved') {
      givenUp.add(proposal.id)
      deps.onTrouble?.(new Error(`${activated.problem.message} ${activated.problem.remedy}`))
    }
    return activated.ok
  } finally {
    if (!used) await engine.close()
  }
}

/** Takes up a model that another process put in force. */
async function goOver({ models, ...deps }: FollowDeps): Promise<void> {
  const point = await deps.store.transaction({ agency: null }, currentOperatingPoint)
  if (point === null || point.model.sha256 === models.engine.model.sha256) return
  models.use(await openEngineOf(deps, deps.openModel, point.model.sha256))
}

async function approvedChange(deps: Pick<OperatingPointDeps, 'store'>): Promise<Proposal | null> {
  const open = await deps.store.transaction({ agency: null }, openProposal)
  return open?.kind === 'model' && open.state === 'approved' ? open : null
}

/** Ends early when the proposal is rejected meanwhile. */
async function retemplateFor(
  deps: FollowDeps,
  engine: Engine,
  proposal: Proposal,
  signal: AbortSignal,
): Promise<TemplateCoverage> {
  const rejected = new AbortController()
  const check = async () => {
    if ((await approvedChange(deps))?.id !== proposal.id) rejected.abort()
  }
  const timer = setInterval(() => check().catch(() => undefined), REJECTION_CHECK_MS)
  try {
    const both = AbortSignal.any([signal, rejected.signal])
    const { store, clock, ids, onProgress = () => {} } = deps
    return await retemplateGallery({ store, clock, ids, engine }, { signal: both, onProgress })
  } finally {
    clearInterval(timer)
  }
}

/** The engine of the built-in or a registered model. @throws Error when another one came out than was asked for. */
export async function openEngineOf(
  { store, builtIn }: Pick<OperatingPointDeps, 'store' | 'builtIn'>,
  openModel: OpenModel,
  sha256: string,
): Promise<Engine> {
  const known = await store.transaction({ agency: null }, (tx) => registeredModel(tx, sha256))
  const engine = await openModel(sha256 === builtIn.sha256 ? null : known)
  if (engine.model.sha256 === sha256) return engine
  await engine.close()
  throw new Error(`The engine opened model ${engine.model.id} (${engine.model.sha256}) instead of ${sha256}.`)
}
