import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DRAWN, drawnMesh, drawnView, movedView } from './face-view.fixture.ts'
import { mouthClosed } from './mouth-closed.ts'

const opened = (lips: number) => mouthClosed(drawnView({ mesh: drawnMesh({ lips }) }))

test('a closed mouth', () => {
  expect(opened(0)).toMatchObject({ code: 'mouth_closed', iso: 0x4e, native: 0, quality: 97 })
})

test('is the gap of the lips against the length from eyes to chin', () => {
  expect(opened(36).native).toBeCloseTo(36 / DRAWN.eyeToChin, 9)
  expect(opened(36).quality).toBe(50)
})

test('the widest of the gaps counts', () => {
  const mesh = [...drawnMesh()]
  mesh[82] = { x: 190, y: 290, z: 0 }
  mesh[87] = { x: 190, y: 308, z: 0 }
  expect(mouthClosed(drawnView({ mesh })).native).toBeCloseTo(18 / DRAWN.eyeToChin, 9)
})

test('a wider mouth is never worth more', () => {
  const gap = fc.double({ min: 0, max: 100, noNaN: true })
  fc.assert(
    fc.property(gap, gap, (one, other) => {
      const [narrow, wide] = [opened(Math.min(one, other)), opened(Math.max(one, other))]
      expect(wide.quality ?? -1).toBeLessThanOrEqual(narrow.quality ?? -1)
    }),
  )
})

test('is the same at every size and tilt', () => {
  const view = drawnView({ mesh: drawnMesh({ lips: 20 }) })
  expect(mouthClosed(movedView(view, 0.3, { x: 9, y: 9 }, 1)).native).toBeCloseTo(20 / DRAWN.eyeToChin, 9)
})

test('cannot be measured without a mesh', () => {
  expect(mouthClosed(drawnView({ mesh: [] }))).toMatchObject({ native: null, quality: null })
})
