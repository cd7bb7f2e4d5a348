/** One way in which a photograph gets worse. */
export interface Degradation {
  readonly code: string
  readonly title: string
  readonly unit: string
  /** From none, or nearly none, to severe; in `unit`. */
  readonly steps: readonly [number, number, ...number[]]
}

const TO_HALF = [0, 0.1, 0.2, 0.3, 0.4, 0.5] as const

/** Every degradation, in graded steps. Faces with fewer pixels than a resolution step stay as they are. */
export const DEGRADATIONS = [
  { code: 'resolution', title: 'Few pixels', unit: 'pixels between the eyes', steps: [48, 24, 20, 16, 12, 8] },
  { code: 'blur', title: 'Out of focus', unit: 'of the inter-eye distance', steps: [0, 0.03, 0.05, 0.07, 0.1, 0.15] },
  { code: 'noise', title: 'Sensor noise', unit: 'deviation at middle grey', steps: [0, 10, 20, 35, 50, 80] },
  { code: 'jpeg', title: 'JPEG compression', unit: 'quality', steps: [95, 50, 30, 20, 10, 5] },
  { code: 'low_light', title: 'Low light', unit: 'stops', steps: [0, 2, 4, 5, 6, 7] },
  { code: 'pitch', title: 'Seen from above', unit: 'degrees', steps: [0, 15, 25, 35, 45, 55] },
  { code: 'eyes_covered', title: 'Bar over the eyes', unit: 'of the face box height', steps: TO_HALF },
  { code: 'mouth_covered', title: 'Mask over the mouth', unit: 'of the face box height', steps: TO_HALF },
  { code: 'side_covered', title: 'One side hidden', unit: 'of the face box width', steps: TO_HALF },
  { code: 'rotation', title: 'Turned in the image', unit: 'degrees', steps: [0, 15, 30, 45, 90, 135, 180] },
  { code: 'cctv', title: 'Surveillance camera (all at once)', unit: 'step', steps: [0, 1, 2, 3, 4, 5] },
] as const satisfies readonly Degradation[]

export type DegradationCode = (typeof DEGRADATIONS)[number]['code']
