import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine, EngineCode } from './engine.ts'
import { openEngine } from './open-engine.ts'
import {
  blankPng,
  cosine,
  hasSharedData,
  STORED_AS,
  sharedFile,
  sharedFolder,
  storedWithOrientation,
  weightsReady,
} from './test-support.ts'

// Files that are unusual, not damaged: each has a template like that of the plain file, or a failure with its reason.

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ weightsDir: await weightsReady() })
}, 120_000)
afterAll(() => engine?.close())

const portrait = () => sharedFile('frll-600/004_03.jpg')

async function templateOf(bytes: Uint8Array, index?: number) {
  const template = await engine.makeTemplate(bytes, index)
  if (!template.ok) throw new Error(template.problem.message)
  return template.value
}

async function likeness(bytes: Uint8Array, to: Uint8Array): Promise<number> {
  return cosine((await templateOf(bytes)).vector, (await templateOf(to)).vector)
}

async function codeOf(bytes: Uint8Array): Promise<EngineCode | 'template'> {
  const template = await engine.makeTemplate(bytes)
  if (template.ok) return 'template'
  expect(template.problem.kind).toBe('failure')
  expect(template.problem.message).toMatch(/^[A-Z].*\.$/)
  expect(template.problem.remedy).toMatch(/^[A-Z].*\.$/)
  return template.problem.code
}

/** Red, green and blue in the middle of the copy that is shown. */
async function shownColour(bytes: Uint8Array): Promise<readonly number[]> {
  const copy = await engine.displayCopy(bytes)
  if (!copy.ok) throw new Error(copy.problem.message)
  const { data, info } = await sharp(copy.value).raw().toBuffer({ resolveWithObject: true })
  const middle = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels
  return [...data.subarray(middle, middle + 3)]
}

describe('colour profiles', () => {
  const red = () => sharp({ create: { width: 32, height: 32, channels: 3, background: '#c82828' } })

  test.each(['jpeg', 'png'] as const)('a %s in Display P3 is shown in its real colours', async (format) => {
    const inP3 = await red().withIccProfile('p3').toFormat(format).toBuffer()
    // Read without its profile the red would be paler: the stored bytes are not those of sRGB.
    const stored = await sharp(inP3, { ignoreIcc: true }).raw().toBuffer()
    expect(stored[0]).toBeLessThan(190)
    const [shown = 0, green = 0, blue = 0] = await shownColour(inP3)
    expect(Math.abs(shown - 200)).toBeLessThan(5)
    expect(Math.abs(green - 40)).toBeLessThan(6)
    expect(Math.abs(blue - 40)).toBeLessThan(6)
  })

  test('a profile that is rubbish leaves the colours as they are stored', async () => {
    const file = Buffer.from(await red().withIccProfile('p3').jpeg().toBuffer())
    const profile = file.indexOf('ICC_PROFILE')
    expect(profile).toBeGreaterThan(0)
    file.fill(0x41, profile + 14, profile + 300)
    const [shown = 0] = await shownColour(file)
    expect(shown).toBeGreaterThan(150)
    expect(await codeOf(file)).toBe('no_face')
  })
})

describe('images without a face', () => {
  test.each([
    ['one pixel', 1, 1],
    ['one row', 4000, 1],
    ['one column', 1, 4000],
    ['a strip', 8000, 200],
    ['30 megapixels', 6000, 5000],
  ])('%s: no_face', async (_, width, height) => {
    expect(await codeOf(blankPng(width, height))).toBe('no_face')
  })

  test('transparent all over: no_face', async () => {
    const background = { r: 0, g: 0, b: 0, alpha: 0 }
    const clear = sharp({ create: { width: 300, height: 300, channels: 4, background } })
    expect(await codeOf(await clear.png().toBuffer())).toBe('no_face')
  })

  test('noise: no_face', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
    const image = sharp({ create: { width: 400, height: 400, channels: 3, noise, background: '#000' } })
    expect(await codeOf(await image.jpeg().toBuffer())).toBe('no_face')
  })
})

const STORED: readonly (readonly [string, number, (image: Sharp) => Sharp])[] = [
  ['a greyscale JPEG', 0.85, (image) => image.greyscale().toColourspace('b-w').jpeg({ quality: 95 })],
  ['a greyscale 16-bit PNG', 0.85, (image) => image.greyscale().toColourspace('grey16').png()],
  ['a CMYK JPEG', 0.9, (image) => image.toColourspace('cmyk').jpeg({ quality: 95 })],
  ['a 16-bit PNG', 0.98, (image) => image.toColourspace('rgb16').png()],
  ['a PNG with an opaque alpha channel', 0.98, (image) => image.ensureAlpha().png()],
  ['a PNG that is half transparent', 0.85, (image) => image.ensureAlpha(0.6).png()],
  ['a PNG of 256 colours', 0.9, (image) => image.png({ palette: true, colours: 256 })],
  ['an interlaced PNG', 0.98, (image) => image.png({ progressive: true })],
  ['a progressive JPEG', 0.98, (image) => image.jpeg({ progressive: true, quality: 95 })],
  ['a JPEG in Display P3', 0.98, (image) => image.withIccProfile('p3').jpeg({ quality: 95 })],
]

describe.runIf(hasSharedData)('a photograph of a consenting adult', { timeout: 60_000 }, () => {
  test.each(STORED)('as %s gives nearly the same template', async (_, least, store) => {
    const file = await store(sharp(await portrait())).toBuffer()
    expect(await likeness(file, await portrait())).toBeGreaterThan(least)
  })

  test('cut out, with nothing around it, is found on white', async () => {
    const disc = Buffer.from('<svg width="600" height="600"><circle cx="300" cy="340" r="190"/></svg>')
    const cut = await sharp(await portrait())
      .ensureAlpha()
      .composite([{ input: disc, blend: 'dest-in' }])
      .png()
      .toBuffer()
    expect((await sharp(cut).metadata()).hasAlpha).toBe(true)
    expect(await likeness(cut, await portrait())).toBeGreaterThan(0.8)
  })

  test.each(STORED_AS)('stored with EXIF orientation $orientation gives the same template', async ({ orientation }) => {
    const file = await storedWithOrientation(await portrait(), orientation)
    expect(await likeness(file, await portrait())).toBeGreaterThan(0.98)
  })

  test.each([3, 6, 8])(
    'upright, but with EXIF orientation %i that is not true, is found all the same',
    async (wrong) => {
      const file = await sharp(await portrait())
        .withMetadata({ orientation: wrong })
        .jpeg({ quality: 95 })
        .toBuffer()
      expect(await likeness(file, await portrait())).toBeGreaterThan(0.8)
    },
  )

  test('upside down, with nothing to say so, agrees with the upright one', async () => {
    for (const name of (await sharedFolder('frll-600')).filter((file) => file.endsWith('_03.jpg')).slice(0, 12)) {
      const upright = await sharedFile(join('frll-600', name))
      const turned = await sharp(upright).rotate(180).jpeg({ quality: 95 }).toBuffer()
      const score = await likeness(turned, upright)
      expect(score > 0.8 ? 'alike' : `${name}: ${score.toFixed(2)}`).toBe('alike')
    }
  })
})

describe.runIf(hasSharedData)("NIST's edge images", () => {
  test.each(['black.png', 'white.png', 'small.png'])('%s: no_face, with a sentence', async (name) => {
    expect(await codeOf(await sharedFile(join('edge-images', name)))).toBe('no_face')
  })
})
