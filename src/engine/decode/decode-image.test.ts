import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { blankPng, gradientFile, gradientPixels, STORED_AS, storedWithOrientation } from '../test-support.ts'
import { decodeImage, makeDisplayCopy } from './decode-image.ts'
import { DEFAULT_POOL, type DecodePool, openDecodePool } from './decode-pool.ts'

const pool = openDecodePool(DEFAULT_POOL)
afterAll(() => pool.close())

async function decoded(bytes: Uint8Array) {
  const image = await decodeImage(pool, bytes)
  if (!image.ok) throw new Error(image.problem.message)
  return image.value
}

/** Red, green, blue at a place, from 0 to 1 across and down. */
function colourAt(
  { width, height, data }: { width: number; height: number; data: Uint8Array },
  across: number,
  down: number,
) {
  const place = (Math.round(down * (height - 1)) * width + Math.round(across * (width - 1))) * 3
  return [...data.subarray(place, place + 3)]
}

describe('an answer whose bytes are not its pixels', () => {
  test('is taken for a crash, never for an image', async () => {
    const reply = { ok: true, width: 4, height: 4, orientation: 1 } as const
    const lying: DecodePool = { ...pool, run: async () => ({ end: 'answered', reply, body: new Uint8Array(47) }) }
    expect(await decodeImage(lying, blankPng(4, 4))).toMatchObject({ problem: { code: 'decode_crashed' } })
  })
})

describe('decodeImage', () => {
  test('gives upright RGB bytes of a PNG, exactly', async () => {
    const image = await decoded(await gradientFile(40, 30, 'png'))
    expect(image).toMatchObject({ mediaType: 'image/png', exifOrientation: 1, pixels: { width: 40, height: 30 } })
    expect(Buffer.from(image.pixels.data)).toEqual(Buffer.from(gradientPixels(40, 30).data))
  })

  test('gives upright RGB bytes of a JPEG, nearly', async () => {
    const { mediaType, pixels } = await decoded(await gradientFile(64, 64, 'jpeg'))
    expect(mediaType).toBe('image/jpeg')
    const original = gradientPixels(64, 64).data
    const worst = pixels.data.reduce(
      (most, value, place) => Math.max(most, Math.abs(value - (original[place] ?? 0))),
      0,
    )
    expect(worst).toBeLessThan(16)
  })

  test('an EXIF orientation that means nothing is taken for upright', async () => {
    const file = Buffer.from(
      await sharp(await gradientFile(40, 30, 'jpeg'))
        .withMetadata({ orientation: 6 })
        .toBuffer(),
    )
    const little = file.indexOf(Buffer.from([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0]))
    const big = file.indexOf(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]))
    file[little === -1 ? big + 9 : little + 8] = 200
    expect(await decoded(file)).toMatchObject({ exifOrientation: 1, pixels: { width: 40, height: 30 } })
  })

  test.each(STORED_AS)('EXIF orientation $orientation is applied and recorded', async ({ orientation }) => {
    const upright = await gradientFile(60, 40, 'png')
    const image = await decoded(await storedWithOrientation(upright, orientation))
    expect(image.exifOrientation).toBe(orientation)
    expect(image.pixels).toMatchObject({ width: 60, height: 40 })
    expect(Buffer.from(image.pixels.data)).toEqual(Buffer.from(gradientPixels(60, 40).data))
  })

  test('grey, 16-bit and four-colour images become RGB', async () => {
    const source = () => sharp(gradientPixels(32, 32).data, { raw: { width: 32, height: 32, channels: 3 } })
    const files = [
      await source().toColourspace('b-w').png().toBuffer(),
      await source().toColourspace('rgb16').png().toBuffer(),
      await source().toColourspace('cmyk').jpeg().toBuffer(),
      await source().png({ palette: true }).toBuffer(),
    ]
    for (const file of files) {
      const { pixels } = await decoded(file)
      expect(pixels.data).toHaveLength(32 * 32 * 3)
      expect(colourAt(pixels, 1, 1)[0]).toBeGreaterThan(colourAt(pixels, 0, 0)[0] ?? 255)
    }
  })

  test('transparent becomes white', async () => {
    const clear = sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    expect(colourAt((await decoded(await clear.png().toBuffer())).pixels, 0, 0)).toEqual([255, 255, 255])
  })
})

describe('an image that cannot be read', () => {
  async function problemOf(bytes: Uint8Array) {
    const image = await decodeImage(pool, bytes)
    if (image.ok) throw new Error('This image was read.')
    expect(image.problem.kind).toBe('failure')
    expect(image.problem.message).toMatch(/^[A-Z].*\.$/)
    expect(image.problem.remedy).toMatch(/^[A-Z].*\.$/)
    return image.problem
  }

  test('0 bytes', async () => {
    expect(await problemOf(new Uint8Array())).toMatchObject({ code: 'empty_file' })
  })

  test.each(['gif', 'webp', 'tiff', 'avif'] as const)('a %s file, whatever its name says', async (format) => {
    const bytes = await sharp(gradientPixels(16, 16).data, { raw: { width: 16, height: 16, channels: 3 } })
      .toFormat(format)
      .toBuffer()
    expect(await problemOf(bytes)).toMatchObject({ code: 'unsupported_type' })
  })

  test('an SVG image, which could load other files', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    )
    expect(await problemOf(svg)).toMatchObject({ code: 'unsupported_type' })
  })

  test.each(['jpeg', 'png'] as const)('a %s file that ends too early', async (format) => {
    const whole = await gradientFile(300, 300, format)
    expect(await problemOf(whole.subarray(0, Math.floor(whole.length * 0.6)))).toMatchObject({
      code: 'unreadable_image',
    })
  })

  test('a JPEG mark with nothing behind it', async () => {
    expect(await problemOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))).toMatchObject({ code: 'unreadable_image' })
  })

  test('a PNG whose data is damaged', async () => {
    const bytes = await gradientFile(200, 200, 'png')
    bytes.fill(0x55, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 40)
    expect(await problemOf(bytes)).toMatchObject({ code: 'unreadable_image' })
  })

  test('30,000 x 30,000 pixels, small on disk', async () => {
    const bomb = blankPng(30_000, 30_000)
    expect(bomb.length).toBeLessThan(1_000_000)
    const problem = await problemOf(bomb)
    expect(problem).toMatchObject({ code: 'image_too_large', facts: { width: 30_000, height: 30_000 } })
    expect(problem.message).toBe('The image has 30000 x 30000 pixels; at most 40 megapixels are read.')
  })

  test('is never the end of the process that reads', async () => {
    const before = pool.processIds()
    await problemOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))
    expect(pool.processIds()).toEqual(before)
  })

  test.each([
    ['busy', 'engine_busy'],
    ['crashed', 'decode_crashed'],
    ['timed_out', 'decode_timeout'],
  ] as const)('because the pool is %s', async (end, code) => {
    const failing: DecodePool = { run: async () => ({ end }), processIds: () => [], close: () => {} }
    const png = blankPng(8, 8)
    expect(await decodeImage(failing, png)).toMatchObject({ ok: false, problem: { kind: 'failure', code } })
    expect(await makeDisplayCopy(failing, png)).toMatchObject({ ok: false, problem: { code } })
  })
})

describe('makeDisplayCopy', () => {
  async function copyOf(bytes: Uint8Array) {
    const copy = await makeDisplayCopy(pool, bytes)
    if (!copy.ok) throw new Error(copy.problem.message)
    return sharp(copy.value).metadata()
  }

  test('the longest edge is at most 1600 pixels, and nothing is enlarged', async () => {
    expect(await copyOf(await gradientFile(2400, 1200, 'jpeg'))).toMatchObject({
      width: 1600,
      height: 800,
      format: 'jpeg',
    })
    expect(await copyOf(await gradientFile(50, 80, 'png'))).toMatchObject({ width: 50, height: 80, format: 'jpeg' })
  })

  test('is upright and carries no metadata', async () => {
    const file = await storedWithOrientation(await gradientFile(60, 40, 'png'), 6)
    const tagged = await sharp(file)
      .withExif({ IFD0: { Artist: 'Somebody' }, IFD3: { GPSLatitude: '1/1' } })
      .jpeg()
      .toBuffer()
    const found = await copyOf(tagged)
    expect(found.exif).toBeUndefined()
    expect(found.orientation).toBeUndefined()
    expect(await copyOf(file)).toMatchObject({ width: 60, height: 40 })
  })

  test('fails as decoding does', async () => {
    expect(await makeDisplayCopy(pool, new Uint8Array())).toMatchObject({ problem: { code: 'empty_file' } })
    expect(await makeDisplayCopy(pool, Buffer.from('text'))).toMatchObject({ problem: { code: 'unsupported_type' } })
    expect(await makeDisplayCopy(pool, blankPng(9000, 9000))).toMatchObject({ problem: { code: 'image_too_large' } })
  })
})
