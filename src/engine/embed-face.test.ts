import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { embedFace, type LoadedEmbedder } from './embed-face.ts'
import { featureRecord } from './embedder-record.ts'
import { pixelPyramid } from './pixels.ts'
import { cosine, gradientPixels } from './test-support.ts'
import type { FusedEmbedder } from './weight-record.ts'

// Networks that answer by rule. The face is a gradient: bright on its right, dark on its left.
const PYRAMID = pixelPyramid(gradientPixels(112, 112))
const LANDMARKS = featureRecord.alignment.points
const SIZE = 112

function embedder(share: number, dimension: number, answer: (planes: Float32Array) => readonly number[]) {
  const seen: Float32Array[] = []
  const record: FusedEmbedder = { ...featureRecord, output: { meaning: 'a test', dimension }, share }
  const run = async (planes: Float32Array) => {
    seen.push(planes)
    return [Float32Array.from(answer(planes))]
  }
  const loaded: LoadedEmbedder = { record, network: { record, run, close: async () => {} } }
  return Object.assign(loaded, { seen })
}

function always(share: number, values: readonly number[]) {
  return embedder(share, values.length, () => values)
}

function embed(embedders: readonly LoadedEmbedder[], mirror = false) {
  return embedFace(embedders, mirror, PYRAMID, LANDMARKS)
}

/** A network's output with a direction, neither too short nor too long for 32-bit floats. */
function direction(length: number) {
  const value = fc.float({ min: -10, max: 10, noNaN: true })
  return fc.array(value, { minLength: length, maxLength: length }).filter((values) => Math.hypot(...values) > 0.1)
}

function cosineOf(one: readonly number[], other: readonly number[]): number {
  const dot = one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0)
  return dot / (Math.hypot(...one) * Math.hypot(...other))
}

describe('one network', () => {
  test('its direction, of unit length, and the length it had', async () => {
    const found = await embed([always(1, [3, 0, -4])])
    expect([...(found?.vector ?? [])]).toEqual([3 / 5, 0, -4 / 5].map(Math.fround))
    expect(found?.norm).toBe(5)
  })

  test('is shown the aligned face once, without the mirrored one', async () => {
    const one = always(1, [1, 0])
    await embed([one])
    expect(one.seen).toHaveLength(1)
    expect(one.seen[0]).toHaveLength(3 * SIZE * SIZE)
  })
})

describe('several networks', () => {
  const share = fc.double({ min: 0.01, max: 0.99, noNaN: true })

  test('the template is of unit length, one part after the other, each as long as the root of its share', async () => {
    await fc.assert(
      fc.asyncProperty(share, direction(5), direction(3), async (part, one, other) => {
        const vector = (await embed([always(part, one), always(1 - part, other)]))?.vector ?? new Float32Array()
        expect(vector).toHaveLength(8)
        expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
        expect(Math.hypot(...vector.subarray(0, 5))).toBeCloseTo(Math.sqrt(part), 5)
      }),
      { numRuns: 25 },
    )
  })

  test('the cosine of two templates is the sum of the networks’ cosines, each times its share', async () => {
    const pair = fc.tuple(direction(5), direction(3))
    await fc.assert(
      fc.asyncProperty(share, pair, pair, async (part, [oneA, oneB], [otherA, otherB]) => {
        const one = await embed([always(part, oneA), always(1 - part, oneB)])
        const other = await embed([always(part, otherA), always(1 - part, otherB)])
        const expected = part * cosineOf(oneA, otherA) + (1 - part) * cosineOf(oneB, otherB)
        expect(cosine(one?.vector ?? new Float32Array(), other?.vector ?? new Float32Array())).toBeCloseTo(expected, 5)
      }),
      { numRuns: 25 },
    )
  })

  test('the length told is that of the first', async () => {
    expect((await embed([always(0.5, [0, 2]), always(0.5, [9, 0])]))?.norm).toBe(2)
  })
})

describe('the mirrored face', () => {
  test('is shown with left and right changed, row by row and colour by colour', async () => {
    const one = always(1, [1, 0])
    await embed([one], true)
    const [plain = new Float32Array(), mirrored = new Float32Array(), ...others] = one.seen
    expect(others).toEqual([])
    for (const row of [0, 5, SIZE, 3 * SIZE - 1]) {
      const line = (planes: Float32Array) => [...planes.subarray(row * SIZE, (row + 1) * SIZE)]
      expect(line(mirrored)).toEqual(line(plain).reverse())
    }
    expect(mirrored).not.toEqual(plain)
  })

  test('the mean of both directions is taken, whatever their lengths', async () => {
    // The first planes of the plain face are the darker on the left; its answer is ten times as long.
    const isPlain = (planes: Float32Array) => (planes[2 * SIZE * SIZE] ?? 0) < (planes[2 * SIZE * SIZE + SIZE - 1] ?? 0)
    const one = embedder(1, 2, (planes) => (isPlain(planes) ? [10, 0] : [0, 1]))
    const found = await embed([one], true)
    expect(found?.vector[0]).toBeCloseTo(Math.SQRT1_2, 6)
    expect(found?.vector[1]).toBeCloseTo(Math.SQRT1_2, 6)
    expect(found?.norm).toBe(10)
  })

  test('two directions that cancel out leave none', async () => {
    let calls = 0
    const turning = embedder(1, 2, () => [calls++ === 0 ? 1 : -1, 0])
    expect(await embed([turning], true)).toBeNull()
  })
})

describe('numbers that are of no use', () => {
  const USELESS = [
    [Number.NaN, 1],
    [1, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, 0],
    [0, 0],
  ]

  test.each(USELESS)('%f and %f give no template', async (...values) => {
    expect(await embed([always(1, values)])).toBeNull()
    expect(await embed([always(0.9, [1, 0]), always(0.1, values)])).toBeNull()
    expect(await embed([always(0.9, values), always(0.1, [1, 0])])).toBeNull()
  })

  test.each(USELESS)('%f and %f for the mirrored face alone give no template', async (...values) => {
    let calls = 0
    const mixed = embedder(1, 2, () => (calls++ === 0 ? [1, 0] : values))
    expect(await embed([mixed], true)).toBeNull()
    expect(calls).toBe(2)
  })

  test('very long and very short outputs still have a direction', async () => {
    for (const size of [1e30, 1e-30]) {
      expect((await embed([always(1, [size, 0, size])]))?.vector[2]).toBeCloseTo(Math.SQRT1_2, 6)
    }
  })

  test('an output of another length than the record says is a fault', async () => {
    const short = embedder(1, 512, () => Array.from({ length: 128 }, () => 1))
    await expect(embed([short])).rejects.toThrow('fr-feature-512 gave 128 numbers, the manifest says 512.')
    const silent: LoadedEmbedder = { ...short, network: { ...short.network, run: async () => [] } }
    await expect(embed([silent])).rejects.toThrow(RangeError)
  })
})
