import type { Box } from '../api/types.ts'

export interface BoxStyle {
  readonly left: string
  readonly top: string
  readonly width: string
  readonly height: string
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Where a box lies in a photograph drawn at any size, kept inside its edges. */
export function boxStyle(box: Box, photo: Size): BoxStyle {
  const left = clamp(box.x / photo.width)
  const top = clamp(box.y / photo.height)
  const right = clamp((box.x + box.width) / photo.width)
  const bottom = clamp((box.y + box.height) / photo.height)
  return { left: part(left), top: part(top), width: part(right - left), height: part(bottom - top) }
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share))
}

function part(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`
}
