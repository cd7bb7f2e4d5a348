import sharp, { type OverlayOptions } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256Hex } from '../base/index.ts'
import type { Engine } from './engine.ts'
import { openEngine } from './open-engine.ts'
import { cosine, hasSharedData, sharedFile, sharedFolder, weightsReady } from './test-support.ts'

// Photographs in which a face is hard to find: each is found, or fails with its reason; never a wrong template in silence.

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ weightsDir: await weightsReady() })
}, 120_000)
afterAll(() => engine?.close())

const portrait = (person = '004') => sharedFile(`frll-600/${person}_03.jpg`)

async function templateOf(bytes: Uint8Array, index?: number) {
  const template = await engine.makeTemplate(bytes, index)
  if (!template.ok) throw new Error(template.problem.message)
  return template.value
}

async function facesIn(bytes: Uint8Array) {
  const analysis = await engine.analyse(bytes)
  if (!analysis.ok) throw new Error(analysis.problem.message)
  return analysis.value.faces
}

const known = new Map<string, Float32Array>()

/** Cosine of the templates of two photographs; of the second, an unchanged one, it is made once. */
async function likeness(bytes: Uint8Array, to: Uint8Array, index?: number): Promise<number> {
  const key = sha256Hex(to)
  const vector = known.get(key) ?? (await templateOf(to)).vector
  known.set(key, vector)
  return cosine((await templateOf(bytes, index)).vector, vector)
}

/** Pictures laid on plain grey. */
function onGrey(width: number, height: number, pieces: OverlayOptions[]): Promise<Buffer> {
  const sheet = sharp({ create: { width, height, channels: 3, background: '#8a8d90' } })
  return sheet.composite(pieces).png().toBuffer()
}

/** Part of a portrait, given in shares of the face box: 0 and 1 are its edges. */
async function partOf(bytes: Uint8Array, left: number, top: number, right: number, bottom: number): Promise<Buffer> {
  const box = (await facesIn(bytes))[0]?.box ?? { x: 0, y: 0, width: 0, height: 0 }
  const place = (from: number, size: number, share: number) =>
    Math.max(0, Math.min(600, Math.round(from + size * share)))
  const [x, y] = [place(box.x, box.width, left), place(box.y, box.height, top)]
  const size = { width: place(box.x, box.width, right) - x, height: place(box.y, box.height, bottom) - y }
  return sharp(bytes)
    .extract({ left: x, top: y, ...size })
    .png()
    .toBuffer()
}

/** A template must say what limits it, or be like the whole face's; a failure must be about the face. */
async function limitedOrRefused(
  part: Buffer,
  whole: Buffer,
): Promise<'limited' | 'refused' | 'alike' | 'silently wrong'> {
  const template = await engine.makeTemplate(part)
  if (!template.ok) return ['no_face', 'face_too_small'].includes(template.problem.code) ? 'refused' : 'silently wrong'
  if (template.value.face.limitations.length > 0) return 'limited'
  return cosine(template.value.vector, (await templateOf(whole)).vector) > 0.6 ? 'alike' : 'silently wrong'
}

const ANGLES = Array.from({ length: 23 }, (_, index) => 15 * (index + 1))

describe.runIf(hasSharedData)('on photographs', { timeout: 120_000 }, () => {
  async function foundWhenTurned(turn: number): Promise<void> {
    for (const person of ['001', '045', '119']) {
      const upright = await portrait(person)
      const turned = await sharp(upright).rotate(turn, { background: '#808080' }).jpeg({ quality: 95 }).toBuffer()
      const score = await likeness(turned, upright)
      expect(score > 0.8 ? 'alike' : `${person} at ${turn} degrees: ${score.toFixed(2)}`).toBe('alike')
    }
  }

  test.each(ANGLES)('turned by %i degrees, with nothing to say so, people are found the right way up', foundWhenTurned)

  test('each portrait shows one face, however many detections of it overlap', async () => {
    for (const name of (await sharedFolder('frll-600')).filter((file) => file.endsWith('.jpg')).slice(0, 40)) {
      expect({ name, faces: (await facesIn(await sharedFile(`frll-600/${name}`))).length }).toEqual({ name, faces: 1 })
    }
  })

  test('two people, the one half behind the other, are two faces', async () => {
    const [behind, before] = [await portrait('001'), await portrait('017')]
    const oval = Buffer.from('<svg width="600" height="600"><ellipse cx="300" cy="350" rx="120" ry="170"/></svg>')
    const head = await sharp(before)
      .ensureAlpha()
      .composite([{ input: oval, blend: 'dest-in' }])
      .png()
      .toBuffer()
    const scene = await onGrey(900, 640, [
      { input: behind, left: 0, top: 0 },
      { input: head, left: 190, top: 20 },
    ])
    const faces = await facesIn(scene)
    expect(faces).toHaveLength(2)
    const [left, right] = faces
    expect((left?.box.x ?? 0) + (left?.box.width ?? 0)).toBeGreaterThan(right?.box.x ?? 900)
    expect(await likeness(scene, before, 1)).toBeGreaterThan(0.7)
    expect(await likeness(scene, behind, 0)).toBeGreaterThan(0.5)
  })

  test.each([
    ['with the edge of the face box', 0, 1, 0.7],
    ['with a little less', 0.06, 0.94, 0.5],
  ])('a face that fills the frame, %s as the frame, is found', async (_, from, to, least) => {
    const whole = await portrait()
    expect(await likeness(await partOf(whole, from, from, to, to), whole)).toBeGreaterThan(least)
  })

  test.each([
    ['the left half outside', 0.5, -1, 2, 2],
    ['the right half outside', -1, -1, 0.5, 2],
    ['everything above the nose outside', -1, 0.45, 2, 2],
    ['everything below the nose outside', -1, -1, 2, 0.5],
    ['a third outside', 0.33, -1, 2, 2],
  ])('a face cut by the border, %s, says so or fails', async (_, left, top, right, bottom) => {
    for (const person of ['004', '022', '119']) {
      const whole = await portrait(person)
      const outcome = await limitedOrRefused(await partOf(whole, left, top, right, bottom), whole)
      expect(`${person}: ${outcome}`).not.toBe(`${person}: silently wrong`)
    }
  })

  test.each([
    ['across', 8000, 200, 6100, 0],
    ['across, at its end', 8000, 200, 7800, 0],
    ['down', 200, 8000, 0, 5300],
  ])('a face of 200 pixels in a panoramic strip, %s, is found', async (_, width, height, left, top) => {
    const whole = await portrait()
    const strip = await onGrey(width, height, [{ input: await sharp(whole).resize(200, 200).toBuffer(), left, top }])
    expect(await likeness(strip, whole)).toBeGreaterThan(0.6)
  })

  test.each([
    'Hernan_Diaz/Hernan_Diaz_0001.jpg',
    'Allan_Houston/Allan_Houston_0001.jpg',
    'Peter_Mugyeni/Peter_Mugyeni_0001.jpg',
  ])('a face far turned to the side, %s, is found and said to be turned', async (path) => {
    const template = await templateOf(await sharedFile(`lfw-view1/images/${path}`))
    expect(Math.abs(template.face.pose.yaw)).toBeGreaterThan(35)
    expect(template.face.limitations.join(' ')).toMatch(/turned \d+ degrees to the side/)
  })

  test.each([2, 4, 6])(
    'with %i stops less light, a face is found and compared, or fails with its reason',
    async (stops) => {
      const whole = await portrait()
      // In bytes of sRGB a stop is a factor of about 2 ^ (1 / 2.4).
      const dark = await sharp(whole)
        .linear(2 ** (-stops / 2.4), 0)
        .jpeg({ quality: 95 })
        .toBuffer()
      expect(await limitedOrRefused(dark, whole)).not.toBe('silently wrong')
      if (stops < 6) expect(await likeness(dark, whole)).toBeGreaterThan(0.7)
    },
  )
})
