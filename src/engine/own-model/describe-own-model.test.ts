import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { expectedFalseCandidates } from '../calibration.ts'
import { EngineError } from '../engine-error.ts'
import { engineManifest, modelIdentity } from '../model-manifest.ts'
import { type LoadedOwnModel, loadOwnModel } from './check-own-model.ts'
import { describeOwnModel, UNMEASURED } from './describe-own-model.ts'
import { keepOwnModel } from './keep-own-model.ts'
import { loadOwnNetwork } from './load-own-network.ts'
import { readModelManifest } from './manifest-file.ts'
import { modelFolder, node, SIZE, tinyManifest, tinyModel } from './own-model.fixture.ts'
import { openOwnNetwork } from './own-network.ts'
import { probePictures } from './probe-network.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function loadTiny(says: Readonly<Record<string, unknown>> = {}, bytes = tinyModel()): Promise<LoadedOwnModel> {
  const folder = await modelFolder(bytes)
  folders.push(folder)
  const manifest = readModelManifest({ ...tinyManifest(bytes), ...says }, folder)
  if (!manifest.ok) throw new Error(manifest.problem.message)
  const loaded = await loadOwnModel(manifest.value)
  if (!loaded.ok) throw new Error(loaded.problem.message)
  return loaded.value
}

const FRONT = engineManifest
const { input, limits } = tinyManifest()

async function identityOf(says: Readonly<Record<string, unknown>> = {}, bytes = tinyModel()) {
  return modelIdentity(describeOwnModel(await loadTiny(says, bytes), FRONT))
}

describe('describeOwnModel', () => {
  test('keeps the front end and puts the brought model in place of the default ones', async () => {
    const loaded = await loadTiny({ flipAverage: true })
    const pipeline = describeOwnModel(loaded, FRONT)
    expect(pipeline).toMatchObject({ schemaVersion: 2, id: 'harbour-county-1', mirror: true, limits })
    expect(pipeline.detectors).toBe(FRONT.detectors)
    expect(pipeline.landmarks).toBe(FRONT.landmarks)
    expect(pipeline.embedders).toHaveLength(1)
    const [embedder] = pipeline.embedders
    expect(embedder).toMatchObject({
      id: 'harbour-county-1',
      role: 'embedder',
      share: 1,
      sourceSha256: loaded.manifest.sha256,
      onnxSha256: loaded.manifest.sha256,
      bytes: loaded.source.length,
      input: { width: SIZE, height: SIZE, colour: 'RGB', subtract: 0, divide: 1, feed: loaded.manifest.feed },
      output: { dimension: 4 },
      metric: 'cosine',
    })
    expect(embedder.source).toMatchObject({ from: 'brought', member: `${loaded.manifest.sha256}.onnx` })
    expect(embedder.source.integrity).toMatch(/^sha256-[A-Za-z0-9+/]{43}=$/)
    expect(embedder.licence.note).toContain('use by law enforcement allowed')
  })

  test('says nothing of where the files lay', async () => {
    const loaded = await loadTiny()
    expect(JSON.stringify(describeOwnModel(loaded, FRONT))).not.toContain(loaded.manifest.folder)
  })

  test('a model without figures may claim nothing: every person searched may reach the score', async () => {
    const { calibration } = describeOwnModel(await loadTiny(), FRONT)
    expect(calibration).toBe(UNMEASURED)
    expect(calibration.points).toEqual([{ score: 1, fmr: 1 }])
    expect(calibration.impostorComparisons).toBe(0)
    // What the default model claims is less, or this says nothing.
    expect(expectedFalseCandidates(0.9, 1000).expected).toBeLessThan(1000)
  })

  test("the author's figures are taken over", async () => {
    const points = [{ score: 0.4, fmr: 0.001 }]
    const calibration = { points, dataset: 'own', impostorComparisons: 5000, measuredOn: '2026-11', note: 'n' }
    expect(describeOwnModel(await loadTiny({ calibration }), FRONT).calibration).toEqual(calibration)
  })
})

describe('the identity of a brought model', () => {
  test('is the same wherever its files lay, and whatever is told about it', async () => {
    const first = await identityOf()
    expect(first).toMatchObject({ id: 'harbour-county-1', dimension: 4 })
    expect(first.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(await identityOf()).toEqual(first)
    expect(await identityOf({ title: 'Another title', trainingData: 'Told better.' })).toEqual(first)
    expect(first.sha256).not.toBe(modelIdentity(engineManifest).sha256)
  })

  const points = tinyManifest().alignment.points.map(({ x, y }) => ({ x: x + 0.5, y }))
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['id', { id: 'harbour-county-2' }],
    ['mean', { input: { ...input, mean: 127 } }],
    ['std of one channel', { input: { ...input, std: [128, 128, 127] } }],
    ['colour', { input: { ...input, colour: 'BGR' } }],
    ['alignment', { alignment: { points, transform: 'similarity-umeyama' } }],
    ['mirror averaging', { flipAverage: true }],
  ])('changes with the %s', async (_, says) => {
    expect((await identityOf(says)).sha256).not.toBe((await identityOf()).sha256)
  })

  test('changes with the layout, the bytes and the output', async () => {
    const nhwc = tinyModel({ shape: [1, SIZE, SIZE, 3] })
    const two = tinyModel({ after: [node('Identity', ['y'], 'a'), node('Neg', ['y'], 'b')], outputs: ['a', 'b'] })
    const identities = [
      await identityOf(),
      await identityOf({ input: { ...input, layout: 'NHWC' } }, nhwc),
      await identityOf({}, tinyModel({ after: [node('Neg', ['y'], 'out')] })),
      await identityOf({ output: { dimension: 4, name: 'a' } }, two),
      await identityOf({ output: { dimension: 4, name: 'b' } }, two),
    ]
    expect(new Set(identities.map((one) => one.sha256)).size).toBe(identities.length)
  })
})

describe('keepOwnModel', () => {
  async function emptyFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'countenance-kept-model-'))
    folders.push(folder)
    return folder
  }

  test('keeps the bytes under their hash, once', async () => {
    const loaded = await loadTiny()
    const weights = join(await emptyFolder(), 'weights')
    const kept = await keepOwnModel(loaded, weights)
    expect(kept).toBe(join(weights, `${loaded.manifest.sha256}.onnx`))
    expect((await readFile(kept)).equals(loaded.source)).toBe(true)
    expect(await keepOwnModel(loaded, weights)).toBe(kept)
    expect(await readdir(weights)).toEqual([`${loaded.manifest.sha256}.onnx`])
  })

  test('what was checked is kept, though the file was exchanged since', async () => {
    const loaded = await loadTiny()
    await writeFile(loaded.manifest.file, 'something else')
    const kept = await keepOwnModel(loaded, await emptyFolder())
    expect((await readFile(kept)).equals(loaded.source)).toBe(true)
  })

  test('a damaged copy is replaced', async () => {
    const loaded = await loadTiny()
    const weights = await emptyFolder()
    const kept = join(weights, `${loaded.manifest.sha256}.onnx`)
    await writeFile(kept, 'half a mod')
    await keepOwnModel(loaded, weights)
    expect((await readFile(kept)).equals(loaded.source)).toBe(true)
    expect(await readdir(weights)).toHaveLength(1)
  })
})

describe('loadOwnNetwork', () => {
  test('runs a brought embedder from its record, fed as the manifest says', async () => {
    const loaded = await loadTiny({ input: { ...input, colour: 'BGR', mean: [100, 110, 120], std: [50, 60, 70] } })
    const [record] = describeOwnModel(loaded, FRONT).embedders
    const planes = probePictures(SIZE, SIZE).oval
    const network = await loadOwnNetwork(record, loaded.source)
    const [found] = await network.run(planes)
    const plan = { ...loaded.manifest.input, feed: loaded.manifest.feed, outputName: null, dimension: 4 }
    const direct = await openOwnNetwork(loaded.source, plan)
    if (!direct.ok) throw new Error(direct.problem.message)
    expect(found).toEqual(await direct.value.embed(planes))
    expect(network.record).toBe(record)
    await network.close()
    await direct.value.close()
  })

  test('takes the output that is named', async () => {
    const after = [node('Identity', ['y'], 'a'), node('Neg', ['y'], 'b')]
    const bytes = tinyModel({ after, outputs: ['a', 'b'] })
    const planes = probePictures(SIZE, SIZE).oval
    const outputs: (Float32Array | undefined)[] = []
    for (const name of ['a', 'b']) {
      const [record] = describeOwnModel(await loadTiny({ output: { dimension: 4, name } }, bytes), FRONT).embedders
      const network = await loadOwnNetwork(record, bytes)
      outputs.push((await network.run(planes))[0])
      await network.close()
    }
    expect(outputs[1]).toEqual(outputs[0]?.map((value) => -value))
  })

  test('a model that this machine cannot run ends with the name of the model', async () => {
    const [record] = describeOwnModel(await loadTiny(), FRONT).embedders
    const opening = loadOwnNetwork(record, Buffer.from('not the model'))
    await expect(opening).rejects.toThrow(EngineError)
    await expect(opening).rejects.toThrow('harbour-county-1')
  })
})
