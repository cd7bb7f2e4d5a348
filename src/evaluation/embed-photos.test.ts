import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done, fail, sha256Hex } from '../base/index.ts'
import type { DetectedFace, Engine } from '../engine/index.ts'
import { chooseFace } from './choose-face.ts'
import { embedPhotos } from './embed-photos.ts'
import { fakeDeps, good, setOf, temporaryFolder } from './evaluation.fixture.ts'
import { luminanceThirds, readMeasures } from './face-measures.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
const files = {
  'a/1.jpg': 'PERSON:a:1',
  'a/2.jpg': 'NOFACE',
  'b/1.jpg': 'BROKEN',
  'b/2.jpg': 'TWOFACES b',
  'c/1.jpg': '',
}
beforeAll(async () => {
  folder = await temporaryFolder(files)
})
afterAll(() => folder.remove())
const photos = () => setOf(folder.path, [...Object.keys(files), 'c/gone.jpg']).photos

describe('embedPhotos', () => {
  it('keeps the order, and the code of every failure', async () => {
    const embedded = await embedPhotos(fakeDeps().engine, photos(), { concurrency: 3 })
    expect(embedded.map(({ photo, failure }) => [photo.file, failure])).toEqual([
      ['a/1.jpg', null],
      ['a/2.jpg', 'no_face'],
      ['b/1.jpg', 'unreadable_image'],
      ['b/2.jpg', null],
      ['c/1.jpg', 'empty_file'],
      ['c/gone.jpg', 'file_unreadable'],
    ])
    expect(embedded.map(({ vector }) => vector?.length ?? null)).toEqual([512, null, null, 512, null, null])
    expect(embedded[0]?.sha256).toBe(sha256Hex('PERSON:a:1'))
  })

  it('makes the template of the face that the rule chooses', async () => {
    const { engine } = fakeDeps()
    const bytes = Buffer.from('TWOFACES b')
    const larger: Engine['analyse'] = async (image) => {
      const analysis = good(await engine.analyse(image))
      const faces = analysis.faces.map((face) => ({ ...face, box: { ...face.box, height: 200 + 20 * face.index } }))
      return done({ ...analysis, faces })
    }
    const [two] = await embedPhotos({ ...engine, analyse: larger }, photos().slice(3, 4))
    expect(two).toMatchObject({ severalFaces: true, failure: null })
    expect(two?.vector).toEqual(good(await engine.makeTemplate(bytes, 1)).vector)
    expect(two?.vector).not.toEqual(good(await engine.makeTemplate(bytes, 0)).vector)
  })

  it('has at most so many photographs in the engine at one time', async () => {
    const { engine } = fakeDeps()
    let [inside, most] = [0, 0]
    const { promise: three, resolve: threeInside } = Promise.withResolvers<void>()
    const slow: Engine = {
      ...engine,
      makeTemplate: async (bytes, face) => {
        inside += 1
        most = Math.max(most, inside)
        if (inside === 3) threeInside()
        await three
        await new Promise((settle) => setImmediate(settle))
        inside -= 1
        return engine.makeTemplate(bytes, face)
      },
    }
    const many = Array.from({ length: 20 }, () => photos()[0]).filter((one) => one !== undefined)
    await embedPhotos(slow, many, { concurrency: 3 })
    expect(most).toBe(3)
  })

  it.each([
    ['not a number', Number.NaN],
    ['not of unit length', 0.5],
  ])('a template that is %s is a failure, not a score', async (_, value) => {
    const { engine } = fakeDeps()
    const makeTemplate: Engine['makeTemplate'] = async (bytes) => {
      const made = await engine.makeTemplate(bytes)
      return made.ok ? done({ ...made.value, vector: made.value.vector.map(() => value) }) : made
    }
    const [first] = await embedPhotos({ ...engine, makeTemplate }, photos().slice(0, 1))
    expect(first).toMatchObject({ vector: null, failure: 'template_unusable' })
  })

  it('a face that is lost between two looks keeps its code', async () => {
    const { engine } = fakeDeps()
    const analyse: Engine['analyse'] = async () => fail('engine_busy', 'Busy.', 'Wait.')
    const [two] = await embedPhotos({ ...engine, analyse }, photos().slice(3, 4))
    expect(two).toMatchObject({ vector: null, failure: 'engine_busy', severalFaces: true })
  })

  it('counts up to the number of photographs', async () => {
    const told: number[] = []
    await embedPhotos(fakeDeps().engine, photos(), { onProgress: (finished) => told.push(finished) })
    expect(told).toEqual([1, 2, 3, 4, 5, 6])
  })
})

describe('chooseFace', () => {
  const analysisOf = (...boxes: readonly (readonly [number, number, number])[]) => {
    const faces = boxes.map(([x, y, size], index) => ({ index, box: { x, y, width: size, height: size } }))
    return {
      ...{ sha256: '', mediaType: 'image/jpeg' as const, width: 200, height: 200, exifOrientation: 1 },
      faces: faces as unknown as readonly DetectedFace[],
    }
  }

  it.each([
    [
      'the larger of two as near',
      [
        [20, 80, 30],
        [140, 70, 50],
      ],
      1,
    ],
    [
      'the nearer of two as large',
      [
        [0, 0, 50],
        [75, 75, 50],
      ],
      1,
    ],
    [
      'a middling face in the middle before a large one in the corner',
      [
        [-20, -20, 90],
        [70, 70, 60],
      ],
      1,
    ],
    [
      'the first of equal ones',
      [
        [20, 80, 40],
        [140, 80, 40],
      ],
      0,
    ],
    ['a face that reaches past the edge when it is the only one', [[-90, -90, 60]], 0],
  ] as const)('takes %s', (_, boxes, index) => {
    expect(chooseFace(analysisOf(...boxes))).toBe(index)
  })
})

describe('measures', () => {
  const face = (quality: unknown) => ({ quality }) as unknown as DetectedFace

  it('reads quality and luminance where the engine has them, and nothing where it has not', () => {
    const measures = [
      { iso: 0x52, native: 90 },
      { iso: 0x44, native: 0.4 },
    ]
    expect(readMeasures(face({ unified: 77, measures }))).toEqual({ quality: 77, luminance: 0.4 })
    expect(readMeasures(face({ unified: 12, measures: [] }))).toEqual({ quality: 12, luminance: null })
    expect(readMeasures(face(undefined))).toEqual({ quality: null, luminance: null })
  })

  it('parts luminance into thirds of equal size, borders upwards', () => {
    const third = luminanceThirds([0.9, null, 0.1, 0.5, 0.2, 0.6, 0.8])
    expect([0.1, 0.2, 0.5, 0.6, 0.8, 0.9].map(third)).toEqual([
      ...['1st third (darkest)', '1st third (darkest)', '2nd third'],
      ...['2nd third', '3rd third (lightest)', '3rd third (lightest)'],
    ])
    expect(third(null)).toBeNull()
  })

  it('fewer than three measured photographs have no thirds', () => {
    expect(luminanceThirds([0.1, null, 0.9])(0.1)).toBeNull()
  })
})
