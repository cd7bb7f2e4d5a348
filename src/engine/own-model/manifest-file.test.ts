import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readModelManifest } from './manifest-file.ts'
import { base64Of, type TinyManifest, tinyManifest } from './own-model.fixture.ts'

const FOLDER = resolve('/srv/models/harbour')
type Loose = Record<string, unknown>

/** The manifest with one value changed; undefined takes the key away. */
function changed(path: string, value: unknown): Loose {
  const manifest = structuredClone(tinyManifest()) as Loose
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const inside = keys.reduce<Loose>((part, key) => part[key] as Loose, manifest)
  if (value === undefined) delete inside[last]
  else inside[last] = value
  return manifest
}

function problemOf(json: unknown, options = {}) {
  const read = readModelManifest(json, FOLDER, options)
  if (read.ok) throw new Error('The manifest was taken.')
  return read.problem
}

function taken(json: unknown, options = {}) {
  const read = readModelManifest(json, FOLDER, options)
  if (!read.ok) throw new Error(`${read.problem.code}: ${read.problem.message}`)
  return read.value
}

const EMBEDDING = base64Of(Float32Array.of(0.5, -0.5, 0.5, 0.5))

describe('a manifest that is right', () => {
  test('is read with its paths made absolute and its figures one for each channel', () => {
    const manifest = taken(tinyManifest())
    expect(manifest.file).toBe(resolve(FOLDER, 'model.onnx'))
    expect(manifest.folder).toBe(FOLDER)
    expect(manifest.feed).toEqual({ layout: 'NCHW', colour: 'RGB', mean: [127.5, 127.5, 127.5], std: [128, 128, 128] })
    expect(manifest).toMatchObject({ id: 'harbour-county-1', flipAverage: false, calibration: null, goldenTests: [] })
    expect(manifest.output).toEqual({ dimension: 4, name: null })
    expect(manifest.licence).toEqual({
      stated: 'Apache-2.0',
      commercialUse: 'yes',
      lawEnforcementUse: 'yes',
      overridden: false,
    })
  })

  test('is read from text, with or without a byte order mark', () => {
    const text = JSON.stringify(tinyManifest())
    expect(taken(text)).toEqual(taken(tinyManifest()))
    expect(taken(`\uFEFF${text}`)).toEqual(taken(text))
  })

  test('may name the ArcFace template for an input of 112 x 112', () => {
    const json = {
      ...changed('input.width', 112),
      alignment: { template: 'arcface-112', transform: 'similarity-umeyama' },
    }
    ;(json as unknown as { input: Loose }).input.height = 112
    expect(taken(json).alignment.points[0]).toEqual({ x: 38.2946, y: 51.6963 })
  })

  test('may give one mean and std for each channel, and one for grey', () => {
    const json = changed('input.mean', [123.7, 116.3, 103.5])
    expect(taken(json).feed.mean).toEqual([123.7, 116.3, 103.5])
    expect(taken(changed('input.colour', 'GRAY')).feed).toMatchObject({ colour: 'GRAY', mean: [127.5], std: [128] })
  })

  test('may carry calibration, golden tests, a paper, a licence text and the name of an output', () => {
    const points = [
      { score: 0.3, fmr: 0.001 },
      { score: 0.4, fmr: 0.0001 },
    ]
    const json = {
      ...tinyManifest(),
      calibration: { points, dataset: 'own', impostorComparisons: 1000, measuredOn: '2026-11' },
      goldenTests: [{ image: 'golden/one.png', expectedEmbedding: EMBEDDING }],
      provenance: { author: 'A', url: 'https://a.example', paper: 'P' },
      licence: { text: 'Ours.', commercialUse: 'not_stated', lawEnforcementUse: 'not_stated' },
      output: { dimension: 4, name: 'out' },
      flipAverage: true,
    }
    const manifest = taken(json)
    expect(manifest.calibration).toMatchObject({ points, dataset: 'own', note: '' })
    expect(manifest.goldenTests[0]).toMatchObject({ landmarks: null, minCosine: 0.9999 })
    expect([...(manifest.goldenTests[0]?.expected ?? [])]).toEqual([0.5, -0.5, 0.5, 0.5])
    expect(manifest.goldenTests[0]?.file).toBe(resolve(FOLDER, 'golden', 'one.png'))
    expect(manifest).toMatchObject({ flipAverage: true, licence: { stated: 'Ours.' }, output: { name: 'out' } })
  })
})

describe('keys', () => {
  test.each([
    ['colur', '$.colur'],
    ['input.color', '$.input.color'],
    ['onnx.hash', '$.onnx.hash'],
    ['licence.comercialUse', '$.licence.comercialUse'],
    ['limits.warnBelow', '$.limits.warnBelow'],
    ['__proto', '$.__proto'],
  ])('a key that nobody reads is refused: %s', (path, where) => {
    const problem = problemOf(changed(path, 1))
    expect(problem).toMatchObject({ kind: 'refusal', code: 'manifest_key_unknown', where })
    expect(problem.message).toContain(where)
  })

  test('a misspelt key is named before the one that is missing because of it', () => {
    const json = changed('input.colour', undefined)
    ;(json.input as Loose).color = 'RGB'
    expect(problemOf(json)).toMatchObject({ code: 'manifest_key_unknown', where: '$.input.color' })
  })

  test.each(Object.keys(tinyManifest()))('every key of the first level is needed: %s', (key) => {
    expect(problemOf(changed(key, undefined))).toMatchObject({ code: 'manifest_key_missing', where: `$.${key}` })
  })

  test.each(
    Object.entries(tinyManifest()).flatMap(([key, value]) =>
      typeof value === 'object' ? Object.keys(value).map((inner) => `${key}.${inner}`) : [],
    ),
  )('and those inside: %s', (path) => {
    const optional = ['onnx.bytes']
    const read = readModelManifest(changed(path, undefined), FOLDER)
    expect(read.ok).toBe(optional.includes(path))
    if (!read.ok) expect(['manifest_key_missing', 'manifest_value_wrong']).toContain(read.problem.code)
  })

  test('any key put anywhere is refused, whatever it holds', () => {
    const places = ['', 'onnx.', 'input.', 'alignment.', 'output.', 'licence.', 'provenance.', 'limits.']
    const name = fc.stringMatching(/^[a-z]{1,12}$/).map((letters) => `x${letters}`)
    fc.assert(
      fc.property(fc.constantFrom(...places), name, fc.jsonValue(), (place, key, value) => {
        expect(problemOf(changed(`${place}${key}`, value)).code).toBe('manifest_key_unknown')
      }),
      { numRuns: 60 },
    )
  })
})

describe('values', () => {
  const POINTS = tinyManifest().alignment.points
  const swapped = [POINTS[1], POINTS[0], ...POINTS.slice(2)]
  const upsideDown = [POINTS[3], POINTS[4], POINTS[2], POINTS[0], POINTS[1]]
  const rising = [
    { score: 0.4, fmr: 0.001 },
    { score: 0.3, fmr: 0.0001 },
  ]
  test.each<[string, unknown, string]>([
    ['id', 'Harbour County', '$.id'],
    ['id', 'a--b', '$.id'],
    ['id', 'a'.repeat(65), '$.id'],
    ['title', '  ', '$.title'],
    ['onnx.sha256', 'AB'.repeat(32), '$.onnx.sha256'],
    ['onnx.sha256', 'ab', '$.onnx.sha256'],
    ['onnx.bytes', 0, '$.onnx.bytes'],
    ['onnx.convert', 'coreml', '$.onnx.convert'],
    ['input.width', 15, '$.input.width'],
    ['input.width', 1025, '$.input.width'],
    ['input.height', 112.5, '$.input.height'],
    ['input.layout', 'CHW', '$.input.layout'],
    ['input.colour', 'rgb', '$.input.colour'],
    ['input.mean', [1, 2], '$.input.mean'],
    ['input.mean', null, '$.input.mean'],
    ['input.std', 0, '$.input.std'],
    ['input.std', 0.229, '$.input.std'],
    ['input.std', [58, 57, 0.5], '$.input.std[2]'],
    ['alignment.points', POINTS.slice(1), '$.alignment.points'],
    ['alignment.points', swapped, '$.alignment.points'],
    ['alignment.points', upsideDown, '$.alignment.points'],
    ['alignment.points', POINTS.map(({ x, y }) => ({ x: x * 7, y: y * 7 })), '$.alignment.points'],
    ['alignment.template', 'arcface-112', '$.alignment'],
    ['alignment.transform', 'affine', '$.alignment.transform'],
    ['output.dimension', 1, '$.output.dimension'],
    ['output.dimension', '512', '$.output.dimension'],
    ['flipAverage', 'yes', '$.flipAverage'],
    ['licence.commercialUse', true, '$.licence.commercialUse'],
    ['licence.spdx', undefined, '$.licence'],
    ['provenance.url', 'ftp://x', '$.provenance.url'],
    ['limits.warnBelowInterEyePixels', 11, '$.limits'],
    ['limits.refuseBelowInterEyePixels', -1, '$.limits.refuseBelowInterEyePixels'],
    ['goldenTests', {}, '$.goldenTests'],
    ['calibration', { points: rising, dataset: 'd', impostorComparisons: 1, measuredOn: 'm' }, '$.calibration.points'],
    ['calibration', { points: [], dataset: 'd', impostorComparisons: 1, measuredOn: 'm' }, '$.calibration.points'],
  ])('%s cannot be %j', (path, value, where) => {
    const problem = problemOf(changed(path, value))
    expect(problem).toMatchObject({ kind: 'refusal', code: 'manifest_value_wrong', where })
    expect(problem.message).toMatch(/ must .*\.$/)
    expect(problem.remedy).toContain(where)
  })

  test('grey takes one mean and one std', () => {
    const json = changed('input.colour', 'GRAY')
    ;(json.input as Loose).mean = [1, 2, 3]
    expect(problemOf(json)).toMatchObject({ code: 'manifest_value_wrong', where: '$.input' })
  })

  test('the ArcFace template is for an input of 112 x 112 alone', () => {
    const json = { ...tinyManifest(), alignment: { template: 'arcface-112', transform: 'similarity-umeyama' } }
    expect(problemOf(json)).toMatchObject({ code: 'manifest_value_wrong', where: '$.alignment.template' })
  })

  test.each([null, 7, [], 'true'])('%j is no manifest', (json) => {
    expect(problemOf(json)).toMatchObject({ code: 'manifest_value_wrong', where: '$' })
  })

  test('nothing that JSON can say makes it throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(tinyManifest())), fc.jsonValue(), (key, value) => {
        const read = readModelManifest({ ...tinyManifest(), [key]: value }, FOLDER)
        if (!read.ok) expect(read.problem.remedy).not.toBe('')
      }),
    )
  })
})

describe('what has a code of its own', () => {
  test.each(['', '{', 'model: harbour', '{"id": 1,}'])('a text that is no JSON: %j', (text) => {
    expect(problemOf(text)).toMatchObject({ code: 'manifest_not_json', where: '$' })
  })

  test.each([0, 2, '1'])('a schemaVersion of %j', (version) => {
    expect(problemOf(changed('schemaVersion', version)).code).toBe('manifest_version_unknown')
  })

  test.each(['euclidean', 'dot', 1])('the metric %j', (metric) => {
    const problem = problemOf(changed('metric', metric))
    expect(problem.code).toBe('metric_unsupported')
    expect(problem.message).toContain('cosine')
  })

  test.each([
    '../model.onnx',
    'a/../../model.onnx',
    '/etc/passwd',
    'C:\\model.onnx',
    '..\\model.onnx',
    '\\\\host\\m',
    'a\0b',
  ])('a path out of the folder: %j', (path) => {
    expect(problemOf(changed('onnx.path', path))).toMatchObject({ code: 'path_escapes', where: '$.onnx.path' })
  })

  test('also for the image of a golden test', () => {
    const tests = [{ image: '../face.png', expectedEmbedding: EMBEDDING }]
    const where = '$.goldenTests[0].image'
    expect(problemOf(changed('goldenTests', tests))).toMatchObject({ code: 'path_escapes', where })
  })

  test.each(['model.onnx', 'weights/model.onnx', './model.onnx', 'a/../model.onnx', '..model.onnx'])(
    'a path that stays is taken: %j',
    (path) => {
      expect(taken(changed('onnx.path', path)).file).toBe(resolve(FOLDER, path))
    },
  )

  test.each([
    ['too short', base64Of(Float32Array.of(1, 2, 3))],
    ['without direction', base64Of(new Float32Array(4))],
    ['not finite', base64Of(Float32Array.of(1, Number.NaN, 2, 3))],
  ])('an expected embedding that is %s', (_, expectedEmbedding) => {
    const json = changed('goldenTests', [{ image: 'a.png', expectedEmbedding }])
    const where = '$.goldenTests[0].expectedEmbedding'
    expect(problemOf(json)).toMatchObject({ code: 'golden_test_malformed', where })
  })

  test.each([
    [{ expectedEmbedding: '%%%' }, '$.goldenTests[0].expectedEmbedding'],
    [{ minCosine: 0.5 }, '$.goldenTests[0].minCosine'],
    [{ landmarks: [{ x: 1, y: 1 }] }, '$.goldenTests[0].landmarks'],
  ])('a golden test with %j', (changes, where) => {
    const json = changed('goldenTests', [{ image: 'a.png', expectedEmbedding: EMBEDDING, ...changes }])
    expect(problemOf(json)).toMatchObject({ code: 'manifest_value_wrong', where })
  })
})

describe('licences', () => {
  const uses = ['yes', 'no', 'not_stated'] as const
  const rows = uses.flatMap((commercialUse) => uses.map((lawEnforcementUse) => ({ commercialUse, lawEnforcementUse })))
  const manifestWith = (use: (typeof rows)[number]): TinyManifest => ({
    ...tinyManifest(),
    licence: { spdx: 'CC-BY-NC-4.0', ...use },
  })

  test.each(rows)('commercial $commercialUse, law enforcement $lawEnforcementUse', (use) => {
    const forbidden = Object.values(use).includes('no')
    const read = readModelManifest(manifestWith(use), FOLDER)
    expect(read.ok).toBe(!forbidden)
    if (!read.ok) expect(read.problem).toMatchObject({ kind: 'refusal', code: 'licence_forbids' })
    expect(taken(manifestWith(use), { acceptLicence: true }).licence.overridden).toBe(forbidden)
  })

  test('the refusal names the use that is forbidden', () => {
    const police = problemOf(manifestWith({ commercialUse: 'no', lawEnforcementUse: 'no' }))
    expect(police).toMatchObject({ where: '$.licence.lawEnforcementUse' })
    const trade = problemOf(manifestWith({ commercialUse: 'no', lawEnforcementUse: 'yes' }))
    expect(trade).toMatchObject({ where: '$.licence.commercialUse' })
    expect(trade.message).toContain('commercial use')
  })

  test('accepting a licence accepts nothing else', () => {
    expect(problemOf(changed('metric', 'dot'), { acceptLicence: true }).code).toBe('metric_unsupported')
  })
})
