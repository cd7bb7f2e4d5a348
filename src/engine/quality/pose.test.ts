import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MeshPoint } from '../find-landmarks.ts'
import { poseOf } from './pose.ts'

/** A flat face 100 units wide, turned about the vertical, the horizontal and the viewing axis, in this order. */
function meshTurned(yaw: number, pitch: number, roll: number): readonly MeshPoint[] {
  const corners: Readonly<Record<number, MeshPoint>> = {
    33: { x: -50, y: -30, z: 0 },
    263: { x: 50, y: -30, z: 0 },
    10: { x: 0, y: -100, z: 0 },
    152: { x: 0, y: 100, z: 0 },
  }
  return Array.from({ length: 468 }, (_, number) => turn(corners[number] ?? { x: 0, y: 0, z: 0 }, yaw, pitch, roll))
}

function turn({ x, y, z }: MeshPoint, yaw: number, pitch: number, roll: number): MeshPoint {
  const [a, b, c] = [yaw, pitch, roll].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number]
  const turned = { x: x * Math.cos(a) - z * Math.sin(a), y, z: z * Math.cos(a) + x * Math.sin(a) }
  const nodded = {
    x: turned.x,
    y: turned.y * Math.cos(b) - turned.z * Math.sin(b),
    z: turned.z * Math.cos(b) + turned.y * Math.sin(b),
  }
  return {
    x: nodded.x * Math.cos(c) - nodded.y * Math.sin(c),
    y: nodded.y * Math.cos(c) + nodded.x * Math.sin(c),
    z: nodded.z,
  }
}

describe('poseOf', () => {
  test('a face into the camera is turned by nothing', () => {
    expect(poseOf(meshTurned(0, 0, 0))).toEqual({ yaw: 0, pitch: 0, roll: 0 })
  })

  const angle = fc.integer({ min: -60, max: 60 })

  test('finds a turn about each axis', () => {
    fc.assert(
      fc.property(angle, (degrees) => {
        expect(poseOf(meshTurned(degrees, 0, 0)).yaw).toBeCloseTo(degrees, 6)
        expect(poseOf(meshTurned(0, degrees, 0)).pitch).toBeCloseTo(degrees, 6)
        expect(poseOf(meshTurned(0, 0, degrees)).roll).toBeCloseTo(degrees, 6)
      }),
    )
  })

  test('a tilt in the image changes neither yaw nor pitch', () => {
    fc.assert(
      fc.property(angle, angle, fc.integer({ min: -170, max: 170 }), (yaw, pitch, roll) => {
        const upright = poseOf(meshTurned(yaw, pitch, 0))
        const tilted = poseOf(meshTurned(yaw, pitch, roll))
        expect(tilted.yaw).toBeCloseTo(upright.yaw, 6)
        expect(tilted.pitch).toBeCloseTo(upright.pitch, 6)
      }),
    )
  })

  test('a mesh that is not whole has no pose', () => {
    expect(() => poseOf([])).toThrow(RangeError)
  })
})
