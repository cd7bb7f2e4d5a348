import { canonicalJson, type JsonValue, sha256Hex } from '../base/index.ts'
import { embedderRecord } from './embedder-record.ts'
import type { ModelIdentity } from './engine.ts'
import { fullRangeRecord, meshRecord, shortRangeRecord } from './front-end-records.ts'
import type { EmbedderRecord, WeightRecord } from './weight-record.ts'

/** Every weight of the pipeline, in the order in which pixels meet them; data for the model card. */
export interface EngineManifest {
  readonly schemaVersion: 1
  readonly id: string
  readonly detectors: readonly WeightRecord[]
  readonly landmarks: WeightRecord
  readonly embedder: EmbedderRecord
}

/** The default pipeline. */
export const engineManifest: EngineManifest = {
  schemaVersion: 1,
  id: 'countenance-engine-1',
  detectors: [shortRangeRecord, fullRangeRecord],
  landmarks: meshRecord,
  embedder: embedderRecord,
}

/** The identity that every template carries: any change to any weight or setting changes it. */
export function modelIdentity(manifest: EngineManifest): ModelIdentity {
  const plain = JSON.parse(JSON.stringify(manifest)) as JsonValue
  return {
    id: manifest.id,
    sha256: sha256Hex(canonicalJson(plain)),
    dimension: manifest.embedder.output.dimension,
  }
}
