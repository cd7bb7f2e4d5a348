/**
 * engine: pixels in, templates out. It knows no person, no database and no policy.
 * In: the bytes of a JPEG or PNG file (at most 40 megapixels). Out: the faces in it (pixels of the
 * upright image) with their quality, and templates (704 numbers of unit length by default, compared by cosine, -1 to 1).
 * An agency's own embedder comes in by a manifest, checked before anything is made with it.
 * Image files are decoded in a separate limited process, the networks run in threads of their own. Roles: none; callers decide who may.
 */
export { expectedFalseCandidates, SIMILARITY_FLOOR } from './calibration.ts'
export { DEGRADATIONS, type Degradation, type DegradationCode } from './degrade/degradations.ts'
export type { DegradationStep } from './degrade/degrade-image.ts'
export { type Degrader, openDegrader } from './degrade/open-degrader.ts'
export type {
  DetectedFace,
  Engine,
  EngineCode,
  FaceBox,
  FaceTemplate,
  ImageAnalysis,
  ModelIdentity,
  Point,
  Pose,
} from './engine.ts'
export { EngineError, type EngineErrorCode } from './engine-error.ts'
export { createFakeEngine } from './fake-engine.ts'
export { type EngineManifest, engineManifest, modelIdentity } from './model-manifest.ts'
export { openEngine } from './open-engine.ts'
export { type LoadedOwnModel, loadOwnModel } from './own-model/check-own-model.ts'
export { describeOwnModel } from './own-model/describe-own-model.ts'
export { keepOwnModel } from './own-model/keep-own-model.ts'
export { readModelManifest } from './own-model/manifest-file.ts'
export type { OwnModelCode } from './own-model/own-model-code.ts'
export type { ManifestCode, OwnModelManifest } from './own-model/own-model-manifest.ts'
export { NOT_MEASURED } from './quality/not-measured.ts'
export { type FaceQuality, MEASURES, type MeasureCode, type QualityMeasure } from './quality/quality-measure.ts'
export type { CalibrationPoint, EmbedderRecord, WeightInput, WeightRecord, WeightSource } from './weight-record.ts'
