import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawnView } from './face-view.fixture.ts'
import { headPose } from './head-pose.ts'

test('is yaw, pitch and roll with their signs', () => {
  const measures = headPose(drawnView({ pose: { yaw: -30, pitch: 10, roll: 45 } }))
  expect(measures).toMatchObject([
    { code: 'pose_yaw', iso: 0x58, native: -30, quality: 75 },
    { code: 'pose_pitch', iso: 0x59, native: 10, quality: 97 },
    { code: 'pose_roll', iso: 0x5a, native: 45, quality: 50 },
  ])
})

test('a head turned to either side is worth the same, and nothing from a right angle on', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 180, noNaN: true }), (yaw) => {
      const [right, left] = [yaw, -yaw].map(
        (degrees) => headPose(drawnView({ pose: { yaw: degrees, pitch: 0, roll: 0 } }))[0],
      )
      expect(right?.quality).toBe(left?.quality)
      if (yaw >= 90) expect(right?.quality).toBe(0)
    }),
  )
})
