import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { hasSharedData, sharedFile } from '../test-support.ts'
import { estimateJpegQuality } from './jpeg-quality.ts'

function picture() {
  return sharp({ create: { width: 16, height: 16, channels: 3, background: '#808080' } })
}

/** A file of a quantisation table alone, one or two bytes a step. */
function tableFile(steps: readonly number[], { number = 0, wide = false } = {}): Uint8Array {
  const body = steps.flatMap((step) => (wide ? [step >> 8, step & 255] : [step]))
  const length = body.length + 3
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xdb, length >> 8, length & 255, (wide ? 16 : 0) | number, ...body])
}

describe('estimateJpegQuality', () => {
  test('reads the setting of a file of any setting', async () => {
    for (let quality = 1; quality <= 100; quality += 1) {
      expect(estimateJpegQuality(await picture().jpeg({ quality }).toBuffer())).toBe(quality)
    }
  })

  test.each([{ progressive: true }, { chromaSubsampling: '4:4:4' }])(
    'however the file is laid out: %o',
    async (how) => {
      const bytes = await picture()
        .jpeg({ quality: 63, ...how })
        .toBuffer()
      expect(estimateJpegQuality(bytes)).toBe(63)
    },
  )

  test('other segments before the table are passed over', async () => {
    const bytes = await picture().withMetadata({ orientation: 6 }).jpeg({ quality: 41 }).toBuffer()
    expect(estimateJpegQuality(bytes)).toBe(41)
  })

  test('a table of other numbers gets the nearest setting', () => {
    expect(estimateJpegQuality(tableFile(Array(64).fill(1)))).toBe(100)
    expect(estimateJpegQuality(tableFile(Array(64).fill(255)))).toBe(1)
    const flat = estimateJpegQuality(tableFile(Array(64).fill(50)))
    expect(flat).toBeGreaterThan(40)
    expect(flat).toBeLessThan(70)
  })

  test('a table of two bytes a step is read', () => {
    expect(estimateJpegQuality(tableFile(Array(64).fill(300), { wide: true }))).toBe(1)
    expect(estimateJpegQuality(tableFile(Array(64).fill(1), { wide: true }))).toBe(100)
  })

  test('a table for the colours alone says nothing', () => {
    expect(estimateJpegQuality(tableFile(Array(64).fill(1), { number: 1 }))).toBeNull()
  })

  test('what is no JPEG has no setting', async () => {
    expect(estimateJpegQuality(await picture().png().toBuffer())).toBeNull()
    expect(estimateJpegQuality(new Uint8Array())).toBeNull()
    expect(estimateJpegQuality(Uint8Array.from([0xff, 0xd8]))).toBeNull()
    expect(estimateJpegQuality(Uint8Array.from([0xff, 0xd8, 0x00, 0xdb, 0, 67, 0]))).toBeNull()
  })

  test('a table behind the start of the picture is not looked for', () => {
    const table = tableFile(Array(64).fill(1))
    const scan = Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0, 2, ...table.subarray(2)])
    expect(estimateJpegQuality(scan)).toBeNull()
  })

  test('a segment that claims no length does not stop the reading for ever', () => {
    expect(estimateJpegQuality(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe1, 0, 0]))).toBeNull()
  })

  test('fill bytes and markers that stand alone are passed over', () => {
    const table = tableFile(Array(64).fill(1))
    const filled = Uint8Array.from([0xff, 0xd8, 0xff, 0xd0, 0xff, 0xff, ...table.subarray(2)])
    expect(estimateJpegQuality(filled)).toBe(100)
  })

  test('a file cut anywhere gives its setting or none, and never throws', async () => {
    const bytes = await picture().jpeg({ quality: 55 }).toBuffer()
    for (let end = 0; end <= bytes.length; end += 1) {
      expect([55, null]).toContain(estimateJpegQuality(bytes.subarray(0, end)))
    }
  })

  test('no bytes make it throw or leave 1 to 100', () => {
    const bytes = fc.uint8Array({ maxLength: 200 })
    fc.assert(
      fc.property(bytes, fc.boolean(), (tail, likeJpeg) => {
        const quality = estimateJpegQuality(likeJpeg ? Uint8Array.from([0xff, 0xd8, 0xff, 0xdb, ...tail]) : tail)
        expect(quality === null || (quality >= 1 && quality <= 100)).toBe(true)
      }),
    )
  })

  test.runIf(hasSharedData)('reads photographs', async () => {
    expect(estimateJpegQuality(await sharedFile('frll-600/001_03.jpg'))).toBe(88)
  })
})
