import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { defaultCalibration, defaultLimits, featureRecord, mobileRecord } from './embedder-record.ts'
import { type EngineManifest, engineManifest, modelIdentity, templateDimension } from './model-manifest.ts'
import { fetchWeightsModule } from './test-support.ts'
import type { FusedEmbedder } from './weight-record.ts'

const weights = [...engineManifest.detectors, engineManifest.landmarks, ...engineManifest.embedders]

describe('engineManifest', () => {
  test.each(weights.map((record) => ({ id: record.id, record })))('$id is described in full', ({ record }) => {
    expect(record.sourceSha256).toMatch(/^[0-9a-f]{64}$/)
    expect(record.onnxSha256).toMatch(/^[0-9a-f]{64}$/)
    expect(record.source.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/)
    expect(record.licence.stated).not.toBe('')
    expect(record.trainingData).not.toBe('')
    const { byteRange } = record.source
    if (byteRange) expect(byteRange.end - byteRange.start).toBe(record.bytes)
  })

  test('every weight has an id of its own', () => {
    expect(new Set(weights.map((record) => record.id)).size).toBe(weights.length)
  })

  test.each(weights.filter((record) => record.source.from === 'dependency').map((record) => record.source))(
    'the installed version of $package is the one named ($member)',
    ({ package: name, version }) => {
      const path = createRequire(import.meta.url).resolve(`${name}/package.json`)
      expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version, license: 'Apache-2.0' })
    },
  )

  test('what is unknown about the embedders and their scores is said', () => {
    expect(featureRecord.trainingData).toMatch(/^Unknown/)
    expect(featureRecord.licence.note).toContain('Nothing found proves')
    expect(mobileRecord.trainingData).toMatch(/^Not stated/)
    expect(mobileRecord.licence.note).toContain('not proven')
    expect(defaultCalibration.note).toContain('2.4e-6 is not measured')
  })

  test('each embedder is fed as measured to be right', () => {
    expect(featureRecord.input).toEqual({ width: 112, height: 112, colour: 'BGR', subtract: 127, divide: 128 })
    expect(mobileRecord.input).toEqual({ width: 112, height: 112, colour: 'RGB', subtract: 127.5, divide: 128 })
  })

  test('shares are parts of one whole', () => {
    const shares = engineManifest.embedders.map(({ share }) => share)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    for (const share of shares) expect(share).toBeGreaterThan(0)
  })

  test('calibration points ascend in score and descend in rate', () => {
    const { points } = engineManifest.calibration
    expect(points.length).toBeGreaterThan(1)
    for (const [index, point] of points.slice(1).entries()) {
      expect(point.score).toBeGreaterThan(points[index]?.score ?? 1)
      expect(point.fmr).toBeLessThan(points[index]?.fmr ?? 0)
    }
  })

  test('a size that is refused is below one that is warned of', () => {
    expect(defaultLimits.refuseBelowInterEyePixels).toBeLessThan(defaultLimits.warnBelowInterEyePixels)
    expect(engineManifest.limits).toBe(defaultLimits)
  })

  test('the fetch script names the same files', () => {
    const fetched = weights.filter((record) => record.source.from === 'fetched')
    const scripted = fetchWeightsModule.WEIGHT_SOURCES.map(({ sha256, megabytes: _, ...source }) => {
      return { sha256, source: { ...source, from: 'fetched' } }
    })
    expect(scripted).toEqual(fetched.map(({ sourceSha256, source }) => ({ sha256: sourceSha256, source })))
  })
})

type Changes = Readonly<Record<string, Partial<EngineManifest>>>

const [feature, mobile] = engineManifest.embedders
const [detector, ...otherDetectors] = engineManifest.detectors

/** The default pipeline with its first embedder changed. */
function withFirst(change: Partial<FusedEmbedder>): Partial<EngineManifest> {
  return { embedders: [{ ...feature, ...change }, ...(mobile ? [mobile] : [])] }
}

const SHAPING: Changes = {
  'its id': { id: 'another' },
  'a colour order': withFirst({ input: { ...feature.input, colour: 'RGB' } }),
  'what is subtracted': withFirst({ input: { ...feature.input, subtract: 127.5 } }),
  'the weights of an embedder': withFirst({ onnxSha256: '0'.repeat(64) }),
  'a share': withFirst({ share: 0.6 }),
  'a point of the alignment': withFirst({
    alignment: { ...feature.alignment, points: feature.alignment.points.map(({ x, y }) => ({ x: x + 1, y })) },
  }),
  'one embedder less': { embedders: [feature] },
  'the order of the embedders': mobile ? { embedders: [mobile, feature] } : {},
  'the mirrored face': { mirror: !engineManifest.mirror },
  'one detector less': { detectors: otherDetectors },
  'the order of the detectors': { detectors: [...engineManifest.detectors].reverse() },
  'the weights of the landmarks': { landmarks: { ...engineManifest.landmarks, onnxSha256: '0'.repeat(64) } },
}

const DESCRIBING: Changes = {
  'a licence note': withFirst({ licence: { stated: 'MIT', note: 'Asked and confirmed.' } }),
  'training data': withFirst({ trainingData: 'Now known.' }),
  'what an output means': withFirst({ output: { ...feature.output, meaning: 'the same in other words' } }),
  'where the file comes from': withFirst({ source: { ...feature.source, version: '9.9.9' } }),
  calibration: { calibration: { ...defaultCalibration, measuredOn: '2030-01' } },
  limits: { limits: { refuseBelowInterEyePixels: 20, warnBelowInterEyePixels: 30 } },
  'a note on a detector': detector ? { detectors: [{ ...detector, trainingData: 'x' }, ...otherDetectors] } : {},
}

describe('modelIdentity', () => {
  const original = modelIdentity(engineManifest)

  test('is the same for the same manifest, whatever the order of its fields', () => {
    const turned = Object.fromEntries(Object.entries(engineManifest).reverse()) as unknown as EngineManifest
    expect(modelIdentity(turned)).toEqual(original)
    expect(original).toMatchObject({ id: 'countenance-engine-2', dimension: 704 })
    expect(original.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each(Object.entries(SHAPING))('changes with %s', (_, change) => {
    expect(modelIdentity({ ...engineManifest, ...change }).sha256).not.toBe(original.sha256)
  })

  test('no two of these changes give the same identity', () => {
    const all = Object.values(SHAPING).map((change) => modelIdentity({ ...engineManifest, ...change }).sha256)
    expect(new Set(all).size).toBe(all.length)
  })

  test.each(Object.entries(DESCRIBING))('does not change with %s: templates stay comparable', (_, change) => {
    expect({ ...engineManifest, ...change }).not.toEqual(engineManifest)
    expect(modelIdentity({ ...engineManifest, ...change })).toEqual(original)
  })
})

test('templateDimension adds up the embeddings', () => {
  expect(templateDimension(engineManifest)).toBe(512 + 192)
  expect(templateDimension({ ...engineManifest, embedders: [feature] })).toBe(512)
})
