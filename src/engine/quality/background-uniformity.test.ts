import { describe, expect, test } from 'vitest'
import { backgroundUniformity } from './background-uniformity.ts'
import { facePatch } from './face-patch.ts'
import { drawnView, movedView, onePaint, paint } from './face-view.fixture.ts'

const measured = (pixels = onePaint(128)) => backgroundUniformity(facePatch(drawnView({ pixels })))

/** What is in this face's background: to its sides, above the chin. */
function isBackground(x: number, y: number): boolean {
  return y < 370 && Math.abs(x - 200) > 150
}

describe('background uniformity', () => {
  test('an even wall', () => {
    expect(measured()).toMatchObject({ code: 'background_uniformity', iso: 0x42, native: 0, quality: 100 })
  })

  test('a pattern is worth less the stronger it is', () => {
    const striped = (depth: number) =>
      measured(paint((x, y) => (isBackground(x, y) && x % 24 < 12 ? [128 + depth, 128, 128] : [128, 128, 128])))
    const qualities = [0, 20, 60, 120].map((depth) => striped(depth).quality ?? -1)
    expect(qualities).toEqual([...new Set(qualities)].sort((one, other) => other - one))
  })

  test('the face, hair, shoulders do not count', () => {
    const body = paint((x, y) => (isBackground(x, y) ? [128, 128, 128] : [(x * 37) % 256, (y * 59) % 256, 0]))
    expect(measured(body).quality).toBeGreaterThan(90)
  })

  test('a slope counts by its steepness alone, up and down or to the side', () => {
    const down = measured(paint((_, y) => Array(3).fill(100 + y / 10) as [number, number, number]))
    const aside = measured(paint((x) => Array(3).fill(100 + x / 10) as [number, number, number]))
    expect(down.native).toBeGreaterThan(0)
    expect(Math.abs((down.native ?? 0) - (aside.native ?? 99))).toBeLessThan(3)
  })

  test('where the face fills the frame there is none', () => {
    const filling = movedView(drawnView(), 2.5, { x: 0, y: 50 })
    expect(backgroundUniformity(facePatch(filling))).toMatchObject({ native: null, quality: null })
    expect(backgroundUniformity(null)).toMatchObject({ native: null, quality: null })
  })
})
