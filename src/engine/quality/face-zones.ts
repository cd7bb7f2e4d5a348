import type { Point } from '../engine.ts'

/** What a pixel of the patch shows. */
export const Zone = { outsideImage: 0, around: 1, face: 2, background: 3 } as const

/** The outline of the face, from the forehead clockwise; MediaPipe's canonical face model. */
export const OUTLINE: readonly number[] = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
]

/** Nothing nearer to the face's outline than this, in distances between the eyes, is background: hair, ears. */
const HAIR_WIDTH = 0.5

/**
 * Which pixels show the face (inside the mesh's outline) and which show background. No network marks
 * the background: it is what lies beside the head, well away from the outline, and above the chin.
 * @param mesh in pixels of the patch @param inside for each pixel 1 where the patch lies on the image
 */
export function markZones(mesh: readonly Point[], inside: Uint8Array, size: number, interEye: number): Uint8Array {
  const { starts, ends } = outlineRows(mesh, size)
  const left = Math.min(...starts) - HAIR_WIDTH * interEye
  const right = Math.max(...ends) + HAIR_WIDTH * interEye
  const chin = ends.findLastIndex((end, row) => end > (starts[row] ?? size))
  const zones = new Uint8Array(size * size)
  for (let row = 0; row < size; row += 1) {
    const start = starts[row] ?? size
    const end = ends[row] ?? 0
    for (let column = 0; column < size; column += 1) {
      const place = row * size + column
      const middle = column + 0.5
      if (inside[place] === 0) continue
      if (middle > start && middle < end) zones[place] = Zone.face
      else zones[place] = row < chin && (middle < left || middle > right) ? Zone.background : Zone.around
    }
  }
  return zones
}

interface Rows {
  /** For each row where the outline is entered; the size where it does not reach. */
  readonly starts: Float32Array
  /** And where it is left; 0 where it does not reach. */
  readonly ends: Float32Array
}

function outlineRows(mesh: readonly Point[], size: number): Rows {
  const rows = { starts: new Float32Array(size).fill(size), ends: new Float32Array(size) }
  let before = mesh[OUTLINE[OUTLINE.length - 1] ?? 0]
  for (const number of OUTLINE) {
    const point = mesh[number]
    if (before && point) addEdge(before, point, size, rows)
    before = point
  }
  return rows
}

/** Widens every row whose middle the edge crosses to the crossing. */
function addEdge(from: Point, to: Point, size: number, { starts, ends }: Rows): void {
  const [upper, lower] = from.y < to.y ? [from, to] : [to, from]
  const first = Math.max(0, Math.ceil(upper.y - 0.5))
  const last = Math.min(size - 1, Math.floor(lower.y - 0.5))
  for (let row = first; row <= last; row += 1) {
    const down = lower.y > upper.y ? (row + 0.5 - upper.y) / (lower.y - upper.y) : 0
    const x = upper.x + (lower.x - upper.x) * down
    starts[row] = Math.min(starts[row] ?? size, x)
    ends[row] = Math.max(ends[row] ?? 0, x)
  }
}
