import type { CalibrationPoint } from '../weight-record.ts'
import type { TensorFeed } from './feed.ts'

interface Place {
  readonly x: number
  readonly y: number
}

/** One image with the embedding that the model's author got for it. */
export interface GoldenTest {
  /** Absolute. */
  readonly file: string
  /** Five, in pixels of the upright image, its first pixel's middle at 0; null when the image is the aligned face already, as large as the input. */
  readonly landmarks: readonly Place[] | null
  readonly expected: Float32Array
  /** Cosine, 0.9 to 1. */
  readonly minCosine: number
}

export interface OwnModelLicence {
  /** SPDX name or the text, as the agency gave it. */
  readonly stated: string
  readonly commercialUse: 'yes' | 'no' | 'not_stated'
  readonly lawEnforcementUse: 'yes' | 'no' | 'not_stated'
  /** The licence says no and somebody accepted that; belongs in the log. */
  readonly overridden: boolean
}

/** A model that an agency brings, as its manifest describes it; nothing of it has been looked at yet. */
export interface OwnModelManifest {
  readonly id: string
  readonly title: string
  /** Folder of the manifest, absolute; every file lies in it. */
  readonly folder: string
  /** The model file, absolute. */
  readonly file: string
  /** Of the file as it lies there, before any conversion. */
  readonly sha256: string
  /** Length of that file; null when the manifest does not say. */
  readonly bytes: number | null
  readonly convert: 'none' | 'tflite'
  readonly input: { readonly width: number; readonly height: number }
  readonly feed: TensorFeed
  readonly alignment: { readonly transform: 'similarity-umeyama'; readonly points: readonly Place[] }
  readonly output: { readonly dimension: number; readonly name: string | null }
  readonly metric: 'cosine'
  /** Whether a template is the mean of the face and its mirror image. */
  readonly flipAverage: boolean
  readonly licence: OwnModelLicence
  readonly trainingData: string
  readonly provenance: { readonly author: string; readonly url: string; readonly paper: string | null }
  /** The author's figures; null until an evaluation measures them. */
  readonly calibration: OwnModelCalibration | null
  readonly limits: { readonly refuseBelowInterEyePixels: number; readonly warnBelowInterEyePixels: number }
  readonly goldenTests: readonly GoldenTest[]
}

export interface OwnModelCalibration {
  /** Ascending by score. */
  readonly points: readonly [CalibrationPoint, ...CalibrationPoint[]]
  readonly dataset: string
  readonly impostorComparisons: number
  readonly measuredOn: string
  readonly note: string
}

/** How a manifest can be refused. */
export type ManifestCode =
  | 'manifest_not_json'
  | 'manifest_version_unknown'
  | 'manifest_key_unknown'
  | 'manifest_key_missing'
  | 'manifest_value_wrong'
  | 'metric_unsupported'
  | 'path_escapes'
  | 'golden_test_malformed'
  | 'licence_forbids'
