import { describe, expect, it } from 'vitest'
import { cssTransform, pan, START, type View, viewAfterKey, zoomAt } from './view-transform.ts'

/** Where a place of the photograph (0..1 of its frame) is drawn in the pane. */
const drawn = (view: View, place: number, axis: 'x' | 'y') => place * view.zoom + view[axis]

describe('zoomAt', () => {
  it('keeps the place under the pointer where it is', () => {
    const point = { x: 0.3, y: 0.7 }
    const once = zoomAt(START, point, 2)
    const twice = zoomAt(once, point, 1.5)
    expect(drawn(once, 0.3, 'x')).toBeCloseTo(0.3)
    expect(drawn(twice, 0.7, 'y')).toBeCloseTo(0.7)
    expect(twice.zoom).toBeCloseTo(3)
  })

  it('stays between a half and eight', () => {
    expect(zoomAt(START, { x: 0.5, y: 0.5 }, 100).zoom).toBe(8)
    expect(zoomAt(START, { x: 0.5, y: 0.5 }, 0.001).zoom).toBe(0.5)
  })

  it('comes back when undone at the same point', () => {
    const point = { x: 0.4, y: 0.4 }
    const back = zoomAt(zoomAt(START, point, 2), point, 0.5)
    expect(back.x).toBeCloseTo(0)
    expect(back.y).toBeCloseTo(0)
  })
})

describe('pan', () => {
  it.each([1, 2, 8, 0.5])('never moves the frame off the middle of the pane at zoom %s', (zoom) => {
    const far = pan({ zoom, x: 0, y: 0 }, -99, 99)
    expect(drawn(far, 1, 'x')).toBeGreaterThanOrEqual(0.5)
    expect(drawn(far, 0, 'y')).toBeLessThanOrEqual(0.5)
  })

  it('moves by a share of the pane', () => {
    expect(pan(START, 0.1, -0.2)).toEqual({ zoom: 1, x: 0.1, y: -0.2 })
  })
})

describe('viewAfterKey', () => {
  it('takes plus with and without shift', () => {
    expect(viewAfterKey(START, '+')).toEqual(viewAfterKey(START, '='))
    expect(viewAfterKey(START, '+')?.zoom).toBe(1.25)
  })

  it('goes back to the start with 0', () => {
    expect(viewAfterKey({ zoom: 4, x: -1, y: -1 }, '0')).toBe(START)
  })

  it('moves the window the way the arrow points', () => {
    expect(viewAfterKey(START, 'ArrowRight')?.x).toBeLessThan(0)
    expect(viewAfterKey(START, 'ArrowUp')?.y).toBeGreaterThan(0)
  })

  it.each(['a', 'Enter', '1', 'Tab'])('leaves "%s" alone', (key) => {
    expect(viewAfterKey(START, key)).toBeNull()
  })
})

it('writes a transform for the style', () => {
  expect(cssTransform({ zoom: 1.25, x: -0.125, y: 0.5 })).toBe('translate(-12.5%, 50%) scale(1.25)')
})
