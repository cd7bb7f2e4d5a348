import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eyesOpen } from './eyes-open.ts'
import { DRAWN, drawnMesh, drawnView, movedView } from './face-view.fixture.ts'

const opened = (left: number, right: number) => eyesOpen(drawnView({ mesh: drawnMesh({ lids: [left, right] }) }))

test('is the gap of the lids against the length from eyes to chin', () => {
  expect(opened(9, 9)).toMatchObject({ code: 'eyes_open', iso: 0x4d, quality: 95 })
  expect(opened(9, 9).native).toBeCloseTo(9 / DRAWN.eyeToChin, 9)
})

test.each([
  [0, 12],
  [12, 0],
])('an eye that is closed counts, whichever it is: %i and %i', (left, right) => {
  expect(opened(left, right)).toMatchObject({ native: 0, quality: 12 })
})

test('is the same at every size, place and tilt', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      (by, turn) => {
        const view = drawnView()
        expect(eyesOpen(movedView(view, by, { x: 20, y: 5 }, turn)).native).toBeCloseTo(eyesOpen(view).native ?? -1, 9)
      },
    ),
  )
})

test('cannot be measured without a mesh', () => {
  expect(eyesOpen(drawnView({ mesh: [] }))).toMatchObject({ native: null, quality: null })
})
