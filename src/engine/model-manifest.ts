import { canonicalJson, type JsonValue, sha256Hex } from '../base/index.ts'
import { defaultCalibration, defaultLimits, featureRecord, mobileRecord } from './embedder-record.ts'
import type { ModelIdentity } from './engine.ts'
import { fullRangeRecord, meshRecord, shortRangeRecord } from './front-end-records.ts'
import type { Calibration, FusedEmbedder, SizeLimits, WeightRecord } from './weight-record.ts'

/** Every weight of the pipeline, in the order in which pixels meet them; data for the model card. */
export interface EngineManifest {
  readonly schemaVersion: 2
  readonly id: string
  readonly detectors: readonly WeightRecord[]
  readonly landmarks: WeightRecord
  readonly embedders: readonly [FusedEmbedder, ...FusedEmbedder[]]
  /** Whether the mirrored face is embedded too and the mean taken: a little better, twice the time. */
  readonly mirror: boolean
  readonly calibration: Calibration
  readonly limits: SizeLimits
}

/** The default pipeline. */
export const engineManifest: EngineManifest = {
  schemaVersion: 2,
  id: 'countenance-engine-2',
  detectors: [shortRangeRecord, fullRangeRecord],
  landmarks: meshRecord,
  embedders: [
    { ...featureRecord, share: 0.65 },
    { ...mobileRecord, share: 0.35 },
  ],
  mirror: false,
  calibration: defaultCalibration,
  limits: defaultLimits,
}

/** Raised when code between the pixels and the template changes what comes out. */
const PIPELINE_REVISION = 2

/** The identity that every template carries: any weight or setting that shapes templates changes it, no description does. */
export function modelIdentity(manifest: EngineManifest): ModelIdentity {
  const shaping = {
    pipeline: PIPELINE_REVISION,
    id: manifest.id,
    frontEnd: [...manifest.detectors, manifest.landmarks].map(shapingPart),
    embedders: manifest.embedders.map((one) => ({
      ...shapingPart(one),
      alignment: one.alignment,
      metric: one.metric,
      share: one.share,
    })),
    mirror: manifest.mirror,
  }
  return {
    id: manifest.id,
    sha256: sha256Hex(canonicalJson(JSON.parse(JSON.stringify(shaping)) as JsonValue)),
    dimension: templateDimension(manifest),
  }
}

function shapingPart({ id, role, onnxSha256, input, output }: WeightRecord) {
  return { id, role, onnxSha256, input, dimension: output.dimension }
}

/** Length of the template vector: the embeddings stand one after the other. */
export function templateDimension({ embedders }: EngineManifest): number {
  return embedders.reduce((sum, { output }) => sum + output.dimension, 0)
}
