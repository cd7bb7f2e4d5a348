import { expect, it } from 'vitest'
import { readNext } from './next-address.ts'

it.each(['/', '/requests', '/requests/req_1'])('goes back to %s', (next) => {
  expect(readNext({ next })).toEqual({ next })
})

it.each([
  '//elsewhere.example',
  '/\\elsewhere.example',
  'https://elsewhere.example',
  'requests',
  '',
  7,
  null,
  undefined,
])('ignores %s', (next) => {
  expect(readNext({ next })).toEqual({})
})
