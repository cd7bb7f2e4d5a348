import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256Hex } from '../base/index.ts'
import { featureRecord, mobileRecord } from './embedder-record.ts'
import { EngineError } from './engine-error.ts'
import { meshRecord, shortRangeRecord } from './front-end-records.ts'
import { loadWeight, type WeightPlaces } from './load-weights.ts'
import { engineManifest } from './model-manifest.ts'
import { openEngine } from './open-engine.ts'
import { weightsReady } from './test-support.ts'
import type { WeightRecord } from './weight-record.ts'

let folder = ''
let weightsDir = ''

beforeAll(async () => {
  weightsDir = await weightsReady()
  folder = await mkdtemp(join(tmpdir(), 'countenance-weights-test-'))
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

async function errorOf(work: Promise<unknown>): Promise<EngineError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(EngineError)
  return error as EngineError
}

/** A copy of a weight's file with one bit changed, `from` bytes after its start. */
async function flipped(path: string, from: number): Promise<string> {
  const bytes = await readFile(path)
  bytes[from] = (bytes[from] ?? 0) ^ 1
  const copy = join(folder, `flipped-${from}.bin`)
  await writeFile(copy, bytes)
  return copy
}

function packagePath(record: WeightRecord): string {
  return createRequire(import.meta.url).resolve(`${record.source.package}/${record.source.member}`)
}

describe('loadWeight', () => {
  const all = [...engineManifest.detectors, engineManifest.landmarks, ...engineManifest.embedders]

  test.each(all.map((record) => ({ id: record.id, record })))(
    'gives the model that the manifest names: $id',
    async ({ record }) => {
      expect(sha256Hex(await loadWeight(record, { weightsDir }))).toBe(record.onnxSha256)
    },
  )

  test.each([0, 1000, 229_031])('refuses a detector with bit 0 of byte %i flipped', async (byte) => {
    const copy = await flipped(packagePath(shortRangeRecord), byte)
    const error = await errorOf(loadWeight(shortRangeRecord, { weightsDir, resolvePackageFile: () => copy }))
    expect(error.code).toBe('weight_hash_differs')
    expect(error.message).toContain(copy)
    expect(error.message).toContain('npm ci')
  })

  test('looks at the byte range alone: a flip beside it is none of its business', async () => {
    const { start, end } = meshRecord.source.byteRange
    const places = async (byte: number): Promise<WeightPlaces> => {
      const copy = await flipped(packagePath(meshRecord), byte)
      return { weightsDir, resolvePackageFile: () => copy }
    }
    expect(await loadWeight(meshRecord, await places(start - 1))).toBeInstanceOf(Uint8Array)
    expect((await errorOf(loadWeight(meshRecord, await places(start)))).code).toBe('weight_hash_differs')
    expect((await errorOf(loadWeight(meshRecord, await places(end - 1)))).code).toBe('weight_hash_differs')
  })

  test('refuses a converted model that differs from the manifest', async () => {
    const record: WeightRecord = { ...shortRangeRecord, onnxSha256: '0'.repeat(64) }
    const error = await errorOf(loadWeight(record, { weightsDir }))
    expect(error.code).toBe('weight_hash_differs')
    expect(error.message).toContain('converted')
  })

  test('refuses a file that is longer than it should be', async () => {
    const copy = join(folder, 'longer.bin')
    await writeFile(copy, Buffer.concat([await readFile(packagePath(shortRangeRecord)), Buffer.of(0)]))
    const error = await errorOf(loadWeight(shortRangeRecord, { weightsDir, resolvePackageFile: () => copy }))
    expect(error.code).toBe('weight_hash_differs')
  })

  test.each([
    { record: featureRecord, file: 'fr_feature.onnx' },
    { record: mobileRecord, file: 'mobilefacenet.tflite' },
  ])('says what to do when the fetched file $file is missing', async ({ record, file }) => {
    const error = await errorOf(loadWeight(record, { weightsDir: join(folder, 'empty') }))
    expect(error.code).toBe('weight_missing')
    expect(error.message).toContain(join(folder, 'empty', file))
    expect(error.message).toContain('node tools/fetch-weights.mjs')
  })

  test('says what to do when a package is missing', async () => {
    const resolvePackageFile = () => {
      throw new Error('Cannot find module')
    }
    const error = await errorOf(loadWeight(meshRecord, { weightsDir, resolvePackageFile }))
    expect(error.code).toBe('weight_missing')
    expect(error.message).toContain('@mediapipe/face_mesh')
    expect(error.message).toContain('npm ci')
  })
})

describe('openEngine', () => {
  test.each(['fr_feature.onnx', 'mobilefacenet.tflite'])('does not open with a changed embedder: %s', async (name) => {
    const changed = join(folder, `changed-${name}`)
    await cp(weightsDir, changed, { recursive: true })
    const file = join(changed, name)
    const bytes = await readFile(file)
    bytes[2_000_000] = (bytes[2_000_000] ?? 0) ^ 0x80
    await writeFile(file, bytes)
    const error = await errorOf(openEngine({ weightsDir: changed }))
    expect(error.code).toBe('weight_hash_differs')
    expect(error.message).toContain(file)
  })

  test('does not open without weights', async () => {
    expect((await errorOf(openEngine({ weightsDir: join(folder, 'nowhere') }))).code).toBe('weight_missing')
  })
})
