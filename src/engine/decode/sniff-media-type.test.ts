import { expect, test } from 'vitest'
import { blankPng, gradientFile } from '../test-support.ts'
import { sniffMediaType } from './sniff-media-type.ts'

test('JPEG and PNG are known by their first bytes', async () => {
  expect(sniffMediaType(await gradientFile(8, 8, 'jpeg'))).toBe('image/jpeg')
  expect(sniffMediaType(blankPng(8, 8))).toBe('image/png')
})

test.each([
  ['GIF', 'GIF89a'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['PDF', '%PDF-1.7'],
  ['WebP', 'RIFF____WEBPVP8 '],
  ['TIFF', 'II*\0'],
  ['nothing', ''],
])('%s is not accepted', (_, text) => {
  expect(sniffMediaType(Buffer.from(text, 'latin1'))).toBeUndefined()
})

test('half a mark is no mark', () => {
  expect(sniffMediaType(blankPng(8, 8).subarray(0, 7))).toBeUndefined()
  expect(sniffMediaType(Uint8Array.of(0xff, 0xd8))).toBeUndefined()
})
