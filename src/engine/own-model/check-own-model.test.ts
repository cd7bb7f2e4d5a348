import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, describe, expect, test } from 'vitest'
import { sha256Hex } from '../../base/index.ts'
import { writeOnnx } from '../tflite/write-onnx.ts'
import { loadOwnModel } from './check-own-model.ts'
import { readModelManifest } from './manifest-file.ts'
import { base64Of, modelFolder, node, SIZE, tinyManifest, tinyModel, ZERO } from './own-model.fixture.ts'
import { openOwnNetwork } from './own-network.ts'
import { embeddingOf, probePictures } from './probe-network.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

interface Brought {
  /** Bytes that lie in the folder. */
  readonly bytes?: Uint8Array
  /** Parts of the manifest that are said otherwise. */
  readonly says?: Readonly<Record<string, unknown>>
  readonly files?: Readonly<Record<string, Uint8Array>>
}

async function bring({ bytes = tinyModel(), says = {}, files = {} }: Brought = {}) {
  const folder = await modelFolder(bytes)
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const manifest = readModelManifest({ ...tinyManifest(bytes), ...says }, folder)
  if (!manifest.ok) throw new Error(manifest.problem.message)
  return { folder, manifest: manifest.value }
}

async function problemOf(brought: Brought) {
  const { manifest } = await bring(brought)
  const loaded = await loadOwnModel(manifest)
  if (loaded.ok) throw new Error('The model was taken.')
  return loaded.problem
}

const INPUT = tinyManifest().input

describe('a model that is right', () => {
  test('is loaded, with its bytes and the hash of what is run', async () => {
    const bytes = tinyModel()
    const { manifest } = await bring({ bytes })
    const loaded = await loadOwnModel(manifest)
    if (!loaded.ok) throw new Error(loaded.problem.message)
    expect(loaded.value.onnxSha256).toBe(sha256Hex(bytes))
    expect(Buffer.from(loaded.value.source).equals(bytes)).toBe(true)
    expect(loaded.value.goldenResults).toEqual([])
    expect(loaded.value.manifest).toBe(manifest)
  })

  test.each([
    ['NHWC', 'RGB', [1, SIZE, SIZE, 3]],
    ['NCHW', 'BGR', [1, 3, SIZE, SIZE]],
    ['NCHW', 'GRAY', [1, 1, SIZE, SIZE]],
    ['NHWC', 'GRAY', [1, SIZE, SIZE, 1]],
  ])('may take %s %s', async (layout, colour, shape) => {
    const { manifest } = await bring({ bytes: tinyModel({ shape }), says: { input: { ...INPUT, layout, colour } } })
    expect((await loadOwnModel(manifest)).ok).toBe(true)
  })

  test('may have an input that is wider than high', async () => {
    const bytes = tinyModel({ shape: [1, 3, 20, 32] })
    const { manifest } = await bring({ bytes, says: { input: { ...INPUT, width: 32, height: 20 } } })
    expect((await loadOwnModel(manifest)).ok).toBe(true)
  })

  test('may have several outputs when the manifest names one', async () => {
    const after = [node('Mul', ['y', 'zero'], 'other'), node('Identity', ['y'], 'out')]
    const bytes = tinyModel({ after, constants: [ZERO], outputs: ['other', 'out'] })
    const { manifest } = await bring({ bytes, says: { output: { dimension: 4, name: 'out' } } })
    expect((await loadOwnModel(manifest)).ok).toBe(true)
    const wrong = await problemOf({ bytes, says: { output: { dimension: 4, name: 'other' } } })
    expect(wrong.code).toBe('embedding_zero')
  })
})

describe('the file', () => {
  test('that is not there', async () => {
    const { folder, manifest } = await bring()
    await rm(join(folder, 'model.onnx'))
    expect(await loadOwnModel(manifest)).toMatchObject({
      ok: false,
      problem: { kind: 'failure', code: 'model_missing', where: '$.onnx.path' },
    })
  })

  test('that is a folder', async () => {
    const { folder, manifest } = await bring()
    await rm(join(folder, 'model.onnx'))
    await mkdir(join(folder, 'model.onnx'))
    expect(await loadOwnModel(manifest)).toMatchObject({ ok: false, problem: { code: 'model_missing' } })
  })

  test('that a link takes out of the folder', async () => {
    const { folder, manifest } = await bring()
    const elsewhere = await modelFolder(tinyModel())
    folders.push(elsewhere)
    await rm(join(folder, 'model.onnx'))
    await symlink(join(elsewhere, 'model.onnx'), join(folder, 'model.onnx'))
    expect(await loadOwnModel(manifest)).toMatchObject({ ok: false, problem: { code: 'path_escapes' } })
  })

  test('of another length than said', async () => {
    const bytes = tinyModel()
    const { manifest } = await bring({ bytes })
    const loaded = await loadOwnModel({ ...manifest, bytes: bytes.length + 1 })
    expect(loaded).toMatchObject({ ok: false, problem: { code: 'model_size_differs', where: '$.onnx.bytes' } })
  })

  test('with one bit changed, whether its length is said or not', async () => {
    const bytes = Buffer.from(tinyModel())
    const { folder, manifest } = await bring({ bytes: Uint8Array.from(bytes) })
    bytes[5000] = (bytes[5000] ?? 0) ^ 1
    await writeFile(join(folder, 'model.onnx'), bytes)
    for (const length of [null, bytes.length]) {
      const loaded = await loadOwnModel({ ...manifest, bytes: length })
      expect(loaded).toMatchObject({
        ok: false,
        problem: { code: 'model_hash_differs', facts: { found: sha256Hex(bytes), expected: manifest.sha256 } },
      })
    }
  })

  test.each([
    ['no TensorFlow Lite file', tinyModel()],
    ['half a one', Buffer.concat([Buffer.from([28, 0, 0, 0]), Buffer.from('TFL3'), Buffer.alloc(40, 0xff)])],
  ])('to be converted that is %s', async (_, bytes) => {
    const onnx = { ...tinyManifest(bytes).onnx, convert: 'tflite' }
    const problem = await problemOf({ bytes, says: { onnx } })
    expect(problem).toMatchObject({ code: 'tflite_unconvertible', where: '$.onnx.convert' })
  })
})

describe('an ONNX model that cannot be used', () => {
  test.each([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('this is no model')],
    ['its first half', tinyModel().subarray(0, tinyModel().length >> 1)],
    ['all but its last byte', tinyModel().subarray(0, -1)],
    ['an operation nobody knows', tinyModel({ after: [node('Harbour', ['y'], 'out')] })],
    ['a name that leads nowhere', tinyModel({ after: [node('Identity', ['absent'], 'out')] })],
  ])('%s', async (_, bytes) => {
    const onnx = { path: 'model.onnx', sha256: sha256Hex(bytes), convert: 'none' }
    const problem = await problemOf({ bytes, says: { onnx } })
    expect(problem).toMatchObject({ kind: 'failure', code: 'onnx_unreadable', where: '$.onnx.path' })
    expect(problem.facts?.detail).not.toContain('/onnxruntime_src/')
  })

  test('damaged in any place: it ends with a code, and this process lives', async () => {
    const whole = tinyModel()
    const codes = new Set<string>()
    for (let turn = 0; turn < 60; turn += 1) {
      const bytes = Uint8Array.from(whole)
      // The head and the tail hold the structure; between them lie weights.
      for (const place of [(turn * 7) % 300, bytes.length - 1 - ((turn * 13) % 200)]) {
        bytes[place] = (bytes[place] ?? 0) ^ (1 << (turn % 8))
      }
      const plan = { width: SIZE, height: SIZE, feed: (await bring()).manifest.feed, outputName: null, dimension: 4 }
      const network = await openOwnNetwork(bytes, plan)
      if (!network.ok) codes.add(network.problem.code)
      else {
        const made = await embeddingOf(network.value, probePictures(SIZE, SIZE).oval, 4)
        codes.add(made.ok ? 'done' : made.problem.code)
        await network.value.close()
      }
    }
    expect(codes).toContain('onnx_unreadable')
    const known = ['onnx_unreadable', 'onnx_will_not_run', 'input_shape_differs', 'input_type_differs', 'done']
    known.push('output_missing', 'output_dimension_differs', 'embedding_not_finite', 'embedding_zero')
    expect([...codes].filter((code) => !known.includes(code))).toEqual([])
    expect(codes.size).toBeGreaterThan(1)
  })

  test('weights in a second file', async () => {
    // As ONNX writes it: a map entry with the key "location".
    const mark = Buffer.concat([Buffer.from('\n\blocation\x12\x05', 'latin1'), Buffer.from('w.bin')])
    const bytes = Buffer.concat([tinyModel(), Buffer.from([0x72, mark.length]), mark])
    const problem = await problemOf({ bytes })
    expect(problem).toMatchObject({ code: 'onnx_external_data', where: '$.onnx.path' })
  })

  test.each([
    ['width', { ...INPUT, width: 32 }, '1 x 3 x 16 x 32'],
    ['height', { ...INPUT, height: 32 }, '1 x 3 x 32 x 16'],
    ['layout', { ...INPUT, layout: 'NHWC' }, '1 x 16 x 16 x 3'],
    ['colour', { ...INPUT, colour: 'GRAY' }, '1 x 1 x 16 x 16'],
  ])('another %s than said', async (_, input, shape) => {
    const problem = await problemOf({ says: { input } })
    expect(problem).toMatchObject({ code: 'input_shape_differs', where: '$.input' })
    expect(problem.message).toContain('1 x 3 x 16 x 16')
    expect(problem.message).toContain(shape)
  })

  test('an input without four dimensions', async () => {
    const problem = await problemOf({ bytes: tinyModel({ shape: [3, SIZE * SIZE] }) })
    expect(problem.code).toBe('input_shape_differs')
  })

  test.each([0, 2])('%i inputs', async (count) => {
    const nodes =
      count === 0
        ? [node('Identity', ['c'], 'out')]
        : [node('Add', ['x0', 'x1'], 'sum'), node('Identity', ['sum'], 'out')]
    const shape = [1, 3, SIZE, SIZE]
    const bytes = writeOnnx({
      name: 'inputs',
      nodes,
      constants: [{ name: 'c', shape: [1, 4], data: Float32Array.of(1, 2, 3, 4) }],
      inputs: Array.from({ length: count }, (_, index) => ({ name: `x${index}`, shape })),
      outputs: [{ name: 'out', shape: count === 0 ? [1, 4] : shape }],
    })
    const problem = await problemOf({ bytes })
    expect(problem).toMatchObject({ code: 'input_shape_differs', where: '$.input' })
    expect(problem.message).toContain(`${count} inputs`)
  })

  test('an input of another type than 32-bit floats', async () => {
    const bytes = Buffer.from(tinyModel({ after: [node('Identity', ['y'], 'out')] }))
    // In the input's type the element type is field 1: the byte after the tag 08; 1 is float, 10 float16.
    const name = bytes.lastIndexOf(Buffer.from('\n\u0001x', 'latin1'))
    const place = bytes.indexOf(Buffer.from([0x08, 0x01]), name)
    bytes[place + 1] = 10
    const problem = await problemOf({ bytes: Uint8Array.from(bytes) })
    expect(problem).toMatchObject({ code: 'input_type_differs', where: '$.input' })
  })

  test('an output that the manifest does not name rightly', async () => {
    const absent = await problemOf({ says: { output: { dimension: 4, name: 'embedding' } } })
    expect(absent).toMatchObject({ code: 'output_missing', where: '$.output.name' })
    expect(absent.remedy).toContain('out')
    const after = [node('Identity', ['y'], 'a'), node('Neg', ['y'], 'b')]
    const several = await problemOf({ bytes: tinyModel({ after, outputs: ['a', 'b'] }) })
    expect(several).toMatchObject({ code: 'output_missing', remedy: 'Name one of: a, b.' })
  })

  test('an output of another dimension than said', async () => {
    const problem = await problemOf({ bytes: tinyModel({ dimension: 5 }) })
    expect(problem).toMatchObject({ code: 'output_dimension_differs', facts: { found: 5, expected: 4 } })
  })
})

describe('embeddings that cannot be used', () => {
  const randomly = [node('RandomNormalLike', ['y'], 'noise'), node('Add', ['y', 'noise'], 'out')]
  const constant = [node('Mul', ['y', 'zero'], 'nothing'), node('Add', ['nothing', 'one'], 'out')]
  const one = { name: 'one', shape: [1], data: Float32Array.of(1) }
  // The brightest pixel is taken as the number of a column, which no column has.
  const beyond = [
    node('ReduceMax', ['y'], 'most', { keepdims: { i: 0 } }),
    node('Abs', ['most'], 'positive'),
    node('Add', ['positive', 'hundred'], 'far'),
    node('Cast', ['far'], 'index', { to: { i: 7 } }),
    node('Gather', ['y', 'index'], 'out', { axis: { i: 1 } }),
  ]
  const hundred = { name: 'hundred', shape: [1], data: Float32Array.of(100) }
  test.each([
    ['0 / 0', [node('Mul', ['y', 'zero'], 'none'), node('Div', ['none', 'none'], 'out')], 'embedding_not_finite'],
    ['1 / 0', [node('Div', ['y', 'zero'], 'out')], 'embedding_not_finite'],
    ['zero', [node('Mul', ['y', 'zero'], 'out')], 'embedding_zero'],
    ['another each time', randomly, 'not_deterministic'],
    ['the same for every picture', constant, 'embeddings_alike'],
    ['an operation that fails when run', beyond, 'onnx_will_not_run'],
  ])('%s', async (_, after, code) => {
    const constants = [ZERO, one, hundred].filter(({ name }) => after.some(({ inputs }) => inputs.includes(name)))
    const problem = await problemOf({ bytes: tinyModel({ after, constants }) })
    expect(problem).toMatchObject({ kind: 'failure', code })
    expect(problem.remedy).not.toBe('')
  })
})

describe('golden tests', () => {
  const width = 3 * SIZE
  const landmarks = tinyManifest().alignment.points.map(({ x, y }) => ({ x: x + 20, y: y + 10 }))

  /** A picture of smooth colours; with its corner as an image of its own, as large as the input. */
  async function pictures() {
    const data = Uint8Array.from({ length: width * width * 3 }, (_, place) => {
      const pixel = Math.floor(place / 3)
      return 128 + 100 * Math.sin((pixel % width) / 5 + (place % 3)) * Math.cos(Math.floor(pixel / width) / 7)
    })
    const whole = sharp(data, { raw: { width, height: width, channels: 3 } })
    const part = whole.clone().extract({ left: 20, top: 10, width: SIZE, height: SIZE })
    const bytes = await part.clone().raw().toBuffer()
    const planes = Float32Array.from({ length: bytes.length }, (_, place) => {
      return bytes[(place % (SIZE * SIZE)) * 3 + Math.floor(place / (SIZE * SIZE))] ?? 0
    })
    return { whole: await whole.png().toBuffer(), part: await part.png().toBuffer(), planes }
  }

  async function expectedOf(planes: Float32Array): Promise<string> {
    const { feed } = (await bring()).manifest
    const plan = { width: SIZE, height: SIZE, feed, outputName: null, dimension: 4 }
    const network = await openOwnNetwork(tinyModel(), plan)
    if (!network.ok) throw new Error(network.problem.message)
    const output = await network.value.embed(planes)
    await network.value.close()
    return base64Of(output)
  }

  test('an aligned face, and a photograph with landmarks, give the expected embedding', async () => {
    const { whole, part, planes } = await pictures()
    const expectedEmbedding = await expectedOf(planes)
    const goldenTests = [
      { image: 'part.png', expectedEmbedding },
      { image: 'whole.png', landmarks, expectedEmbedding, minCosine: 0.999 },
    ]
    const { manifest } = await bring({ files: { 'part.png': part, 'whole.png': whole }, says: { goldenTests } })
    const loaded = await loadOwnModel(manifest)
    if (!loaded.ok) throw new Error(loaded.problem.message)
    expect(loaded.value.goldenResults.map(({ image }) => image)).toEqual(['part.png', 'whole.png'])
    for (const { cosine } of loaded.value.goldenResults) expect(cosine).toBeGreaterThan(0.9999)
  })

  test.each([
    ['colours in the wrong order', { ...INPUT, colour: 'BGR' }],
    ['another mean', { ...INPUT, mean: 0 }],
    ['other figures for one channel', { ...INPUT, std: [128, 128, 20] }],
  ])('%s are found out', async (_, input) => {
    const { part, planes } = await pictures()
    const goldenTests = [{ image: 'part.png', expectedEmbedding: await expectedOf(planes) }]
    const problem = await problemOf({ files: { 'part.png': part }, says: { goldenTests, input } })
    expect(problem).toMatchObject({ code: 'golden_test_failed', where: '$.goldenTests[0]', facts: { asked: 0.9999 } })
    expect(problem.message).toContain('part.png')
  })

  test.each([
    ['is not there', {}, 'cannot be read'],
    ['is no image', { 'part.png': Buffer.from('text') }, 'neither a JPEG nor a PNG'],
  ])('an image that %s', async (_, files, says) => {
    const goldenTests = [{ image: 'part.png', expectedEmbedding: base64Of(Float32Array.of(1, 2, 3, 4)) }]
    const problem = await problemOf({ files, says: { goldenTests } })
    expect(problem.code).toBe('golden_image_unreadable')
    expect(problem.message).toContain(says)
  })

  test('an image without landmarks that is not as large as the input', async () => {
    const { whole } = await pictures()
    const goldenTests = [{ image: 'whole.png', expectedEmbedding: base64Of(Float32Array.of(1, 2, 3, 4)) }]
    const problem = await problemOf({ files: { 'whole.png': whole }, says: { goldenTests } })
    expect(problem.message).toContain('48 x 48, not 16 x 16')
  })

  test('an image that a link takes out of the folder', async () => {
    const elsewhere = await modelFolder((await pictures()).part, 'part.png')
    folders.push(elsewhere)
    const goldenTests = [{ image: 'part.png', expectedEmbedding: base64Of(Float32Array.of(1, 2, 3, 4)) }]
    const { folder, manifest } = await bring({ says: { goldenTests } })
    await symlink(join(elsewhere, 'part.png'), join(folder, 'part.png'))
    const loaded = await loadOwnModel(manifest)
    expect(loaded).toMatchObject({ ok: false, problem: { code: 'golden_image_unreadable' } })
  })
})
