/** How much of the photograph is kept around the face box, in face heights. */
const HEIGHTS = 1.9

export interface FaceCrop {
  /** The crop's left and top edge, in frames from the photograph's own. */
  readonly x: number
  readonly y: number
  /** The whole photograph's width and height, in frames. */
  readonly scaleX: number
  readonly scaleY: number
}

/** A photograph and the face in it, in pixels. */
export interface FramedFace {
  readonly width: number
  readonly height: number
  readonly face: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

/**
 * Where a frame of that aspect (width over height) has to lie so that it shows the face with room
 * around it and never leaves the photograph. Pixels in, multiples of the frame out.
 */
export function faceCrop(photograph: FramedFace, aspect: number): FaceCrop {
  const { face } = photograph
  const wished = Math.max(face.height, face.width / aspect) * HEIGHTS
  const height = Math.min(wished, photograph.height, photograph.width / aspect)
  const width = height * aspect
  const left = inside(face.x + face.width / 2 - width / 2, photograph.width - width)
  const top = inside(face.y + face.height / 2 - height / 2, photograph.height - height)
  return {
    x: left / width,
    y: top / height,
    scaleX: photograph.width / width,
    scaleY: photograph.height / height,
  }
}

function inside(place: number, limit: number): number {
  return Math.max(0, Math.min(place, limit))
}
