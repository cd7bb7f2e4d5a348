import { describe, expect, test } from 'vitest'
import type { Point } from '../engine.ts'
import { markZones, OUTLINE, Zone } from './face-zones.ts'

const SIZE = 100

/** A mesh whose outline is a circle of this radius. */
function round(centre: Point, radius: number): readonly Point[] {
  const mesh: Point[] = Array.from({ length: 468 }, () => centre)
  for (const [place, number] of OUTLINE.entries()) {
    const angle = ((place * 10 - 90) * Math.PI) / 180
    mesh[number] = { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) }
  }
  return mesh
}

function zonesOf(mesh: readonly Point[], inside = new Uint8Array(SIZE * SIZE).fill(1)) {
  const zones = markZones(mesh, inside, SIZE, 20)
  return (x: number, y: number) => zones[y * SIZE + x]
}

describe('markZones', () => {
  test('inside the outline is face, and as many pixels as it encloses', () => {
    const zones = markZones(round({ x: 50, y: 50 }, 20), new Uint8Array(SIZE * SIZE).fill(1), SIZE, 20)
    const face = zones.filter((zone) => zone === Zone.face).length
    expect(Math.abs(face - Math.PI * 400)).toBeLessThan(25)
  })

  test('beside the head and above the chin is background; hair, neck and shoulders are not', () => {
    const at = zonesOf(round({ x: 50, y: 50 }, 20))
    expect(at(50, 50)).toBe(Zone.face)
    expect(at(10, 50)).toBe(Zone.background)
    expect(at(90, 20)).toBe(Zone.background)
    expect(at(25, 50)).toBe(Zone.around)
    expect(at(50, 10)).toBe(Zone.around)
    expect(at(10, 80)).toBe(Zone.around)
  })

  test('what is outside the image is nothing', () => {
    const inside = new Uint8Array(SIZE * SIZE).fill(1)
    inside.fill(0, 0, 60 * SIZE)
    const at = zonesOf(round({ x: 50, y: 50 }, 20), inside)
    expect(at(50, 50)).toBe(Zone.outsideImage)
    expect(at(50, 65)).toBe(Zone.face)
  })

  test.each([
    [{ x: -200, y: 50 }, 20],
    [{ x: 50, y: 400 }, 20],
    [{ x: 50, y: 50 }, 0],
  ])('an outline at %o of radius %i leaves no face', (centre, radius) => {
    const zones = markZones(round(centre, radius), new Uint8Array(SIZE * SIZE).fill(1), SIZE, 20)
    expect(zones.includes(Zone.face)).toBe(false)
  })

  test('an outline larger than the patch is face everywhere', () => {
    const at = zonesOf(round({ x: 50, y: 50 }, 500))
    for (const place of [0, 50, 99]) expect(at(place, 99 - place)).toBe(Zone.face)
  })

  test('without a mesh there is no face and no background', () => {
    const zones = markZones([], new Uint8Array(SIZE * SIZE).fill(1), SIZE, 20)
    expect(new Set(zones)).toEqual(new Set([Zone.around]))
  })
})
