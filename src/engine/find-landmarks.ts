import type { Point } from './engine.ts'
import type { FaceCandidate } from './face-candidate.ts'
import type { Network } from './network.ts'
import type { PixelPyramid } from './pixels.ts'
import { applyTransform, placeTransform } from './similarity-transform.ts'
import { warpToInput } from './warp-pixels.ts'

/** A point of the face mesh in pixels of the image; `z` grows away from the camera, on the same scale. */
export interface MeshPoint extends Point {
  readonly z: number
}

export interface FaceMesh {
  /** 468, numbered as in MediaPipe's canonical face model. */
  readonly points: readonly MeshPoint[]
  /** 0 to 1: how much the network takes what it saw for a face. */
  readonly presence: number
}

/** The network sees a square this much larger than the detector's box. */
const REGION_SCALE = 1.5

/** Fits the face mesh to one candidate. */
export async function findMesh(network: Network, pyramid: PixelPyramid, candidate: FaceCandidate): Promise<FaceMesh> {
  const { box, side, points } = candidate
  const [left, right] = points
  const angle = left && right ? Math.atan2(right.y - left.y, right.x - left.x) : 0
  const { input } = network.record
  const scale = (REGION_SCALE * side) / input.width
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const toImage = placeTransform({ x: input.width / 2, y: input.height / 2 }, middle, scale, angle)
  const [values = new Float32Array(), presence] = await network.run(warpToInput(pyramid, toImage, input))
  const mesh = Array.from({ length: values.length / 3 }, (_, index) => {
    const place = { x: values[index * 3] ?? 0, y: values[index * 3 + 1] ?? 0 }
    return { ...applyTransform(toImage, place), z: (values[index * 3 + 2] ?? 0) * scale }
  })
  return { points: mesh, presence: 1 / (1 + Math.exp(-(presence?.[0] ?? 0))) }
}

// Mesh points whose mean is each landmark; eyes are the means of corners and lids.
const LANDMARKS: readonly (readonly number[])[] = [[33, 133, 159, 145], [362, 263, 386, 374], [4], [61], [291]]

/** The five landmarks used for alignment: eyes, nose tip, mouth corners; image-left before image-right. */
export function fiveLandmarks(mesh: readonly MeshPoint[]): readonly Point[] {
  return LANDMARKS.map((numbers) => ({
    x: numbers.reduce((sum, number) => sum + (mesh[number]?.x ?? 0), 0) / numbers.length,
    y: numbers.reduce((sum, number) => sum + (mesh[number]?.y ?? 0), 0) / numbers.length,
  }))
}
