import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alignFace } from '../align-face.ts'
import type { Engine } from '../engine.ts'
import { loadWeight } from '../load-weights.ts'
import { engineManifest, modelIdentity } from '../model-manifest.ts'
import { loadNetwork, type Network } from '../network.ts'
import { openEngine } from '../open-engine.ts'
import { type PixelPyramid, pixelPyramid } from '../pixels.ts'
import { hasSharedData, sharedFile, weightsReady } from '../test-support.ts'
import type { FusedEmbedder } from '../weight-record.ts'
import { type LoadedOwnModel, loadOwnModel } from './check-own-model.ts'
import { describeOwnModel } from './describe-own-model.ts'
import { loadOwnNetwork } from './load-own-network.ts'
import { readModelManifest } from './manifest-file.ts'
import { base64Of } from './own-model.fixture.ts'
import { cosineOf, unitEmbedding } from './unit-embedding.ts'

// A second real model, brought as a county would bring it: MobileFaceNet from an npm package, as TensorFlow Lite.

const COUNTY = {
  schemaVersion: 1,
  id: 'county-mobilefacenet',
  title: 'County bureau, MobileFaceNet',
  onnx: {
    path: 'mobilefacenet.tflite',
    sha256: 'b67366e085ec9f6c2afb05c10397a46edeb823367abaec77f64f5ce946ac2847',
    bytes: 5_243_108,
    convert: 'tflite',
  },
  // The file itself takes NHWC; what it is converted to takes NCHW, and that is what is run.
  input: { width: 112, height: 112, layout: 'NCHW', colour: 'RGB', mean: 127.5, std: 128 },
  alignment: { template: 'arcface-112', transform: 'similarity-umeyama' },
  output: { dimension: 192 },
  metric: 'cosine',
  licence: { spdx: 'MIT', commercialUse: 'yes', lawEnforcementUse: 'not_stated' },
  trainingData: 'Not stated in the package.',
  provenance: {
    author: 'capacitor-face-recognition 0.1.4',
    url: 'https://www.npmjs.com/package/capacitor-face-recognition',
  },
  limits: { refuseBelowInterEyePixels: 12, warnBelowInterEyePixels: 16 },
}

let folder: string
let weightsDir: string
beforeAll(async () => {
  weightsDir = await weightsReady()
  folder = await mkdtemp(join(tmpdir(), 'countenance-county-'))
  await copyFile(join(weightsDir, COUNTY.onnx.path), join(folder, COUNTY.onnx.path))
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

async function load(says: Readonly<Record<string, unknown>> = {}) {
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...COUNTY, ...says }, null, 2))
  const manifest = readModelManifest(await readFile(join(folder, 'manifest.json'), 'utf8'), folder)
  if (!manifest.ok) throw new Error(manifest.problem.message)
  return loadOwnModel(manifest.value)
}

async function loaded(): Promise<LoadedOwnModel> {
  const model = await load()
  if (!model.ok) throw new Error(`${model.problem.code}: ${model.problem.message}`)
  return model.value
}

describe('a county brings MobileFaceNet', () => {
  test('its manifest is read, its file converted and checked, its pipeline named', async () => {
    const model = await loaded()
    const pipeline = describeOwnModel(model, engineManifest)
    expect(pipeline.embedders[0]).toMatchObject({
      convert: 'tflite',
      sourceSha256: COUNTY.onnx.sha256,
      bytes: 5_243_108,
    })
    expect(model.onnxSha256).not.toBe(COUNTY.onnx.sha256)
    expect(modelIdentity(pipeline)).toMatchObject({ id: 'county-mobilefacenet', dimension: 192 })
  })

  test.each([
    ['the layout of the unconverted file', { input: { ...COUNTY.input, layout: 'NHWC' } }, 'input_shape_differs'],
    ['grey', { input: { ...COUNTY.input, colour: 'GRAY' } }, 'input_shape_differs'],
    ['512 numbers', { output: { dimension: 512 } }, 'output_dimension_differs'],
    ['no conversion', { onnx: { ...COUNTY.onnx, convert: 'none' } }, 'onnx_unreadable'],
  ])('a manifest that says %s is found out', async (_, says, code) => {
    const model = await load(says)
    expect(model).toMatchObject({ ok: false, problem: { code } })
  })
})

describe.skipIf(!hasSharedData)('on photographs of faces', () => {
  let engine: Engine
  let own: Network
  let record: FusedEmbedder
  beforeAll(async () => {
    engine = await openEngine({ weightsDir })
    const model = await loaded()
    record = describeOwnModel(model, engineManifest).embedders[0]
    own = await loadOwnNetwork(record, await loadWeight({ ...record, source: fetched(record) }, { weightsDir }))
  }, 120_000)
  afterAll(async () => {
    await engine?.close()
    await own?.close()
  })

  /** The weights folder of this repository holds the file under its package's name. */
  function fetched({ source }: FusedEmbedder) {
    return { ...source, from: 'fetched' as const, member: COUNTY.onnx.path }
  }

  async function faceOf(
    path: string,
  ): Promise<{ pyramid: PixelPyramid; landmarks: readonly { x: number; y: number }[] }> {
    const bytes = await sharedFile(path)
    const analysis = await engine.analyse(bytes)
    if (!analysis.ok) throw new Error(analysis.problem.message)
    const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    return {
      pyramid: pixelPyramid({ width: info.width, height: info.height, data }),
      landmarks: analysis.value.faces[0]?.landmarks ?? [],
    }
  }

  async function embeddingOf(network: Network, by: FusedEmbedder, path: string): Promise<Float32Array> {
    const { pyramid, landmarks } = await faceOf(path)
    const [output = new Float32Array()] = await network.run(alignFace(pyramid, landmarks, by))
    const made = unitEmbedding(output, by.output.dimension)
    if (!made.ok) throw new Error(made.problem.message)
    return made.value
  }

  const vectorOf = (path: string) => embeddingOf(own, record, path)

  test('two photographs of one person are nearer than those of two people', async () => {
    const people = ['001', '002', '004', '013']
    const neutral = await Promise.all(people.map((person) => vectorOf(`frll-600/${person}_03.jpg`)))
    const smiling = await Promise.all(people.map((person) => vectorOf(`frll-600/${person}_08.jpg`)))
    const cosines = neutral.map((one) => smiling.map((other) => cosineOf(one, other)))
    const same = cosines.map((row, index) => row[index] ?? -1)
    const different = cosines.flatMap((row, index) => row.filter((_, other) => other !== index))
    expect(Math.min(...same)).toBeGreaterThan(0.6)
    expect(Math.max(...different)).toBeLessThan(0.5)
  })

  test('the embedding is that of the same network in the default pipeline', async () => {
    const built = engineManifest.embedders.find((one) => one.sourceSha256 === COUNTY.onnx.sha256)
    expect(built).toBeDefined()
    if (built === undefined) return
    const network = await loadNetwork(built, await loadWeight(built, { weightsDir }))
    const path = 'frll-600/004_03.jpg'
    expect(cosineOf(await embeddingOf(network, built, path), await vectorOf(path))).toBeGreaterThan(0.99999)
    await network.close()
  })

  test('a golden test made of a photograph holds, and finds a wrong colour order out', async () => {
    const path = 'frll-600/004_03.jpg'
    await writeFile(join(folder, 'golden.jpg'), await sharedFile(path))
    const { landmarks } = await faceOf(path)
    const goldenTests = [
      {
        image: 'golden.jpg',
        // A manifest counts from the middle of the first pixel.
        landmarks: landmarks.map(({ x, y }) => ({ x: x - 0.5, y: y - 0.5 })),
        expectedEmbedding: base64Of(await vectorOf(path)),
      },
    ]
    const right = await load({ goldenTests })
    expect(right.ok && right.value.goldenResults[0]?.cosine).toBeGreaterThan(0.9999)
    const wrong = await load({ goldenTests, input: { ...COUNTY.input, colour: 'BGR' } })
    expect(wrong).toMatchObject({ ok: false, problem: { code: 'golden_test_failed' } })
    await rm(join(folder, 'golden.jpg'))
  })
})
