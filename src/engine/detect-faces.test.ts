import { describe, expect, test } from 'vitest'
import { blazeAnchors } from './blaze-face.ts'
import { detectFaces, type FaceFinder } from './detect-faces.ts'
import { findMesh, fiveLandmarks } from './find-landmarks.ts'
import { fullRangeRecord, meshRecord, shortRangeRecord } from './front-end-records.ts'
import type { Network } from './network.ts'
import { pixelPyramid } from './pixels.ts'
import { gradientPixels } from './test-support.ts'
import type { WeightRecord } from './weight-record.ts'

// Networks that answer by rule, so that the steps between them are seen alone.

const PYRAMID = pixelPyramid(gradientPixels(512, 512))

function network(record: WeightRecord, answer: (planes: Float32Array, call: number) => readonly Float32Array[]) {
  const seen: Float32Array[] = []
  const made: Network = {
    record,
    run: async (planes) => {
      seen.push(planes)
      return answer(planes, seen.length - 1)
    },
    close: async () => {},
  }
  return Object.assign(made, { seen })
}

interface Faked {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly score: number
}

/** A detector that sees the given faces (pixels of its input) in each of its calls. */
function detector(calls: readonly (readonly Faked[])[]) {
  const anchors = blazeAnchors(128)
  return network(shortRangeRecord, (_, call) => {
    const values = new Float32Array(896 * 16)
    const scores = new Float32Array(896).fill(-20)
    for (const { x, y, size, score } of calls[call] ?? []) {
      const index = anchors.findIndex((anchor) => Math.abs(anchor.x - x) <= 4 && Math.abs(anchor.y - y) <= 4)
      const [dx, dy] = [x - (anchors[index]?.x ?? 0), y - (anchors[index]?.y ?? 0)]
      values.set([dx, dy, size, size, dx - size / 4, dy, dx + size / 4, dy], index * 16)
      scores[index] = Math.log(score / (1 - score))
    }
    return [values, scores]
  })
}

/** A mesh network that finds a small flat face in the middle of what it is shown. */
function mesh(presence = 8) {
  return network(meshRecord, () => {
    const values = new Float32Array(1404).fill(96)
    for (let number = 0; number < 468; number += 1) values[number * 3 + 2] = 0
    for (const [number, x, y] of [
      [33, 70, 80],
      [133, 70, 80],
      [159, 70, 80],
      [145, 70, 80],
    ] as const)
      values.set([x, y], number * 3)
    for (const number of [362, 263, 386, 374]) values.set([122, 80], number * 3)
    values.set([96, 40], 10 * 3)
    values.set([96, 150], 152 * 3)
    return [values, Float32Array.of(presence)]
  })
}

function finderWith<D extends Network>(detectors: readonly D[], presence?: number) {
  const made = { detectors, landmarks: mesh(presence), warnBelowInterEyePixels: 16, jpegQuality: null }
  return made satisfies FaceFinder
}

function finder(calls: readonly (readonly Faked[])[], presence?: number) {
  return finderWith([detector(calls)], presence)
}

const SURE = { size: 40, score: 0.95 }

describe('detectFaces', () => {
  test('a sure, large face needs one look', async () => {
    const tools = finder([[{ x: 60, y: 60, ...SURE }]])
    const faces = await detectFaces(tools, PYRAMID)
    expect(faces).toHaveLength(1)
    expect(tools.detectors[0]?.seen).toHaveLength(1)
    expect(faces[0]).toMatchObject({ index: 0, pose: { yaw: 0, pitch: 0, roll: 0 } })
    // The box in the image is four times the one in the detector's input.
    expect(faces[0]?.box.width).toBeCloseTo(160, 2)
    expect(faces[0]?.box.x).toBeCloseTo(160, 2)
    // The network is shown 1.5 x 160 pixels as 192; its eyes lie 52 of those apart.
    expect(faces[0]?.interEyePixels).toBeCloseTo((52 * 240) / 192, 2)
  })

  test('faces come from left to right, whatever their scores', async () => {
    const faces = await detectFaces(
      finder([
        [
          { x: 100, y: 60, ...SURE },
          { x: 28, y: 60, size: 40, score: 0.9 },
        ],
      ]),
      PYRAMID,
    )
    expect(faces.map((face) => face.index)).toEqual([0, 1])
    expect(faces[0]?.box.x).toBeLessThan(faces[1]?.box.x ?? 0)
  })

  // Call 0 sees the whole image, 1 to 7 the turned ones (upside down first), 8 the best of them again.
  test('an unsure face is looked for in the turned image too, which wins when it is surer', async () => {
    const turned = [{ x: 60, y: 60, ...SURE }]
    const tools = finder([[{ x: 60, y: 60, size: 40, score: 0.6 }], turned, [], [], [], [], [], [], turned])
    const [face] = await detectFaces(tools, PYRAMID)
    expect(tools.detectors[0]?.seen).toHaveLength(9)
    expect(Math.abs(face?.pose.roll ?? 0)).toBeCloseTo(180, 3)
  })

  test.each([
    [1, 180],
    [2, 90],
    [3, 270],
    [4, 45],
    [5, 315],
    [6, 135],
    [7, 225],
  ])('turn number %i shows faces tilted by %i degrees; the surest turn is used', async (call, degrees) => {
    const calls = Array.from({ length: 8 }, (_, number) => {
      return number === 0 ? [] : [{ x: 60, y: 60, size: 40, score: number === call ? 0.95 : 0.7 }]
    })
    const [face, ...others] = await detectFaces(finder([...calls, calls[call] ?? []]), PYRAMID)
    expect(others).toEqual([])
    expect(((face?.pose.roll ?? 0) + 360) % 360).toBeCloseTo(degrees, 3)
    expect(face?.detectionScore).toBeCloseTo(0.95, 5)
    // The box around a turned box is larger, what the mesh network is shown is not.
    expect(face?.interEyePixels).toBeCloseTo((52 * 240) / 192, 2)
  })

  test('an unsure face stays upright when no turned image is surer', async () => {
    const again = Array.from({ length: 8 }, () => [{ x: 60, y: 60, size: 40, score: 0.62 }])
    const [face] = await detectFaces(finder([[{ x: 60, y: 60, size: 40, score: 0.6 }], ...again]), PYRAMID)
    expect(face?.pose.roll).toBeCloseTo(0, 3)
  })

  test('all turns are tried with the first detector alone, the best of them with every one', async () => {
    const quick = detector([[], [], [{ x: 60, y: 60, ...SURE }], [], [], [], [], [], [{ x: 60, y: 60, ...SURE }]])
    const slow = network(fullRangeRecord, () => [new Float32Array(2304 * 16), new Float32Array(2304).fill(-20)])
    const [face] = await detectFaces(finderWith([quick, slow]), PYRAMID)
    expect(face?.pose.roll).toBeCloseTo(90, 3)
    expect(quick.seen).toHaveLength(9)
    expect(slow.seen).toHaveLength(2)
  })

  test('where faces are small the parts are looked at as well', async () => {
    const tools = finder([[{ x: 60, y: 60, size: 10, score: 0.95 }]])
    // Call 0 is the first look; 1 is the whole again, 2 to 10 are the nine parts.
    expect(await detectFaces(tools, PYRAMID)).toEqual([])
    expect(tools.detectors[0]?.seen).toHaveLength(11)
  })

  test('where there is none, every view is tried before that is said', async () => {
    const tools = finder([])
    expect(await detectFaces(tools, PYRAMID)).toEqual([])
    // Whole, seven turned, far, nine parts, 49 small parts.
    expect(tools.detectors[0]?.seen).toHaveLength(67)
    expect(tools.landmarks.seen).toHaveLength(0)
  })

  test('what the mesh network takes for no face is none', async () => {
    expect(await detectFaces(finder([[{ x: 60, y: 60, ...SURE }]], -8), PYRAMID)).toEqual([])
  })

  test('each face carries its quality, and limitations that follow from it', async () => {
    const [face] = await detectFaces(finder([[{ x: 60, y: 60, ...SURE }]]), PYRAMID)
    const codes = face?.quality.measures.map(({ code }) => code) ?? []
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes).toContain('inside_image')
    expect(face?.quality.unified).toBeGreaterThanOrEqual(0)
    expect(face?.quality.unified).toBeLessThanOrEqual(100)
    expect(face?.limitations).toContain(
      'The eyes are 65 pixels apart; below 70 pixels detail for comparison is limited.',
    )
  })

  test('what is known of the JPEG file reaches the quality of its faces', async () => {
    const compression = async (jpegQuality: number | null) => {
      const tools = { ...finder([[{ x: 60, y: 60, ...SURE }]]), jpegQuality }
      const [face] = await detectFaces(tools, PYRAMID)
      return face?.quality.measures.find(({ code }) => code === 'compression')?.quality ?? null
    }
    expect(await compression(null)).toBeNull()
    expect(await compression(95)).toBeGreaterThan((await compression(20)) ?? 101)
  })

  test('a detector without scores is an error, not an empty image', async () => {
    const broken = network(shortRangeRecord, () => [new Float32Array(4)])
    await expect(detectFaces(finderWith([broken]), PYRAMID)).rejects.toThrow('blazeface-short')
  })
})

describe('findMesh', () => {
  const box = { x: 100, y: 200, width: 80, height: 60 }

  test('brings the mesh back to the image, depth on the same scale', async () => {
    const flat = network(meshRecord, () => [
      Float32Array.from({ length: 1404 }, (_, place) => [96, 96, 10][place % 3] ?? 0),
      Float32Array.of(0),
    ])
    const found = await findMesh(flat, PYRAMID, { box, side: 80, points: [], score: 1, detector: 0 })
    expect(found.points).toHaveLength(468)
    expect(found.points[7]?.x).toBeCloseTo(140, 3)
    expect(found.points[7]?.y).toBeCloseTo(230, 3)
    expect(found.points[7]?.z).toBeCloseTo((10 * 1.5 * 80) / 192, 3)
    expect(found.presence).toBe(0.5)
  })

  test('turns the region with the line between the eyes', async () => {
    const corner = network(meshRecord, () => [new Float32Array(1404), Float32Array.of(0)])
    const points = [
      { x: 140, y: 210 },
      { x: 140, y: 250 },
    ]
    const found = await findMesh(corner, PYRAMID, { box, side: 80, points, score: 1, detector: 0 })
    // The region's first corner, a quarter turn about (140, 230): upper right in the image.
    expect(found.points[0]?.x).toBeCloseTo(200, 3)
    expect(found.points[0]?.y).toBeCloseTo(170, 3)
  })
})

test('fiveLandmarks takes means of mesh points, image-left before image-right', () => {
  const points = Array.from({ length: 468 }, (_, number) => ({ x: number, y: 2 * number, z: 0 }))
  const [left, right, nose, leftMouth, rightMouth] = fiveLandmarks(points)
  expect(left).toEqual({ x: (33 + 133 + 159 + 145) / 4, y: (33 + 133 + 159 + 145) / 2 })
  expect(right?.x).toBe((362 + 263 + 386 + 374) / 4)
  expect([nose?.x, leftMouth?.x, rightMouth?.x]).toEqual([4, 61, 291])
})
