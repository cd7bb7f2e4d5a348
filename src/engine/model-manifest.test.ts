import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { embedderRecord } from './embedder-record.ts'
import { type EngineManifest, engineManifest, modelIdentity } from './model-manifest.ts'
import { fetchWeightsModule } from './test-support.ts'

const weights = [...engineManifest.detectors, engineManifest.landmarks, engineManifest.embedder]

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

  test.each(weights.filter((record) => record.source.from === 'dependency').map((record) => record.source))(
    'the installed version of $package is the one named ($member)',
    ({ package: name, version }) => {
      const path = createRequire(import.meta.url).resolve(`${name}/package.json`)
      expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version, license: 'Apache-2.0' })
    },
  )

  test('what is unknown about the embedder is said', () => {
    expect(embedderRecord.trainingData).toMatch(/^Unknown/)
    expect(embedderRecord.calibration.note).toContain('1e-6 is not measured')
  })

  test('the embedder is fed BGR, as measured to be right', () => {
    expect(embedderRecord.input).toEqual({ width: 112, height: 112, colour: 'BGR', subtract: 127, divide: 128 })
  })

  test('calibration points ascend in score and descend in rate', () => {
    const { points } = embedderRecord.calibration
    for (const [index, point] of points.slice(1).entries()) {
      expect(point.score).toBeGreaterThan(points[index]?.score ?? 1)
      expect(point.fmr).toBeLessThan(points[index]?.fmr ?? 0)
    }
  })

  test('the fetch script names the same file', () => {
    const { package: name, version, member, integrity, sha256 } = fetchWeightsModule.EMBEDDER_SOURCE
    expect({ package: name, version, member, integrity, from: 'fetched' }).toEqual(embedderRecord.source)
    expect(sha256).toBe(embedderRecord.sourceSha256)
  })
})

describe('modelIdentity', () => {
  test('is the same for the same manifest, whatever the order of its fields', () => {
    const turned = Object.fromEntries(Object.entries(engineManifest).reverse()) as unknown as EngineManifest
    expect(modelIdentity(turned)).toEqual(modelIdentity(engineManifest))
    expect(modelIdentity(engineManifest)).toMatchObject({ id: 'countenance-engine-1', dimension: 512 })
  })

  test.each([
    { embedder: { ...embedderRecord, input: { ...embedderRecord.input, colour: 'RGB' as const } } },
    { embedder: { ...embedderRecord, onnxSha256: '0'.repeat(64) } },
    { detectors: engineManifest.detectors.slice(0, 1) },
  ])('changes with any part of the pipeline (%#)', (change) => {
    expect(modelIdentity({ ...engineManifest, ...change }).sha256).not.toBe(modelIdentity(engineManifest).sha256)
  })
})
