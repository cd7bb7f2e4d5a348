import type { DetectedFace } from '../engine/index.ts'

/** A photograph handed in to be searched with. Never overwritten; its bytes are sealed under a key of its own. */
export interface Probe {
  readonly id: string
  readonly agency: string
  readonly uploadedBy: string
  /** SHA-256 of the original bytes. */
  readonly imageDigest: string
  readonly blob: string
  readonly mediaType: string
  /** Pixels of the upright image. */
  readonly width: number
  readonly height: number
  readonly exifOrientation: number
  /** At least one, from left to right. */
  readonly faces: readonly DetectedFace[]
  readonly receivedAt: string
}

/** The largest file taken, in bytes (25 MiB). */
export const PROBE_BYTES_LIMIT = 25 * 1024 * 1024
