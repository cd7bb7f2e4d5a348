import { type Actor, scopeOf } from '../access/index.ts'
import { type EngineManifest, MEASURES, type ModelIdentity, NOT_MEASURED, type WeightRecord } from '../engine/index.ts'
import { type AttachedEvaluation, evaluationOf, evaluationSummaries } from '../evaluation/index.ts'
import { currentOperatingPoint } from '../policy/index.ts'
import type { Store, Tx } from '../store/index.ts'
import type { CardFigures } from './card-figures.ts'
import { type FloorEffect, floorEffect } from './floor-effect.ts'
import { PURPOSE } from './purpose.ts'
import { readFigures } from './read-figures.ts'
import type { ShippedReports } from './shipped-reports.ts'

/** One network of the pipeline, in the order in which pixels meet them. */
export interface CardNetwork {
  readonly id: string
  readonly role: WeightRecord['role']
  /** `package@version`, or the id of a model that the agency brought. */
  readonly source: string
  readonly brought: boolean
  readonly licence: { readonly stated: string; readonly note: string }
  readonly trainingData: string
  /** What it is fed. */
  readonly input: string
  readonly sha256: string
}

export interface CardEvaluation {
  /** Came with the product, or was attached by an administrator. */
  readonly origin: 'shipped' | 'attached'
  /** Of the attached evaluation. */
  readonly id: string | null
  /** SHA-256 of the report's canonical form. */
  readonly digest: string
  readonly figures: CardFigures
  /** What the similarity floor in force does on this set; null without a measured curve. */
  readonly atFloor: FloorEffect | null
}

/** What a candidate list says about innocent candidates rests on these. */
export interface CardCalibration {
  readonly origin: 'engine' | 'evaluation'
  readonly dataset: string
  readonly impostorComparisons: number
  readonly points: readonly { readonly score: number; readonly fmr: number }[]
}

/** Everything that is known of the model that searches use, and what is not. */
export interface ModelCard {
  readonly model: ModelIdentity
  readonly origin: 'built_in' | 'registered'
  readonly serves: readonly string[]
  readonly never: readonly string[]
  readonly networks: readonly CardNetwork[]
  readonly operatingPoint: {
    /** Cosine; nobody below it is listed. */
    readonly similarityFloor: number
    /** Null for the default of this version, which nobody proposed. */
    readonly since: string | null
    readonly change: string | null
    readonly evaluation: string | null
  }
  /** Of this very model; attached ones first, newest first. */
  readonly evaluations: readonly CardEvaluation[]
  /** One sentence for each report that could not be used. */
  readonly leftOut: readonly string[]
  readonly calibration: CardCalibration
  readonly measured: readonly { readonly code: string; readonly iso: number; readonly title: string }[]
  readonly notMeasured: typeof NOT_MEASURED
  /** Pixels between the eyes below which a face is refused, and below which it is warned about. */
  readonly limits: EngineManifest['limits']
}

export interface ModelCardDeps {
  readonly store: Store
  /** The engine in use. */
  readonly engine: { readonly model: ModelIdentity; readonly manifest: EngineManifest }
  /** The model that this version brings, with the floor it has by default. */
  readonly builtIn: ModelIdentity
  readonly builtInFloor: number
  readonly reports: ShippedReports
}

/** The card of the model in use. Roles: everybody signed in. */
export async function modelCard(deps: ModelCardDeps, actor: Actor): Promise<ModelCard> {
  const { model, manifest } = deps.engine
  const { point, attached } = await deps.store.transaction(scopeOf(actor), async (tx) => ({
    point: await currentOperatingPoint(tx),
    attached: await attachedTo(tx, model.sha256),
  }))
  const similarityFloor = point?.similarityFloor ?? deps.builtInFloor
  const restsOn = attached.find(({ id }) => id === point?.evaluation) ?? null
  return {
    model,
    origin: model.sha256 === deps.builtIn.sha256 ? 'built_in' : 'registered',
    ...PURPOSE,
    networks: [...manifest.detectors, manifest.landmarks, ...manifest.embedders].map(networkOf),
    operatingPoint: {
      similarityFloor,
      since: point?.activatedAt ?? null,
      change: point?.proposal ?? null,
      evaluation: point?.evaluation ?? null,
    },
    ...evaluationsOf(deps, attached, similarityFloor),
    calibration: calibrationOf(manifest, restsOn),
    measured: Object.entries(MEASURES).map(([code, { iso, title }]) => ({ code, iso, title })),
    notMeasured: NOT_MEASURED,
    limits: manifest.limits,
  }
}

async function attachedTo(tx: Tx, sha256: string): Promise<readonly AttachedEvaluation[]> {
  const own = (await evaluationSummaries(tx)).filter((one) => one.model.sha256 === sha256)
  const found: AttachedEvaluation[] = []
  for (const { id } of own) {
    const evaluation = await evaluationOf(tx, id)
    if (evaluation !== null) found.push(evaluation)
  }
  return found
}

function evaluationsOf(
  { reports, engine }: ModelCardDeps,
  attached: readonly AttachedEvaluation[],
  similarityFloor: number,
): Pick<ModelCard, 'evaluations' | 'leftOut'> {
  const leftOut = [...reports.leftOut]
  const evaluations = new Map<string, CardEvaluation>()
  const add = (one: Omit<CardEvaluation, 'atFloor'>) => {
    if (!evaluations.has(one.digest)) {
      evaluations.set(one.digest, { ...one, atFloor: floorEffect(one.figures, similarityFloor) })
    }
  }
  for (const { id, digest, report } of attached) {
    const read = readFigures(report)
    if (read.ok) add({ origin: 'attached', id, digest, figures: read.value.figures })
    else leftOut.push(`The attached evaluation ${id} was left out. ${read.problem.message}`)
  }
  for (const { modelSha256, digest, figures } of reports.reports) {
    if (modelSha256 === engine.model.sha256) add({ origin: 'shipped', id: null, digest, figures })
  }
  return { evaluations: [...evaluations.values()], leftOut }
}

function networkOf({ id, role, source, licence, trainingData, input, onnxSha256 }: WeightRecord): CardNetwork {
  const brought = source.from === 'brought'
  return {
    ...{ id, role, licence, trainingData, brought, sha256: onnxSha256 },
    source: brought ? source.package : `${source.package}@${source.version}`,
    input: `${input.width} by ${input.height} pixels, ${input.colour}`,
  }
}

function calibrationOf({ calibration }: EngineManifest, restsOn: AttachedEvaluation | null): CardCalibration {
  const points = (all: readonly { readonly score: number; readonly fmr: number }[]) =>
    all.map(({ score, fmr }) => ({ score, fmr }))
  if (restsOn === null) {
    const { dataset, impostorComparisons } = calibration
    return { origin: 'engine', dataset, impostorComparisons, points: points(calibration.points) }
  }
  const { set, calibration: measured } = restsOn.report
  const { impostorComparisons } = measured
  return { origin: 'evaluation', dataset: set.name, impostorComparisons, points: points(measured.points) }
}
