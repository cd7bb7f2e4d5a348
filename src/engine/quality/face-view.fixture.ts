import type { Point } from '../engine.ts'
import type { MeshPoint } from '../find-landmarks.ts'
import { type Pixels, pixelPyramid } from '../pixels.ts'
import type { FaceView } from './face-view.ts'
import { OUTLINE } from './face-zones.ts'

/** A drawn face: eyes 100 pixels apart at 150, 200 and 250, 200; the chin at 200, 380; the forehead at 200, 80. */
export const DRAWN = { width: 400, height: 500, interEye: 100, eyeToChin: 180 } as const

type Colour = readonly [number, number, number]

/** An image of 400 x 500 pixels, each with the colour that `colourAt` says. */
export function paint(colourAt: (x: number, y: number) => Colour, width = 400, height = 500): Pixels {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set(colourAt(x, y), (y * width + x) * 3)
  }
  return { width, height, data }
}

export function onePaint(red: number, green = red, blue = red): Pixels {
  return paint(() => [red, green, blue])
}

export interface Features {
  /** Pixels between the lids of the image-left and the image-right eye. */
  readonly lids?: readonly [number, number]
  /** Pixels between the lips. */
  readonly lips?: number
}

/** The mesh of the drawn face: an ellipse with eyes and a mouth. */
export function drawnMesh({ lids = [12, 12], lips = 0 }: Features = {}): readonly MeshPoint[] {
  const points: MeshPoint[] = Array.from({ length: 468 }, () => ({ x: 200, y: 230, z: 0 }))
  for (const [place, number] of OUTLINE.entries()) {
    const angle = ((place * 10 - 90) * Math.PI) / 180
    points[number] = { x: 200 + 110 * Math.cos(angle), y: 230 + 150 * Math.sin(angle), z: 0 }
  }
  const across = (upper: number, lower: number, at: Point, gap: number) => {
    points[upper] = { x: at.x, y: at.y - gap / 2, z: 0 }
    points[lower] = { x: at.x, y: at.y + gap / 2, z: 0 }
  }
  for (const [upper, lower] of [
    [160, 144],
    [159, 145],
    [158, 153],
  ] as const)
    across(upper, lower, { x: 150, y: 200 }, lids[0])
  for (const [upper, lower] of [
    [385, 380],
    [386, 374],
    [387, 373],
  ] as const)
    across(upper, lower, { x: 250, y: 200 }, lids[1])
  for (const [upper, lower] of [
    [82, 87],
    [13, 14],
    [312, 317],
  ] as const)
    across(upper, lower, { x: 200, y: 300 }, lips)
  return points
}

const GREY = pixelPyramid(onePaint(128))

/** The drawn face on an image of one grey, with what the test changes. */
export function drawnView(change: Partial<FaceView> & { readonly pixels?: Pixels } = {}): FaceView {
  const { pixels, ...rest } = change
  return {
    pyramid: pixels ? pixelPyramid(pixels) : GREY,
    mesh: drawnMesh(),
    landmarks: [
      { x: 150, y: 200 },
      { x: 250, y: 200 },
      { x: 200, y: 250 },
      { x: 160, y: 300 },
      { x: 240, y: 300 },
    ],
    box: { x: 90, y: 110, width: 220, height: 220 },
    pose: { yaw: 0, pitch: 0, roll: 0 },
    otherBoxes: [],
    jpegQuality: 90,
    ...rest,
  }
}

/** The same face moved, scaled and turned about the middle between its eyes. */
export function movedView(view: FaceView, scale: number, shift: Point, radians = 0): FaceView {
  const move = ({ x, y }: Point): Point => {
    const [along, down] = [scale * (x - 200), scale * (y - 200)]
    return {
      x: 200 + shift.x + along * Math.cos(radians) - down * Math.sin(radians),
      y: 200 + shift.y + along * Math.sin(radians) + down * Math.cos(radians),
    }
  }
  const mesh = view.mesh.map((point) => ({ ...move(point), z: point.z * scale }))
  return { ...view, mesh, landmarks: view.landmarks.map(move) }
}
