import type { Outcome } from '../base/index.ts'
import type { EngineManifest } from './model-manifest.ts'
import type { FaceQuality } from './quality/quality-measure.ts'

/** Which weights made a template. Two templates may be compared only when `sha256` is the same. */
export interface ModelIdentity {
  readonly id: string
  /** SHA-256 over the canonical manifest of every weight in the pipeline, 64 hex digits. */
  readonly sha256: string
  /** Length of the template vector. */
  readonly dimension: number
}

/** A place in an image: pixels, origin at the top left, y downwards. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** An upright rectangle, in pixels of the upright image; it may reach past the image's edge. */
export interface FaceBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** How a head is turned, in degrees; 0, 0, 0 looks into the camera. */
export interface Pose {
  /** Positive when the nose points to the right side of the image. */
  readonly yaw: number
  /** Positive when the face looks down. */
  readonly pitch: number
  /** Positive when the head is tilted clockwise as seen in the image. */
  readonly roll: number
}

/** One face found in an image. Places are in pixels of the upright image. */
export interface DetectedFace {
  /** 0-based, from left to right in the upright image. */
  readonly index: number
  readonly box: FaceBox
  /** Five: left-image eye, right-image eye, nose tip, left-image and right-image mouth corner. */
  readonly landmarks: readonly Point[]
  /** The detector's own score, 0 to 1; not a probability. */
  readonly detectionScore: number
  readonly interEyePixels: number
  readonly pose: Pose
  readonly quality: FaceQuality
  /** Plain sentences about what limits a comparison of this face; empty when nothing does. */
  readonly limitations: readonly string[]
}

/** What was found in one image file. */
export interface ImageAnalysis {
  /** SHA-256 of the file's bytes. */
  readonly sha256: string
  readonly mediaType: 'image/jpeg' | 'image/png'
  /** Pixels, after the orientation was applied. */
  readonly width: number
  readonly height: number
  /** The EXIF orientation the file carried, 1 to 8; 1 when it carried none. */
  readonly exifOrientation: number
  /** At least one, sorted from left to right. */
  readonly faces: readonly DetectedFace[]
}

/** What is compared in a search. It can be inverted to a likeness: protect it as a photograph. */
export interface FaceTemplate {
  readonly model: ModelIdentity
  /** Unit length; `model.dimension` numbers. */
  readonly vector: Float32Array
  readonly face: DetectedFace
  readonly analysis: ImageAnalysis
}

/** How an image can fail; each is about that image alone, never about a person. */
export type EngineCode =
  | 'empty_file'
  | 'unsupported_type'
  | 'unreadable_image'
  | 'image_too_large'
  | 'decode_timeout'
  | 'decode_crashed'
  | 'no_face'
  | 'many_faces'
  | 'no_such_face'
  | 'face_too_small'
  | 'engine_busy'
  | 'engine_lost'
  | 'embedding_not_finite'

/** Pixels in, templates out. Safe to call from many places at once. */
export interface Engine {
  readonly model: ModelIdentity
  /** Data for the model card. */
  readonly manifest: EngineManifest
  /** Calls so far, failed ones included; lets a test prove that a refused request never got here. */
  readonly counts: { readonly analyses: number; readonly templates: number }
  /** Finds every face in a JPEG or PNG file; none is the failure `no_face`. */
  analyse(bytes: Uint8Array): Promise<Outcome<ImageAnalysis, EngineCode>>
  /** The template of one face; several faces and no `faceIndex` is the failure `many_faces`. */
  makeTemplate(bytes: Uint8Array, faceIndex?: number): Promise<Outcome<FaceTemplate, EngineCode>>
  /** An upright JPEG without metadata, longest edge at most 1600 pixels, to show on a screen. */
  displayCopy(bytes: Uint8Array): Promise<Outcome<Uint8Array, EngineCode>>
  /** Stops the decode processes and frees the models. Safe to call twice. */
  close(): Promise<void>
}
