import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DetectedFace, Engine } from '../engine.ts'
import { openEngine } from '../open-engine.ts'
import { hasSharedData, sharedFile, weightsReady } from '../test-support.ts'
import type { MeasureCode } from './quality-measure.ts'

/** Consenting adults of several ages and shades of skin. */
const PEOPLE = ['001', '004', '017', '022', '061', '083', '112', '132']

describe.runIf(hasSharedData)('the quality of real photographs', { timeout: 120_000 }, () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine({ weightsDir: await weightsReady() })
  }, 120_000)
  afterAll(() => engine?.close())

  const portrait = (person: string) => sharedFile(`frll-600/${person}_03.jpg`)

  async function faceIn(bytes: Uint8Array): Promise<DetectedFace> {
    const analysis = await engine.analyse(bytes)
    const [face] = analysis.ok ? analysis.value.faces : []
    if (!face) throw new Error('No face was found.')
    return face
  }

  const nativeOf = (face: DetectedFace, code: MeasureCode) =>
    face.quality.measures.find((measure) => measure.code === code)?.native ?? Number.NaN

  test.each(PEOPLE)('the good portrait of %s has no limitation and a high quality', async (person) => {
    const face = await faceIn(await portrait(person))
    expect(face.limitations).toEqual([])
    expect(face.quality.unified).toBeGreaterThanOrEqual(80)
    expect(face.quality.measures.filter(({ native }) => native === null)).toEqual([])
    expect(nativeOf(face, 'compression')).toBe(88)
    expect(nativeOf(face, 'inside_image')).toBe(1)
  })

  test.each(PEOPLE)('the sharpness of %s falls with every step of blur', async (person) => {
    const bytes = await portrait(person)
    let before = nativeOf(await faceIn(bytes), 'sharpness')
    for (const sigma of [1, 2, 3, 4, 6]) {
      const face = await faceIn(await sharp(bytes).blur(sigma).png().toBuffer())
      const now = nativeOf(face, 'sharpness')
      expect(now).toBeLessThan(before)
      if (sigma >= 4) expect(face.limitations).toContain('The face is blurred; fine detail is lost.')
      before = now
    }
  })

  /** How a good portrait is spoilt, the measure that must tell, and the sentence that says so. */
  const SPOILT: readonly [string, (image: Sharp) => Sharp, MeasureCode, RegExp | null][] = [
    ['darkened', (image) => image.linear(0.2, 0), 'luminance_mean', /very dark/],
    ['brightened', (image) => image.linear(1.9, 40), 'over_exposure', /\d+ in 100 pixels of the face are over-exposed/],
    ['without colour', (image) => image.greyscale(), 'natural_colour', /not shown in natural colours/],
    ['made small', (image) => image.resize(150), 'inter_eye_distance', /pixels apart/],
    ['flattened', (image) => image.linear(0.15, 110), 'dynamic_range', null],
    [
      'in green light',
      (image) =>
        image.recomb([
          [0.75, 0, 0],
          [0, 1, 0],
          [0, 0, 0.75],
        ]),
      'natural_colour',
      /not shown in natural colours/,
    ],
    [
      'cut below the eyes',
      (image) => image.extract({ left: 0, top: 0, width: 600, height: 330 }),
      'inside_image',
      /outside the image/,
    ],
  ]

  test.each(SPOILT)('a portrait %s is worth less', async (_, spoil, code, sentence) => {
    const bytes = await portrait('001')
    const spoilt = await faceIn(await spoil(sharp(bytes)).png().toBuffer())
    const worth = (face: DetectedFace) => face.quality.measures.find((measure) => measure.code === code)?.quality ?? -1
    expect(worth(spoilt)).toBeLessThan(worth(await faceIn(bytes)))
    if (sentence) expect(spoilt.limitations.join(' ')).toMatch(sentence)
  })

  test('strong compression is said, with its setting', async () => {
    const face = await faceIn(
      await sharp(await portrait('004'))
        .jpeg({ quality: 15 })
        .toBuffer(),
    )
    expect(face.limitations).toContain('The file is strongly compressed (JPEG setting 15 of 100); fine detail is lost.')
  })

  test('light from one side is worth less', async () => {
    const bytes = await portrait('001')
    const shade = Buffer.from(
      '<svg width="600" height="600"><linearGradient id="g"><stop offset=".4" stop-opacity="0"/><stop offset=".6" stop-opacity=".8"/></linearGradient><rect width="600" height="600" fill="url(#g)"/></svg>',
    )
    const lit = await faceIn(
      await sharp(bytes)
        .composite([{ input: shade }])
        .png()
        .toBuffer(),
    )
    expect(nativeOf(lit, 'illumination_uniformity')).toBeLessThan(0.1)
    expect(lit.limitations.join(' ')).toMatch(/The light is uneven/)
  })

  test('a mirrored portrait has the same quality on the other side', async () => {
    const [face, mirrored] = [
      await faceIn(await portrait('017')),
      await faceIn(
        await sharp(await portrait('017'))
          .flop()
          .png()
          .toBuffer(),
      ),
    ]
    expect(nativeOf(mirrored, 'leftward_crop')).toBeCloseTo(nativeOf(face, 'rightward_crop'), 0)
    expect(Math.abs(mirrored.quality.unified - face.quality.unified)).toBeLessThanOrEqual(5)
  })

  test('two people in one picture are told of one another', async () => {
    const [one, other] = await Promise.all(['001', '004'].map(portrait))
    const canvas = sharp({ create: { width: 1200, height: 600, channels: 3, background: '#808080' } })
    const pair = canvas.composite([
      { input: one ?? '', left: 0, top: 0 },
      { input: other ?? '', left: 600, top: 0 },
    ])
    const face = await faceIn(await pair.png().toBuffer())
    expect(face.limitations.join(' ')).toMatch(/Another face in the image is about as large/)
  })
})
