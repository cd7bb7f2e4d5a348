import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faceMargin } from './face-margin.ts'
import { DRAWN, drawnView, movedView, onePaint, paint } from './face-view.fixture.ts'
import { headSize } from './head-size.ts'
import { insideImage } from './inside-image.ts'
import { sideCrop } from './side-crop.ts'

const view = drawnView()
const broken = drawnView({ mesh: [], landmarks: [] })

describe('head size', () => {
  test('is the length from eyes to chin against the height of the image', () => {
    expect(headSize(view)).toMatchObject({ code: 'head_size', iso: 0x53, native: 180 / 500, quality: 28 })
  })

  test('is best at 0.45 of the height', () => {
    const pixels = paint(() => [90, 90, 90], 400, 400)
    expect(headSize(drawnView({ pixels }))).toMatchObject({ native: 0.45, quality: 100 })
  })

  test('cannot be measured without a mesh', () => {
    expect(headSize(broken)).toMatchObject({ native: null, quality: null })
  })
})

describe('room to the sides', () => {
  test('is from the edge to the nearest eye, in distances between the eyes', () => {
    expect(sideCrop(view)).toMatchObject([
      { code: 'leftward_crop', iso: 0x54, native: 1.5, quality: 100 },
      { code: 'rightward_crop', iso: 0x55, native: 1.5, quality: 100 },
    ])
  })

  test('a face at the left edge has none there', () => {
    const [left, right] = sideCrop(movedView(view, 1, { x: -100, y: 0 }))
    expect(left).toMatchObject({ native: 0.5, quality: 2 })
    expect(right).toMatchObject({ native: 2.5, quality: 100 })
  })

  test('a face upside down has the same room on the same side', () => {
    const turned = movedView(movedView(view, 1, { x: -100, y: 0 }), 1, { x: 0, y: 0 }, 0)
    const [left] = sideCrop({ ...turned, landmarks: [...turned.landmarks].reverse().slice(3) })
    expect(left?.native).toBeCloseTo(0.5, 9)
  })

  test('cannot be measured without eyes', () => {
    expect(sideCrop(broken)).toMatchObject([{ native: null }, { native: null }])
  })
})

describe('room above and below', () => {
  test('is from the middle between the eyes to the edge, in lengths from eyes to chin', () => {
    const [above, below] = faceMargin(view)
    expect(above).toMatchObject({ code: 'margin_above', iso: 0x56, native: 200 / DRAWN.eyeToChin })
    expect(below).toMatchObject({ code: 'margin_below', iso: 0x57, native: 300 / DRAWN.eyeToChin })
  })

  test('both make up the height of the image', () => {
    fc.assert(
      fc.property(fc.integer({ min: -150, max: 250 }), (y) => {
        const [above, below] = faceMargin(movedView(view, 1, { x: 0, y }))
        expect((above?.native ?? 0) + (below?.native ?? 0)).toBeCloseTo(DRAWN.height / DRAWN.eyeToChin, 9)
      }),
    )
  })

  test('cannot be measured without a mesh', () => {
    expect(faceMargin(broken)).toMatchObject([{ native: null }, { native: null }])
  })
})

describe('inside the image', () => {
  test('a whole face is', () => {
    expect(insideImage(view)).toMatchObject({ code: 'inside_image', iso: 0, native: 1, quality: 100 })
  })

  test('a face far outside is not', () => {
    expect(insideImage(movedView(view, 1, { x: 900, y: 0 }))).toMatchObject({ native: 0, quality: 0 })
  })

  test('a face is less and less so the further it moves out, on every side', () => {
    const step = fc.integer({ min: 0, max: 500 })
    const side = fc.constantFrom({ x: 1, y: 0 }, { x: -1, y: 0 }, { x: 0, y: 1 }, { x: 0, y: -1 })
    fc.assert(
      fc.property(side, step, step, ({ x, y }, one, other) => {
        const at = (by: number) => insideImage(movedView(view, 1, { x: x * by, y: y * by })).native ?? -1
        expect(at(Math.max(one, other))).toBeLessThanOrEqual(at(Math.min(one, other)))
      }),
    )
  })

  test('cannot be measured without a mesh', () => {
    expect(insideImage(broken)).toMatchObject({ native: null, quality: null })
  })

  test('the size of the image counts, not its pixels', () => {
    const dark = drawnView({ pixels: onePaint(0) })
    expect(insideImage(dark)).toEqual(insideImage(view))
  })
})
