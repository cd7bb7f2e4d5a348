import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import type { Pixels } from '../pixels.ts'
import { gradientFile, gradientPixels } from '../test-support.ts'
import { DEGRADATIONS, type DegradationCode } from './degradations.ts'
import { degradeImage } from './degrade-image.ts'
import { chequered, faceAt } from './degrade-support.ts'
import { openDegrader } from './open-degrader.ts'

const FACE = faceAt(120, 120, 48)
const IMAGE = chequered(240, 240, 5)

async function degraded(code: DegradationCode, step: number, image: Pixels = IMAGE, seed = 1): Promise<Pixels> {
  const file = await degradeImage(image, FACE, { code, step, seed })
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
  expect(info.channels).toBe(3)
  return { width: info.width, height: info.height, data }
}

function difference(one: Pixels, other: Pixels): number {
  if (one.data.length !== other.data.length) return 255
  const sum = one.data.reduce((total, value, place) => total + Math.abs(value - (other.data[place] ?? 0)), 0)
  return sum / one.data.length
}

describe('DEGRADATIONS', () => {
  test('no code stands twice, and every one goes one way from step to step', () => {
    expect(new Set(DEGRADATIONS.map(({ code }) => code)).size).toBe(DEGRADATIONS.length)
    for (const { steps } of DEGRADATIONS) {
      const rising = [...steps].sort((one, other) => one - other)
      expect([rising, rising.toReversed()]).toContainEqual([...steps])
      expect(new Set(steps).size).toBe(steps.length)
    }
  })

  test('the hard parts of the surveillance range are among them', () => {
    const steps = (code: DegradationCode) => DEGRADATIONS.find((row) => row.code === code)?.steps
    expect(steps('resolution')).toEqual(expect.arrayContaining([24, 20, 16, 12, 8]))
    expect(steps('jpeg')).toContain(20)
  })
})

describe.each(DEGRADATIONS)('degradeImage: $title', ({ code, steps }) => {
  test('every step gives a JPEG, the same for the same seed', async () => {
    for (const step of steps) {
      const what = { code, step, seed: 11 }
      const file = await degradeImage(IMAGE, FACE, what)
      expect(await sharp(file).metadata()).toMatchObject({ format: 'jpeg', channels: 3 })
      expect(Buffer.from(await degradeImage(IMAGE, FACE, what))).toEqual(Buffer.from(file))
    }
  })

  test('the first step leaves the picture nearly as it was, the last one does not', async () => {
    const smooth = gradientPixels(240, 240)
    expect(difference(await degraded(code, steps[0], smooth), smooth)).toBeLessThan(3)
    const last = steps.at(-1) ?? 0
    const changes = [IMAGE, smooth].map(async (image) => difference(await degraded(code, last, image), image))
    expect(Math.max(...(await Promise.all(changes)))).toBeGreaterThan(4)
  })

  test('a step it does not have is refused', async () => {
    await expect(degradeImage(IMAGE, FACE, { code, step: 1234, seed: 1 })).rejects.toThrow(RangeError)
  })
})

test.each(['noise', 'low_light', 'cctv'] as const)('another seed gives another picture of %s', async (code) => {
  const step = DEGRADATIONS.find((row) => row.code === code)?.steps[2] ?? 0
  expect(difference(await degraded(code, step, IMAGE, 1), await degraded(code, step, IMAGE, 2))).toBeGreaterThan(0.5)
})

test('fewer bytes at a lower JPEG quality, and others always at the same high one', async () => {
  const sizes = [95, 50, 20, 5].map(
    async (step) => (await degradeImage(IMAGE, FACE, { code: 'jpeg', step, seed: 1 })).length,
  )
  const [best = 0, good = 0, poor = 0, worst = 0] = await Promise.all(sizes)
  expect(best > good && good > poor && poor > worst).toBe(true)
  const plain = await degradeImage(IMAGE, FACE, { code: 'blur', step: 0, seed: 1 })
  expect(plain.length).toBe(best)
})

test('a surveillance picture at its fourth step has 16 pixels between the eyes, and is cut above', async () => {
  const seen = await degraded('cctv', 4)
  expect(seen.width).toBe(Math.round((240 * 16) / 48))
  expect(seen.height).toBeLessThan(seen.width)
})

describe('openDegrader', () => {
  const degrader = openDegrader()
  afterAll(() => degrader.close())
  const what = { code: 'rotation', step: 90, seed: 1 } as const

  test('reads a file and turns it', async () => {
    const file = await degrader.degrade(await gradientFile(60, 40, 'png'), FACE, what)
    if (!file.ok) throw new Error(file.problem.message)
    expect(await sharp(file.value).metadata()).toMatchObject({ width: 40, height: 60, format: 'jpeg' })
  })

  test('fails as decoding does', async () => {
    expect(await degrader.degrade(new Uint8Array(), FACE, what)).toMatchObject({ problem: { code: 'empty_file' } })
    expect(await degrader.degrade(Buffer.from('GIF89a'), FACE, what)).toMatchObject({
      ok: false,
      problem: { kind: 'failure', code: 'unsupported_type' },
    })
  })

  test('once closed it reads nothing more, and may be closed again', async () => {
    const brief = openDegrader()
    brief.close()
    brief.close()
    const file = await brief.degrade(await gradientFile(9, 9, 'png'), FACE, what)
    expect(file).toMatchObject({ ok: false, problem: { code: 'decode_crashed' } })
  })
})
