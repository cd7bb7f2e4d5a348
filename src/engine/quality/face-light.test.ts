import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dynamicRange } from './dynamic-range.ts'
import { overExposure, underExposure } from './exposure.ts'
import { faceLight, lightMean, lightShare } from './face-light.ts'
import { facePatch } from './face-patch.ts'
import { drawnView, movedView, onePaint, paint } from './face-view.fixture.ts'
import { luminanceMean } from './luminance-mean.ts'
import { luminanceVariance } from './luminance-variance.ts'

/** A histogram with these shares at these steps. */
function light(...shares: readonly (readonly [step: number, share: number])[]): Float64Array {
  const histogram = new Float64Array(256)
  for (const [step, share] of shares) histogram[step] = share
  return histogram
}

const histograms = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 256, maxLength: 256 })
  .filter((values) => values.some((value) => value > 0.01))
  .map((values) => {
    const sum = values.reduce((total, value) => total + value, 0)
    return Float64Array.from(values, (value) => value / sum)
  })

function lightOf(view = drawnView()) {
  const patch = facePatch(view)
  return patch && faceLight(patch)
}

describe('faceLight', () => {
  test('shares add up to 1, and all fall on the one shade there is', () => {
    expect(lightOf()?.[55]).toBeCloseTo(1, 9)
    expect(lightShare(lightOf() ?? light(), 0, 255)).toBeCloseTo(1, 9)
  })

  test('only the face counts, not what is around it', () => {
    const pixels = paint((x, y) => (((x - 200) / 115) ** 2 + ((y - 230) / 155) ** 2 < 1 ? [255, 255, 255] : [0, 0, 0]))
    expect(lightShare(lightOf(drawnView({ pixels })) ?? light(), 250, 255)).toBeGreaterThan(0.99)
  })

  test('what lies outside the image is not dark', () => {
    const half = movedView(drawnView({ pixels: onePaint(255) }), 1, { x: -200, y: 0 })
    expect(lightOf(half)?.[255]).toBeCloseTo(1, 9)
  })

  test('a face outside the image has none', () => {
    expect(lightOf(movedView(drawnView(), 1, { x: 2000, y: 0 }))).toBeNull()
  })
})

describe('luminance mean', () => {
  test.each([
    [[[0, 1]], 0, 2],
    [[[51, 1]], 0.2, 50],
    [
      [
        [0, 0.5],
        [255, 0.5],
      ],
      0.5,
      100,
    ],
    [[[255, 1]], 1, 2],
  ] as const)('%j', (shares, native, quality) => {
    const measure = luminanceMean(light(...shares))
    expect(measure).toMatchObject({ code: 'luminance_mean', iso: 0x44, quality })
    expect(measure.native).toBeCloseTo(native, 9)
  })
})

describe('luminance variance', () => {
  test.each([
    [[[90, 1]], 0, 0],
    [
      [
        [0, 0.5],
        [255, 0.5],
      ],
      0.25,
      20,
    ],
  ] as const)('%j', (shares, native, quality) => {
    const measure = luminanceVariance(light(...shares))
    expect(measure).toMatchObject({ code: 'luminance_variance', iso: 0x45, quality })
    expect(measure.native).toBeCloseTo(native, 9)
  })

  test('is between 0 and a quarter', () => {
    fc.assert(
      fc.property(histograms, (histogram) => {
        const { native } = luminanceVariance(histogram)
        expect(native).toBeGreaterThanOrEqual(0)
        expect(native).toBeLessThanOrEqual(0.25)
      }),
    )
  })
})

describe('exposure', () => {
  test('25 is dark and 26 is not', () => {
    expect(underExposure(light([25, 0.4], [26, 0.6]))).toMatchObject({ code: 'under_exposure', iso: 0x46, native: 0.4 })
  })

  test('247 is blown out and 246 is not', () => {
    const measure = overExposure(light([246, 0.95], [247, 0.05]))
    expect(measure).toMatchObject({ code: 'over_exposure', iso: 0x47, native: 0.05, quality: 17 })
  })

  test('a face cannot be all dark and partly bright', () => {
    fc.assert(
      fc.property(histograms, (histogram) => {
        const both = (underExposure(histogram).native ?? 0) + (overExposure(histogram).native ?? 0)
        expect(both).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })
})

describe('dynamic range', () => {
  test.each([
    [[[7, 1]], 0, 0],
    [
      [
        [7, 0.5],
        [9, 0.5],
      ],
      1,
      13,
    ],
    [
      [
        [1, 0.25],
        [2, 0.25],
        [3, 0.25],
        [4, 0.25],
      ],
      2,
      25,
    ],
  ] as const)('%j', (shares, native, quality) => {
    expect(dynamicRange(light(...shares))).toMatchObject({ code: 'dynamic_range', iso: 0x48, native, quality })
  })

  test('8 bits where all shades are used alike, and never more', () => {
    expect(dynamicRange(new Float64Array(256).fill(1 / 256)).native).toBeCloseTo(8, 9)
    fc.assert(
      fc.property(histograms, (histogram) => {
        expect(dynamicRange(histogram).native).toBeLessThanOrEqual(8)
      }),
    )
  })
})

test('without light nothing is measured', () => {
  for (const measure of [luminanceMean, luminanceVariance, underExposure, overExposure, dynamicRange]) {
    expect(measure(null)).toMatchObject({ native: null, quality: null })
  }
  expect(lightMean(light())).toBe(0)
})
