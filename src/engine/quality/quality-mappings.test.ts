import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasSharedData, sharedFile } from '../test-support.ts'
import { GOLDEN, HEAD_SIZE, NOT_OURS, UNIFIED } from './golden-values.fixture.ts'
import { isoLogistic, QUALITY_OF } from './quality-mappings.ts'
import { MEASURES, type MeasureCode } from './quality-measure.ts'

describe('golden values', () => {
  for (const { name, codes, pairs } of GOLDEN) {
    for (const code of codes) {
      test.each([...pairs])(`${name}, ${code}: %f is worth %i`, (native, quality) => {
        expect(QUALITY_OF[code](native)).toBe(quality)
      })
    }
  }

  test.each([...HEAD_SIZE])('a head %f larger or smaller than the best is worth %i', (away, quality) => {
    expect(QUALITY_OF.head_size(0.45 + away)).toBe(quality)
    expect(QUALITY_OF.head_size(0.45 - away)).toBe(quality)
  })

  test.each([...UNIFIED])('the common mapping: %f is worth %i', (native, quality) => {
    expect(isoLogistic(native, { x0: 23, w: 2.6 })).toBe(quality)
  })

  test.runIf(hasSharedData)('are all those of the data file, and no others', async () => {
    const file = JSON.parse((await sharedFile('standards/ofiq_mapping.json')).toString('utf8'))
    const { golden, params: _constants, ...others } = file
    const there = { ...prefixed(golden), ...others }
    const here = Object.fromEntries(GOLDEN.map(({ name, pairs }) => [name, pairs]))
    for (const name of NOT_OURS) delete there[name]
    expect(there).toEqual({
      ...here,
      'golden.HeadSize(|raw-0.45|)': HEAD_SIZE,
      'golden.UnifiedQualityScore': UNIFIED,
    })
  })
})

function prefixed(golden: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(golden).map(([name, pairs]) => [`golden.${name}`, pairs]))
}

describe('measures of our own', () => {
  test.each([
    ['sharpness', 0.5, 11],
    ['sharpness', 0.75, 50],
    ['sharpness', 1, 89],
    ['compression', 20, 16],
    ['compression', 40, 50],
    ['compression', 75, 95],
    ['inside_image', 0.83, 83],
    ['single_face', 0.25, 75],
  ] as const)('%s: %f is worth %i', (code, native, quality) => {
    expect(QUALITY_OF[code](native)).toBe(quality)
  })
})

describe('every mapping', () => {
  const codes = fc.constantFrom(...(Object.keys(MEASURES) as MeasureCode[]))

  test('gives a whole number from 0 to 100, whatever the native value', () => {
    fc.assert(
      fc.property(codes, fc.double({ min: 0, max: 1e6, noNaN: true }), (code, native) => {
        const quality = QUALITY_OF[code](native)
        expect(Number.isInteger(quality)).toBe(true)
        expect(quality).toBeGreaterThanOrEqual(0)
        expect(quality).toBeLessThanOrEqual(100)
      }),
    )
  })

  const RISING: readonly MeasureCode[] = ['inter_eye_distance', 'sharpness', 'eyes_open', 'compression', 'inside_image']
  const FALLING: readonly MeasureCode[] = ['over_exposure', 'under_exposure', 'mouth_closed', 'single_face']

  test('never turns back where more is better, or where more is worse', () => {
    const value = fc.double({ min: 0, max: 300, noNaN: true })
    fc.assert(
      fc.property(fc.constantFrom(...RISING, ...FALLING), value, value, (code, one, other) => {
        const [less, more] = [QUALITY_OF[code](Math.min(one, other)), QUALITY_OF[code](Math.max(one, other))]
        expect(RISING.includes(code) ? more - less : less - more).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
