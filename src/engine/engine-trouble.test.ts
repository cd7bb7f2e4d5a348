import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256Hex } from '../base/index.ts'
import { featureRecord, mobileRecord } from './embedder-record.ts'
import type { Engine } from './engine.ts'
import { type EngineManifest, engineManifest } from './model-manifest.ts'
import { openEngine } from './open-engine.ts'
import { cosine, gradientFile, hasSharedData, sharedFile, weightsReady } from './test-support.ts'
import { writeOnnx } from './tflite/write-onnx.ts'
import type { FusedEmbedder } from './weight-record.ts'

// What the engine says when it is busy, ends, or its networks give numbers of no use.

let weightsDir = ''
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countenance-engine-test-'))
  weightsDir = join(folder, 'weights')
  await cp(await weightsReady(), weightsDir, { recursive: true })
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

async function withEngine(options: Partial<Parameters<typeof openEngine>[0]>, work: (engine: Engine) => Promise<void>) {
  const engine = await openEngine({ weightsDir, ...options })
  try {
    await work(engine)
  } finally {
    await engine.close()
  }
}

const portrait = () => sharedFile('frll-600/004_03.jpg')

describe('many images at once', () => {
  test('those that may not wait are told so, the others are looked at', async () => {
    await withEngine({ mostWaiting: 1, decodeProcesses: 2 }, async (engine) => {
      const file = await gradientFile(300, 300, 'png')
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => engine.analyse(file)))
      const codes = outcomes.map((outcome) => (outcome.ok ? 'faces' : outcome.problem.code))
      expect(new Set(codes)).toEqual(new Set(['no_face', 'engine_busy']))
      const busy = outcomes.find((outcome) => !outcome.ok && outcome.problem.code === 'engine_busy')
      expect(busy).toMatchObject({ problem: { kind: 'failure', remedy: 'Try again in a minute.' } })
      expect(await engine.analyse(file)).toMatchObject({ problem: { code: 'no_face' } })
    })
  })

  test('those that wait when the engine is closed are told so', async () => {
    const engine = await openEngine({ weightsDir, decodeProcesses: 1 })
    const file = await gradientFile(200, 200, 'png')
    // The first one's pixels must have arrived before the engine is closed.
    expect(await engine.analyse(file)).toMatchObject({ problem: { code: 'no_face' } })
    const all = [1, 2, 3, 4].map(() => engine.analyse(file))
    await all[0]
    await engine.close()
    for (const outcome of await Promise.all(all)) {
      const code = outcome.ok ? 'faces' : outcome.problem.code
      expect(['no_face', 'engine_lost', 'decode_crashed']).toContain(code)
    }
    expect((await engine.analyse(file)).ok).toBe(false)
  })
})

/** A network that gives three numbers, made by `end` from the image's brightest red, green and blue. */
async function ownEmbedder(name: string, end: 'Sub' | 'Div'): Promise<FusedEmbedder> {
  const kernel = { kernel_shape: { ints: [112, 112] } }
  const onnx = writeOnnx({
    name,
    nodes: [
      { op: 'MaxPool', inputs: ['x'], outputs: ['most'], attributes: kernel },
      { op: 'Sub', inputs: ['most', 'most'], outputs: ['none'], attributes: {} },
      { op: end, inputs: ['none', 'none'], outputs: ['y'], attributes: {} },
    ],
    constants: [],
    inputs: [{ name: 'x', shape: [1, 3, 112, 112] }],
    outputs: [{ name: 'y', shape: [1, 3, 1, 1] }],
  })
  await writeFile(join(weightsDir, `${name}.onnx`), onnx)
  const hash = sha256Hex(onnx)
  return {
    ...featureRecord,
    id: name,
    source: { ...featureRecord.source, member: `${name}.onnx` },
    sourceSha256: hash,
    onnxSha256: hash,
    bytes: onnx.length,
    output: { meaning: 'nothing', dimension: 3 },
    share: 0.5,
  }
}

describe.runIf(hasSharedData)('on a photograph', { timeout: 120_000 }, () => {
  test.each([
    ['no-numbers', 'Div'],
    ['no-direction', 'Sub'],
  ] as const)(
    'a network that gives %s makes no template, and the face is described all the same',
    async (name, end) => {
      const embedders = [{ ...mobileRecord, share: 0.5 }, await ownEmbedder(name, end)] as const
      await withEngine({ manifest: { ...engineManifest, embedders } }, async (engine) => {
        expect(await engine.makeTemplate(await portrait())).toMatchObject({
          ok: false,
          problem: { kind: 'failure', code: 'embedding_not_finite' },
        })
        const analysis = await engine.analyse(await portrait())
        expect(analysis).toMatchObject({ ok: true, value: { faces: [{ index: 0 }] } })
      })
    },
  )

  test('a network of another dimension than its record says is a fault, not an outcome', async () => {
    const output = { ...featureRecord.output, dimension: 128 }
    const manifest: EngineManifest = { ...engineManifest, embedders: [{ ...featureRecord, output, share: 1 }] }
    await withEngine({ manifest }, async (engine) => {
      await expect(engine.makeTemplate(await portrait())).rejects.toThrow('fr-feature-512 gave 512 numbers')
    })
  })

  test('templates do not depend on the number of threads, and are of the length that the model says', async () => {
    const vectors: Float32Array[] = []
    for (const workers of [1, 2]) {
      await withEngine({ workers }, async (engine) => {
        const both = await Promise.all([1, 2].map(async () => engine.makeTemplate(await portrait())))
        for (const template of both) if (template.ok) vectors.push(template.value.vector)
        expect(engine.model.dimension).toBe(704)
      })
    }
    expect(vectors).toHaveLength(4)
    for (const vector of vectors) expect(vector).toEqual(vectors[0])
    expect(vectors[0]).toHaveLength(704)
    expect(Math.hypot(...(vectors[0] ?? []))).toBeCloseTo(1, 5)
  })

  test('with the mirrored face, a photograph and its mirror image have one template', async () => {
    const mirrored = await sharp(await portrait())
      .flop()
      .png()
      .toBuffer()
    const likeness = async (engine: Engine) => {
      const [one, other] = [await engine.makeTemplate(await portrait()), await engine.makeTemplate(mirrored)]
      return one.ok && other.ok ? cosine(one.value.vector, other.value.vector) : Number.NaN
    }
    let [plain, both] = [1, 0]
    await withEngine({}, async (engine) => {
      plain = await likeness(engine)
    })
    await withEngine({ manifest: { ...engineManifest, mirror: true } }, async (engine) => {
      both = await likeness(engine)
    })
    expect(both).toBeGreaterThan(plain)
    expect(both).toBeGreaterThan(0.95)
  })

  test('the quality of a face is the same, whether it is described or compared', async () => {
    await withEngine({}, async (engine) => {
      const [analysis, template] = [await engine.analyse(await portrait()), await engine.makeTemplate(await portrait())]
      expect(analysis.ok && template.ok && template.value.analysis).toEqual(analysis.ok && analysis.value)
    })
  })
})
