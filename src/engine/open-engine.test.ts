import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from './engine.ts'
import { engineManifest, modelIdentity } from './model-manifest.ts'
import { openEngine } from './open-engine.ts'
import { cosine, hasSharedData, sharedFile, sharedFolder, storedWithOrientation, weightsReady } from './test-support.ts'

const PEOPLE = ['001', '004', '013', '017', '022', '027']

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ weightsDir: await weightsReady() })
}, 120_000)
afterAll(() => engine?.close())

const neutral = (person: string) => sharedFile(`frll-600/${person}_03.jpg`)
const smiling = (person: string) => sharedFile(`frll-600/${person}_08.jpg`)

async function facesIn(bytes: Uint8Array) {
  const analysis = await engine.analyse(bytes)
  if (!analysis.ok) throw new Error(analysis.problem.message)
  return analysis.value.faces
}

async function templateOf(bytes: Uint8Array, index?: number) {
  const template = await engine.makeTemplate(bytes, index)
  if (!template.ok) throw new Error(template.problem.message)
  return template.value
}

/** Photographs of one size side by side, `columns` in a row. */
async function composite(files: readonly Buffer[], columns: number, edge: number): Promise<Buffer> {
  const pieces = files.map(async (file, index) => ({
    input: await sharp(file).resize(edge, edge).toBuffer(),
    left: (index % columns) * edge,
    top: Math.floor(index / columns) * edge,
  }))
  const [width, height] = [columns * edge, Math.ceil(files.length / columns) * edge]
  const sheet = sharp({ create: { width, height, channels: 3, background: '#808080' } })
  return sheet
    .composite(await Promise.all(pieces))
    .jpeg({ quality: 92 })
    .toBuffer()
}

test('carries the identity of the manifest it was opened with', () => {
  expect(engine.model).toEqual(modelIdentity(engineManifest))
  expect(engine.manifest).toBe(engineManifest)
})

test('a request that fails in decoding is counted and makes no template', async () => {
  const before = { ...engine.counts }
  expect(await engine.makeTemplate(new Uint8Array())).toMatchObject({ ok: false, problem: { code: 'empty_file' } })
  expect(await engine.analyse(Buffer.from('GIF89a'))).toMatchObject({
    ok: false,
    problem: { code: 'unsupported_type' },
  })
  expect(engine.counts).toEqual({ analyses: before.analyses + 1, templates: before.templates + 1 })
})

describe.runIf(hasSharedData)('on photographs of consenting adults', { timeout: 60_000 }, () => {
  test('describes the one face of a portrait', async () => {
    const analysis = await engine.analyse(await neutral('001'))
    expect(analysis).toMatchObject({
      ok: true,
      value: { mediaType: 'image/jpeg', width: 600, height: 600, exifOrientation: 1 },
    })
    const [face, ...others] = analysis.ok ? analysis.value.faces : []
    expect(others).toEqual([])
    expect(face?.interEyePixels).toBeGreaterThan(80)
    expect(face?.interEyePixels).toBeLessThan(110)
    expect(Math.abs(face?.pose.yaw ?? 90)).toBeLessThan(12)
    expect(Math.abs(face?.pose.roll ?? 90)).toBeLessThan(8)
    expect(face?.limitations).toEqual([])
    expect(face?.detectionScore).toBeGreaterThan(0.8)
    const [leftEye, rightEye, nose, leftMouth, rightMouth] = face?.landmarks ?? []
    expect(leftEye?.x).toBeLessThan(rightEye?.x ?? 0)
    expect(leftMouth?.x).toBeLessThan(rightMouth?.x ?? 0)
    expect(nose?.y).toBeGreaterThan(leftEye?.y ?? 600)
    expect(nose?.y).toBeLessThan(leftMouth?.y ?? 0)
  })

  test('a smiling person is nearest to the same person with a neutral face', async () => {
    const gallery = await Promise.all(PEOPLE.map(async (person) => (await templateOf(await neutral(person))).vector))
    for (const [place, person] of PEOPLE.entries()) {
      const probe = (await templateOf(await smiling(person))).vector
      const scores = gallery.map((vector) => cosine(probe, vector))
      expect(scores.indexOf(Math.max(...scores))).toBe(place)
      expect(scores[place]).toBeGreaterThan(0.7)
    }
  })

  test('a template is of unit length, and the same for the same bytes', async () => {
    const [one, again] = [await templateOf(await neutral('001')), await templateOf(await neutral('001'))]
    expect(cosine(one.vector, one.vector)).toBeCloseTo(1, 5)
    expect(again.vector).toEqual(one.vector)
    expect(one.model).toEqual(engine.model)
    expect(one.analysis.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test('all eight EXIF orientations give the same face', async () => {
    const upright = await sharp(await neutral('004'))
      .resize(400, 400)
      .extract({ left: 0, top: 20, width: 400, height: 360 })
      .png()
      .toBuffer()
    const [expected] = await facesIn(upright)
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const analysis = await engine.analyse(await storedWithOrientation(upright, orientation))
      expect(analysis).toMatchObject({ ok: true, value: { exifOrientation: orientation, width: 400, height: 360 } })
      expect(analysis.ok && analysis.value.faces).toEqual([expected])
    }
  })

  test.each([90, 180, 270])(
    'a photograph that lies by %i degrees, with no EXIF to say so, is found and embedded',
    async (turn) => {
      const turned = await sharp(await neutral('013'))
        .rotate(turn)
        .jpeg({ quality: 95 })
        .toBuffer()
      const template = await templateOf(turned)
      expect(cosine(template.vector, (await templateOf(await neutral('013'))).vector)).toBeGreaterThan(0.85)
      expect(template.face.limitations.join()).toMatch(/tilted/)
    },
  )

  test('a mirrored face has the opposite yaw', async () => {
    const [face] = await facesIn(await neutral('001'))
    const [mirrored] = await facesIn(
      await sharp(await neutral('001'))
        .flop()
        .png()
        .toBuffer(),
    )
    expect(mirrored?.pose.yaw).toBeCloseTo(-(face?.pose.yaw ?? 0), -1)
  })

  test('five faces are found from left to right, and one must be chosen', async () => {
    const people = PEOPLE.slice(0, 5)
    const row = await composite(await Promise.all(people.map(neutral)), 5, 400)
    const faces = await facesIn(row)
    expect(faces.map((face) => face.index)).toEqual([0, 1, 2, 3, 4])
    expect(faces.map((face) => Math.floor((face.box.x + face.box.width / 2) / 400))).toEqual([0, 1, 2, 3, 4])
    expect(await engine.makeTemplate(row)).toMatchObject({
      ok: false,
      problem: { kind: 'failure', code: 'many_faces', facts: { faces: 5 } },
    })
    expect(await engine.makeTemplate(row, 5)).toMatchObject({ problem: { code: 'no_such_face' } })
    expect(await engine.makeTemplate(row, -1)).toMatchObject({ problem: { code: 'no_such_face' } })
    const third = await templateOf(row, 2)
    expect(cosine(third.vector, (await templateOf(await smiling(people[2] ?? ''))).vector)).toBeGreaterThan(0.6)
  })

  test('eyes fewer than 12 pixels apart are refused, fewer than 16 said to be few', async () => {
    const shrunk = async (edge: number) =>
      sharp(await neutral('001'))
        .resize(edge, edge)
        .png()
        .toBuffer()
    const refused = await engine.makeTemplate(await shrunk(66))
    expect(refused).toMatchObject({
      ok: false,
      problem: { code: 'face_too_small', facts: { leastInterEyePixels: 12 } },
    })
    const warned = await templateOf(await shrunk(90))
    expect(warned.face.limitations.join()).toMatch(/below 16 pixels a search misses more often/)
  })

  test('a large photograph gives the same template as a small one', async () => {
    const large = await sharp(await neutral('017'))
      .resize(3000, 3000)
      .jpeg()
      .toBuffer()
    expect(cosine((await templateOf(large)).vector, (await templateOf(await neutral('017'))).vector)).toBeGreaterThan(
      0.97,
    )
  })

  test('a face far away in a large picture is found', async () => {
    const small = await sharp(await neutral('022'))
      .resize(300, 300)
      .toBuffer()
    const canvas = sharp({ create: { width: 2400, height: 1600, channels: 3, background: '#7a7f80' } })
    const [face] = await facesIn(
      await canvas
        .composite([{ input: small, left: 1900, top: 1100 }])
        .png()
        .toBuffer(),
    )
    expect(face?.box.x).toBeGreaterThan(1900)
    expect(face?.interEyePixels).toBeGreaterThan(35)
  })

  test('images without a face fail with no_face', async () => {
    for (const file of await sharedFolder('edge-images')) {
      expect(await engine.analyse(await sharedFile(`edge-images/${file}`))).toMatchObject({
        ok: false,
        problem: { kind: 'failure', code: 'no_face' },
      })
    }
  })

  test('half a photograph file fails, and the next one is read', async () => {
    const whole = await neutral('001')
    expect(await engine.makeTemplate(whole.subarray(0, whole.length / 2))).toMatchObject({
      problem: { code: 'unreadable_image' },
    })
    expect((await engine.makeTemplate(whole)).ok).toBe(true)
  })

  test('the display copy shows the same face', async () => {
    const copy = await engine.displayCopy(await storedWithOrientation(await neutral('027'), 8))
    if (!copy.ok) throw new Error(copy.problem.message)
    expect(await sharp(copy.value).metadata()).toMatchObject({ width: 600, height: 600, format: 'jpeg' })
    expect(
      cosine((await templateOf(copy.value)).vector, (await templateOf(await neutral('027'))).vector),
    ).toBeGreaterThan(0.95)
  })
})

test('a closed engine can be closed again', async () => {
  const brief = await openEngine({ weightsDir: await weightsReady(), decodeProcesses: 2 })
  await brief.close()
  await brief.close()
})
