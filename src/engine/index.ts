/**
 * engine: pixels in, templates out. It knows no person, no database and no policy.
 * In: the bytes of a JPEG or PNG file (at most 40 megapixels). Out: the faces in it (pixels of the
 * upright image), and templates (512 numbers of unit length, compared by cosine, -1 to 1).
 * Image files are decoded in a separate limited process. Roles: none; callers decide who may.
 */
export { expectedFalseCandidates, SIMILARITY_FLOOR } from './calibration.ts'
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
export type { EngineManifest } from './model-manifest.ts'
export { openEngine } from './open-engine.ts'
export type { CalibrationPoint, EmbedderRecord, WeightInput, WeightRecord, WeightSource } from './weight-record.ts'
