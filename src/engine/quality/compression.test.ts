import { expect, test } from 'vitest'
import { compression } from './compression.ts'
import { drawnView } from './face-view.fixture.ts'

test('is the setting of the JPEG file', () => {
  expect(compression(drawnView({ jpegQuality: 20 }))).toEqual({
    code: 'compression',
    iso: 0,
    native: 20,
    unit: 'JPEG quality setting',
    quality: 16,
  })
})

test('a file that is no JPEG has none', () => {
  expect(compression(drawnView({ jpegQuality: null }))).toMatchObject({ native: null, quality: null })
})
