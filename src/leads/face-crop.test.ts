import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faceCrop } from './face-crop.ts'

describe('faceCrop', () => {
  it('puts a small face in the middle of the frame with room around it', () => {
    const crop = faceCrop({ width: 1000, height: 1000, face: { x: 450, y: 450, width: 80, height: 100 } }, 0.8)
    expect(crop.scaleY).toBeCloseTo(1000 / 190)
    expect(crop.scaleX).toBeCloseTo(1000 / 152)
    expect(crop.x * 152).toBeCloseTo(490 - 76)
    expect(crop.y * 190).toBeCloseTo(500 - 95)
  })

  it('never leaves the photograph and never stretches it, wherever the face lies', () => {
    const size = fc.integer({ min: 20, max: 6000 })
    const place = fc.integer({ min: -200, max: 6000 })
    const face = fc.record({ x: place, y: place, width: size, height: size })
    fc.assert(
      fc.property(fc.record({ width: size, height: size, face }), (photograph) => {
        const { x, y, scaleX, scaleY } = faceCrop(photograph, 0.8)
        expect(x).toBeGreaterThanOrEqual(0)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(x + 1).toBeLessThanOrEqual(scaleX + 1e-9)
        expect(y + 1).toBeLessThanOrEqual(scaleY + 1e-9)
        expect(photograph.width / scaleX / (photograph.height / scaleY)).toBeCloseTo(0.8)
      }),
    )
  })
})
