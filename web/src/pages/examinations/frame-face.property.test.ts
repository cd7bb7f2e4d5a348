import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Box } from '../../api/types.ts'
import { type BoxStyle, boxStyle } from '../../components/box-style.ts'
import { frameFace, frameFilled, frameWhole, PANE_ASPECT } from './frame-face.ts'

const side = fc.integer({ min: 60, max: 8000 })
const part = fc.double({ min: 0, max: 1, noNaN: true })
/** A photograph, and a face that lies in it. */
const scene = fc.tuple(side, side, part, part, part).map(([width, height, size, across, down]) => {
  const edge = 20 + size * (Math.min(width, height) - 20)
  const face: Box = { x: across * (width - edge), y: down * (height - edge), width: edge, height: edge }
  return { photo: { width, height }, face }
})
const numbers = (style: BoxStyle) => {
  const share = (text: string) => Number.parseFloat(text) / 100
  return { left: share(style.left), top: share(style.top), width: share(style.width), height: share(style.height) }
}
/** Percentages are written with two decimals; the relative error of a thin photograph is the larger. */
const SMALL = 0.003

it('any face stands whole in the pane, and the photograph is not stretched', () => {
  fc.assert(
    fc.property(scene, ({ photo, face }) => {
      const { left, top, width, height } = numbers(frameFace(photo, face))
      const start: readonly [number, number] = [
        left + (face.x / photo.width) * width,
        top + (face.y / photo.height) * height,
      ]
      const end = [start[0] + (face.width / photo.width) * width, start[1] + (face.height / photo.height) * height]
      expect(Math.min(...start)).toBeGreaterThan(-SMALL)
      expect(Math.max(...end)).toBeLessThan(1 + SMALL)
      const stretch = ((width * PANE_ASPECT) / height) * (photo.height / photo.width)
      expect(stretch).toBeCloseTo(1, 1)
    }),
  )
})

it('any photograph is shown whole, or fills the pane', () => {
  fc.assert(
    fc.property(scene, ({ photo }) => {
      const [whole, filled] = [numbers(frameWhole(photo)), numbers(frameFilled(photo))]
      expect(Math.max(whole.width, whole.height)).toBeCloseTo(1, 3)
      expect(Math.min(filled.width, filled.height)).toBeCloseTo(1, 3)
      expect(Math.min(whole.left, whole.top)).toBeGreaterThanOrEqual(0)
      expect(Math.max(filled.left, filled.top)).toBeLessThanOrEqual(0)
    }),
  )
})

it('an outline never leaves the photograph, whatever the box', () => {
  const any = fc.integer({ min: -9000, max: 9000 })
  fc.assert(
    fc.property(scene, any, any, side, side, ({ photo }, x, y, width, height) => {
      const style = numbers(boxStyle({ x, y, width, height }, photo))
      expect(Math.min(style.left, style.top, style.width, style.height)).toBeGreaterThanOrEqual(0)
      expect(Math.max(style.left + style.width, style.top + style.height)).toBeLessThanOrEqual(1 + SMALL)
    }),
  )
})
