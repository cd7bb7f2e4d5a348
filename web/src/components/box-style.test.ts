import { expect, it } from 'vitest'
import { boxStyle } from './box-style.ts'

const PHOTO = { width: 400, height: 200 }

it('is a share of the photograph', () => {
  expect(boxStyle({ x: 100, y: 50, width: 40, height: 20 }, PHOTO)).toEqual({
    left: '25%',
    top: '25%',
    width: '10%',
    height: '10%',
  })
})

it('keeps a face at the edge inside the photograph', () => {
  expect(boxStyle({ x: -20, y: 150, width: 60, height: 100 }, PHOTO)).toEqual({
    left: '0%',
    top: '75%',
    width: '10%',
    height: '25%',
  })
})
