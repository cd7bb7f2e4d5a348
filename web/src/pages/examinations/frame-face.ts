import type { Box } from '../../api/types.ts'
import type { BoxStyle } from '../../components/box-style.ts'

/** Width over height of a pane; the style sheet says the same. */
export const PANE_ASPECT = 4 / 5
/** In a booking photograph the face, from brow to chin, takes about this share of the height; the probe is framed alike. */
const FACE_SHARE = 0.37
/** And its middle stands a little below the middle of the photograph. */
const FACE_MIDDLE = 0.56

interface Size {
  readonly width: number
  readonly height: number
}

/** Where to draw the whole photograph so that the chosen face stands in the pane as it does in a booking photograph. */
export function frameFace(photo: Size, face: Box): BoxStyle {
  const height = fitted(face.height / FACE_SHARE, Math.min(photo.height, photo.width / PANE_ASPECT))
  const width = height * PANE_ASPECT
  const left = face.x + face.width / 2 - width / 2
  const top = face.y + face.height / 2 - height * FACE_MIDDLE
  const inside = { x: stay(left, width, photo.width), y: stay(top, height, photo.height), width, height }
  return place(inside, photo)
}

/** A photograph only a little smaller than wanted is shown to its edge rather than with an empty strip. */
function fitted(wanted: number, most: number): number {
  return wanted > most && most / wanted >= 0.85 ? most : wanted
}

/** Moves a window that leaves the photograph back into it, where the photograph is large enough. */
function stay(start: number, length: number, whole: number): number {
  return length > whole ? start : Math.min(whole - length, Math.max(0, start))
}

/** The whole photograph, centred. */
export function frameWhole(photo: Size): BoxStyle {
  const wide = photo.width / photo.height > PANE_ASPECT
  const width = wide ? photo.width : photo.height * PANE_ASPECT
  const height = width / PANE_ASPECT
  return place({ x: (photo.width - width) / 2, y: (photo.height - height) / 2, width, height }, photo)
}

/** Fills the pane from the middle of the photograph; what lies outside is reached by moving. */
export function frameFilled(photo: Size): BoxStyle {
  const wide = photo.width / photo.height > PANE_ASPECT
  const height = wide ? photo.height : photo.width / PANE_ASPECT
  const width = height * PANE_ASPECT
  return place({ x: (photo.width - width) / 2, y: (photo.height - height) / 2, width, height }, photo)
}

function place(crop: Box, photo: Size): BoxStyle {
  return {
    left: part(-crop.x / crop.width),
    top: part(-crop.y / crop.height),
    width: part(photo.width / crop.width),
    height: part(photo.height / crop.height),
  }
}

function part(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`
}
