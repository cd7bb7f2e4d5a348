import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { channelsOf, feedTensor, type TensorFeed, tensorShape } from './feed.ts'

/** Two pixels: one of R 10, G 20, B 30 and one of R 40, G 50, B 60. */
const PLANES = Float32Array.of(10, 40, 20, 50, 30, 60)

function feed(changes: Partial<TensorFeed> = {}): TensorFeed {
  return { layout: 'NCHW', colour: 'RGB', mean: [0, 0, 0], std: [1, 1, 1], ...changes }
}

describe('feedTensor', () => {
  test.each([
    ['NCHW', 'RGB', [10, 40, 20, 50, 30, 60]],
    ['NCHW', 'BGR', [30, 60, 20, 50, 10, 40]],
    ['NHWC', 'RGB', [10, 20, 30, 40, 50, 60]],
    ['NHWC', 'BGR', [30, 20, 10, 60, 50, 40]],
  ] as const)('lays %s %s out as asked', (layout, colour, expected) => {
    expect([...feedTensor(PLANES, feed({ layout, colour }))]).toEqual(expected)
  })

  test.each(['NCHW', 'NHWC'] as const)('makes one grey channel after BT.601, %s', (layout) => {
    const grey = feedTensor(PLANES, feed({ layout, colour: 'GRAY', mean: [0], std: [1] }))
    // 0.299 x 10 + 0.587 x 20 + 0.114 x 30, and the same for the other pixel.
    expect(grey).toHaveLength(2)
    expect(grey[0]).toBeCloseTo(18.15, 4)
    expect(grey[1]).toBeCloseTo(48.15, 4)
  })

  test('mean and std are taken in the order of the colours that the network sees', () => {
    const changes = { mean: [30, 20, 10], std: [1, 2, 4] }
    expect([...feedTensor(PLANES, feed({ ...changes, colour: 'BGR' }))]).toEqual([0, 30, 0, 15, 0, 7.5])
    expect([...feedTensor(PLANES, feed({ ...changes, colour: 'RGB', layout: 'NHWC' }))]).toEqual([
      -20, 0, 5, 10, 15, 12.5,
    ])
  })

  test('planes of different sizes are an error', () => {
    expect(() => feedTensor(new Float32Array(7), feed())).toThrow('not three planes')
  })

  test.each([feed({ mean: [0] }), feed({ std: [1, 1] }), feed({ colour: 'GRAY' })])(
    'as many means and stds as channels, or an error',
    (wrong) => {
      expect(() => feedTensor(PLANES, wrong)).toThrow('numbers as mean')
    },
  )

  test('both layouts hold the same numbers, and mean and std can be undone', () => {
    const channel = fc.double({ min: -200, max: 200, noNaN: true })
    const spread = fc.double({ min: 1, max: 256, noNaN: true })
    const three = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 3, maxLength: 3 })
    const colours = fc.constantFrom('RGB', 'BGR') as fc.Arbitrary<'RGB' | 'BGR'>
    const planes = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(planes, colours, three(channel), three(spread), (bytes, colour, mean, std) => {
        const upright = feedTensor(Float32Array.from(bytes), feed({ colour, mean, std }))
        const turned = feedTensor(Float32Array.from(bytes), feed({ colour, mean, std, layout: 'NHWC' }))
        for (let pixel = 0; pixel < 4; pixel += 1) {
          for (let at = 0; at < 3; at += 1) {
            const value = upright[at * 4 + pixel] ?? Number.NaN
            expect(turned[pixel * 3 + at]).toBe(value)
            const plane = colour === 'RGB' ? at : 2 - at
            expect(value * (std[at] ?? 0) + (mean[at] ?? 0)).toBeCloseTo(bytes[plane * 4 + pixel] ?? -1, 2)
          }
        }
      }),
    )
  })
})

describe('tensorShape', () => {
  test.each([
    ['NCHW', 'RGB', [1, 3, 7, 5]],
    ['NHWC', 'BGR', [1, 7, 5, 3]],
    ['NCHW', 'GRAY', [1, 1, 7, 5]],
    ['NHWC', 'GRAY', [1, 7, 5, 1]],
  ] as const)('%s %s, 5 wide and 7 high', (layout, colour, shape) => {
    expect(tensorShape(feed({ layout, colour }), 5, 7)).toEqual(shape)
    expect(shape).toContain(channelsOf(colour))
  })
})
