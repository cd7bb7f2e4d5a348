import type { Calibration, EmbedderRecord, SizeLimits } from './weight-record.ts'

// The ArcFace template for 112 x 112 (insightface).
const ARCFACE_112 = {
  transform: 'similarity-umeyama',
  points: [
    { x: 38.2946, y: 51.6963 },
    { x: 73.5318, y: 51.5014 },
    { x: 56.0252, y: 71.7366 },
    { x: 41.5493, y: 92.3655 },
    { x: 70.7299, y: 92.2041 },
  ],
} as const

/** The first network that makes templates (MobileFaceNet class, 512 numbers). */
export const featureRecord = {
  id: 'fr-feature-512',
  role: 'embedder',
  source: {
    package: 'faceplugin',
    version: '1.0.3',
    member: 'model/fr_feature.onnx',
    integrity: 'sha512-jq+8L3MdF0MHbc7y5hwQSZOdpwuto8qK0X5aYBVGrCYbOhxoTdnDE6dMR4sGtob7AGTdcJb0Nq4Xc9hznz005w==',
    from: 'fetched',
  },
  convert: 'none',
  sourceSha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
  onnxSha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
  bytes: 4_884_269,
  // BGR although its package feeds RGB: measured, FNIR at FPIR 1 % is 7.4 % against 12.6 %.
  input: { width: 112, height: 112, colour: 'BGR', subtract: 127, divide: 128 },
  output: { meaning: 'face embedding, not of unit length', dimension: 512 },
  licence: {
    stated: 'MIT',
    note: 'The package states MIT (LICENSE, copyright 2021 gitguanqi). Nothing found proves that its publisher may license the weights.',
  },
  trainingData: 'Unknown: no document found says which photographs this network was trained on, or on what terms.',
  alignment: ARCFACE_112,
  metric: 'cosine',
} as const satisfies EmbedderRecord

/** The second (MobileFaceNet, 192 numbers): its errors are others than those of the first. */
export const mobileRecord = {
  id: 'mobilefacenet-192',
  role: 'embedder',
  source: {
    package: 'capacitor-face-recognition',
    version: '0.1.4',
    member: 'android/src/main/assets/mobilefacenet.tflite',
    integrity: 'sha512-l+EhOmfCKuNwpv0jERl9BfvCda+uNvN6Q+amw7CJ7h49aMiLiZ9M68Hh/U32ainEsxg8vv/+TbmgNOUqdPGUBg==',
    from: 'fetched',
  },
  convert: 'tflite',
  sourceSha256: 'b67366e085ec9f6c2afb05c10397a46edeb823367abaec77f64f5ce946ac2847',
  onnxSha256: 'a55ee3d4e2f91bbf53cb8d70f26b2767c35f3dda0c1cb8740753a4403f56ecae',
  bytes: 5_243_108,
  input: { width: 112, height: 112, colour: 'RGB', subtract: 127.5, divide: 128 },
  output: { meaning: 'face embedding of unit length', dimension: 192 },
  licence: {
    stated: 'MIT',
    note: 'The package states MIT. The network looks like the one of sirius-ai/MobileFaceNet_TF (Apache-2.0): inferred from its shape, not proven.',
  },
  trainingData:
    'Not stated in the package. The network it looks like was trained on MS1M-refine-v2, made from MS-Celeb-1M: photographs collected from the web without asking, withdrawn by its publisher in 2019.',
  alignment: ARCFACE_112,
  metric: 'cosine',
} as const satisfies EmbedderRecord

/** Scores of the default pipeline between people, measured by `bench/accuracy.ts`. */
export const defaultCalibration: Calibration = {
  points: [
    { score: 0.36, fmr: 1e-3 },
    { score: 0.385, fmr: 5e-4 },
    { score: 0.414, fmr: 2e-4 },
    { score: 0.4344, fmr: 1e-4 },
    { score: 0.454, fmr: 5e-5 },
    { score: 0.479, fmr: 2e-5 },
    { score: 0.496, fmr: 1e-5 },
    { score: 0.516, fmr: 5e-6 },
    { score: 0.531, fmr: 2.4e-6 },
  ],
  dataset:
    'Labeled Faces in the Wild, View 1 (4,986 press photographs of 3,089 people), plainly wrong labels set right',
  impostorComparisons: 12_424_405,
  measuredOn: '2026-11-22',
  note: 'FMR below 2.4e-6 is not measured: fewer than 30 of these comparisons would carry it. Other photographs, relatives and people of one group score higher.',
}

// Measured rank-1 by distance between the eyes: 24 px 97.7 %, 16 px 97.4 %, 12 px 95.5 %, 8 px 73 %.
export const defaultLimits: SizeLimits = { refuseBelowInterEyePixels: 12, warnBelowInterEyePixels: 16 }
