import type { Point } from '../engine.ts'

/** Pixels between the middles of the two eyes, the first two of the five landmarks. */
export function interEyeDistance(landmarks: readonly Point[]): number {
  const [left, right] = landmarks
  return left && right ? Math.hypot(right.x - left.x, right.y - left.y) : 0
}
