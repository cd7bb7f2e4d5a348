import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { sha256Hex } from '../../base/index.ts'
import { mobileRecord } from '../embedder-record.ts'
import { fullRangeRecord, meshRecord, shortRangeRecord } from '../front-end-records.ts'
import { weightsReady } from '../test-support.ts'
import type { WeightRecord } from '../weight-record.ts'
import { convertTflite } from './convert-tflite.ts'

async function sourceOf({ source }: WeightRecord): Promise<Uint8Array> {
  const path = createRequire(import.meta.url).resolve(`${source.package}/${source.member}`)
  const whole = await readFile(path)
  return source.byteRange ? whole.subarray(source.byteRange.start, source.byteRange.end) : whole
}

/** The network's outputs for an image of one colour, and their shapes. */
async function runGrey(onnx: Uint8Array, size: number) {
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1, logSeverityLevel: 3 })
  const planes = new Tensor('float32', new Float32Array(3 * size * size).fill(0.1), [1, 3, size, size])
  const outputs = await session.run({ [session.inputNames[0] ?? '']: planes })
  return session.outputNames.map((name) => outputs[name] as Tensor)
}

const ROWS = [
  {
    record: shortRangeRecord,
    hash: '8491f53764559996d47a59bd6950fe0941ccab31690298b83e7075ebef22a83f',
    shapes: [
      [1, 896, 16],
      [1, 896, 1],
    ],
  },
  {
    record: fullRangeRecord,
    hash: 'd0da465a93c26b13241a44d121f24a31e3ac2c17ed6202968ce3b98746fb7d76',
    shapes: [
      [1, 2304, 16],
      [1, 2304, 1],
    ],
  },
  {
    record: meshRecord,
    hash: 'd340ecb88fbcf77dee06e8e7db22b19dad544d3cf48469c781cf23198b6f1fd4',
    shapes: [
      [1, 1404, 1, 1],
      [1, 1, 1, 1],
    ],
  },
]

describe.each(ROWS)('convertTflite of $record.id', ({ record, hash, shapes }) => {
  test('gives the pinned bytes, every time', async () => {
    const source = await sourceOf(record)
    const onnx = convertTflite(source)
    expect(sha256Hex(onnx)).toBe(hash)
    expect(record.onnxSha256).toBe(hash)
    expect(sha256Hex(convertTflite(Uint8Array.from(source)))).toBe(hash)
  })

  test('gives a model with boxes or points first, and scores that say "no face" to a grey image', async () => {
    const outputs = await runGrey(convertTflite(await sourceOf(record)), record.input.width)
    expect(outputs.map((output) => output.dims)).toEqual(shapes)
    const scores = outputs[1]?.data as Float32Array
    expect(Math.max(...scores)).toBeLessThan(0)
  })
})

describe('convertTflite of mobilefacenet-192', () => {
  test('gives the pinned bytes: one PRelu for each six operations, embeddings of unit length', async () => {
    const source = await readFile(join(await weightsReady(), basename(mobileRecord.source.member)))
    const onnx = convertTflite(source)
    expect(sha256Hex(onnx)).toBe('a55ee3d4e2f91bbf53cb8d70f26b2767c35f3dda0c1cb8740753a4403f56ecae')
    expect(mobileRecord.onnxSha256).toBe(sha256Hex(onnx))
    for (const left of ['Abs', 'Sub']) expect(Buffer.from(onnx).includes(`\x22\x03${left}`)).toBe(false)
    expect(Buffer.from(onnx).includes('\x22\x05PRelu')).toBe(true)
    const [embedding, ...others] = await runGrey(onnx, mobileRecord.input.width)
    expect(others).toEqual([])
    expect(embedding?.dims).toEqual([1, 192])
    const numbers = embedding?.data as Float32Array
    expect(Math.hypot(...numbers)).toBeCloseTo(1, 5)
  }, 120_000)
})

describe('convertTflite', () => {
  test('refuses bytes that are no model', () => {
    expect(() => convertTflite(Buffer.from('<svg></svg> and more'))).toThrow(TypeError)
  })

  test('does not read past a model that is cut off', async () => {
    const source = await sourceOf(shortRangeRecord)
    expect(() => convertTflite(source.subarray(0, 5000))).toThrow(RangeError)
  })
})
