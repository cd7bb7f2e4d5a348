import { describe, expect, it } from 'vitest'
import { frameFace, frameFilled, frameWhole, PANE_ASPECT } from './frame-face.ts'

const share = (text: string) => Number.parseFloat(text) / 100

describe('frameFace', () => {
  const photo = { width: 1200, height: 1000 }
  const face = { x: 500, y: 300, width: 160, height: 200 }
  const style = frameFace(photo, face)

  it('gives the face the share of the height that it has in a booking photograph', () => {
    expect((face.height / photo.height) * share(style.height)).toBeCloseTo(0.37, 2)
  })

  it('puts the face in the middle from side to side', () => {
    const centre = share(style.left) + ((face.x + face.width / 2) / photo.width) * share(style.width)
    expect(centre).toBeCloseTo(0.5, 2)
  })

  it('shows no empty edge while the photograph is large enough', () => {
    const low = frameFace(photo, { x: 20, y: 760, width: 160, height: 200 })
    expect(share(low.left)).toBeCloseTo(0)
    expect(share(low.top) + share(low.height)).toBeCloseTo(1)
  })

  it('goes to the edge of a photograph that is a little too small', () => {
    const near = frameFace({ width: 1200, height: 500 }, { x: 500, y: 150, width: 160, height: 200 })
    expect(share(near.top)).toBeCloseTo(0)
    expect(share(near.height)).toBeCloseTo(1)
  })

  it('keeps the face in the middle when the photograph is too small', () => {
    const tight = frameFace({ width: 200, height: 250 }, { x: 10, y: 20, width: 180, height: 210 })
    expect(share(tight.left)).toBeGreaterThan(0)
  })

  it('does not stretch the photograph', () => {
    const drawn = (share(style.width) * PANE_ASPECT) / share(style.height)
    expect(drawn).toBeCloseTo(photo.width / photo.height, 2)
  })
})

describe('frameWhole', () => {
  it.each([
    { width: 400, height: 500 },
    { width: 1920, height: 1080 },
    { width: 300, height: 900 },
  ])('shows all of $width by $height, centred', (photo) => {
    const style = frameWhole(photo)
    const [left, top, width, height] = [share(style.left), share(style.top), share(style.width), share(style.height)]
    expect(Math.max(width, height)).toBeCloseTo(1, 3)
    expect(left * 2 + width).toBeCloseTo(1, 2)
    expect(top * 2 + height).toBeCloseTo(1, 2)
  })
})

describe('frameFilled', () => {
  it.each([
    { width: 400, height: 500 },
    { width: 1920, height: 1080 },
    { width: 300, height: 900 },
  ])('leaves no empty edge with $width by $height', (photo) => {
    const style = frameFilled(photo)
    expect(Math.min(share(style.width), share(style.height))).toBeCloseTo(1, 3)
    expect(share(style.left)).toBeLessThanOrEqual(0)
    expect(share(style.top)).toBeLessThanOrEqual(0)
    expect(share(style.left) * 2 + share(style.width)).toBeCloseTo(1, 2)
  })
})
