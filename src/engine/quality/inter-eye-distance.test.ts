import { expect, test } from 'vitest'
import { interEyeDistance } from './inter-eye-distance.ts'

test('is the straight distance between the first two landmarks', () => {
  const eyes = [
    { x: 10, y: 10 },
    { x: 13, y: 14 },
    { x: 99, y: 99 },
  ]
  expect(interEyeDistance(eyes)).toBe(5)
})

test('is 0 where there are not two eyes', () => {
  expect(interEyeDistance([])).toBe(0)
  expect(interEyeDistance([{ x: 4, y: 4 }])).toBe(0)
})
