import type { EngineManifest } from '../model-manifest.ts'
import type { Calibration, FusedEmbedder, WeightSource } from '../weight-record.ts'
import type { LoadedOwnModel } from './check-own-model.ts'
import type { OwnModelManifest } from './own-model-manifest.ts'

/** The part of a pipeline that finds faces; a brought model keeps it. */
export type FrontEnd = Pick<EngineManifest, 'detectors' | 'landmarks'>

/**
 * What an unmeasured model may claim: every innocent person reaches every score below 1. A list
 * made with it says so for each candidate, until an evaluation brings figures.
 */
export const UNMEASURED: Calibration = {
  points: [{ score: 1, fmr: 1 }],
  dataset: 'none',
  impostorComparisons: 0,
  measuredOn: 'never',
  note: 'Nothing is measured about the scores of this model.',
}

/**
 * The whole pipeline with a brought model in place of the default embedders.
 * Its identity (`modelIdentity`) depends on the model's bytes and on every value of its manifest
 * that shapes templates, never on where the files lay.
 */
export function describeOwnModel(loaded: LoadedOwnModel, frontEnd: FrontEnd): EngineManifest {
  const { manifest } = loaded
  return {
    schemaVersion: 2,
    id: manifest.id,
    detectors: frontEnd.detectors,
    landmarks: frontEnd.landmarks,
    embedders: [embedderOf(loaded)],
    mirror: manifest.flipAverage,
    calibration: manifest.calibration ?? UNMEASURED,
    limits: manifest.limits,
  }
}

function embedderOf({ manifest, source, onnxSha256 }: LoadedOwnModel): FusedEmbedder {
  const { id, sha256, input, output, licence } = manifest
  return {
    // Two outputs of one file are two models.
    id: output.name === null ? id : `${id}/${output.name}`,
    role: 'embedder',
    source: sourceOf(manifest),
    convert: manifest.convert,
    sourceSha256: sha256,
    onnxSha256,
    bytes: source.length,
    // Bytes as they are; `feed` says what the network makes of them.
    input: { ...input, colour: 'RGB', subtract: 0, divide: 1, feed: manifest.feed },
    output: {
      meaning: 'face embedding, of any length',
      dimension: output.dimension,
      ...(output.name === null ? {} : { name: output.name }),
    },
    licence: { stated: licence.stated, note: licenceNote(manifest) },
    trainingData: manifest.trainingData,
    alignment: manifest.alignment,
    metric: manifest.metric,
    share: 1,
  }
}

function sourceOf(manifest: OwnModelManifest): WeightSource {
  const { id, sha256 } = manifest
  const integrity = `sha256-${Buffer.from(sha256, 'hex').toString('base64')}`
  return { package: id, version: sha256.slice(0, 12), member: keptName(manifest), integrity, from: 'brought' }
}

/** The file's name in the weights folder: its content names it, so two models never meet. */
export function keptName({ sha256, convert }: Pick<OwnModelManifest, 'sha256' | 'convert'>): string {
  return `${sha256}.${convert === 'tflite' ? 'tflite' : 'onnx'}`
}

const USE = { yes: 'allowed', no: 'forbidden', not_stated: 'not stated' } as const

function licenceNote({ licence, provenance }: OwnModelManifest): string {
  const { commercialUse, lawEnforcementUse } = licence
  const uses = `Commercial use ${USE[commercialUse]}, use by law enforcement ${USE[lawEnforcementUse]}.`
  const paper = provenance.paper === null ? '' : ` Paper: ${provenance.paper}.`
  return `${uses} By ${provenance.author}, ${provenance.url}.${paper} Stated by the agency that brought the model.`
}
