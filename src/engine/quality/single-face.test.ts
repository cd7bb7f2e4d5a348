import { expect, test } from 'vitest'
import { drawnView } from './face-view.fixture.ts'
import { singleFace } from './single-face.ts'

const box = { x: 0, y: 0, width: 100, height: 100 }
const square = (edge: number) => ({ x: 300, y: 300, width: edge, height: edge })
const beside = (...edges: readonly number[]) => singleFace(drawnView({ box, otherBoxes: edges.map(square) }))

test('a face that is alone', () => {
  expect(beside()).toMatchObject({ code: 'single_face', iso: 0x4c, native: 0, quality: 100 })
})

test.each([
  [[50], 0.25, 75],
  [[10, 50, 20], 0.25, 75],
  [[100], 1, 0],
  [[400], 1, 0],
])('beside faces of %j pixels', (edges, native, quality) => {
  expect(beside(...edges)).toMatchObject({ native, quality })
})

test('a face without area, beside another, is not the only one', () => {
  const nothing = { x: 0, y: 0, width: 0, height: 0 }
  expect(singleFace(drawnView({ box: nothing, otherBoxes: [square(10)] }))).toMatchObject({ native: 1, quality: 0 })
})
