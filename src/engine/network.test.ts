import { describe, expect, test } from 'vitest'
import { loadNetwork } from './network.ts'
import { type OnnxGraph, writeOnnx } from './tflite/write-onnx.ts'
import type { WeightRecord } from './weight-record.ts'

const SHAPE = [1, 3, 2, 4]

/** A network with two outputs, given in the order in which the file names them. */
const GRAPH: OnnxGraph = {
  name: 'two',
  nodes: [
    { op: 'Mul', inputs: ['pixels', 'two'], outputs: ['doubled'], attributes: {} },
    { op: 'Relu', inputs: ['pixels'], outputs: ['positive'], attributes: {} },
  ],
  constants: [{ name: 'two', shape: [1], data: Float32Array.of(2) }],
  inputs: [{ name: 'pixels', shape: SHAPE }],
  outputs: [
    { name: 'positive', shape: SHAPE },
    { name: 'doubled', shape: SHAPE },
  ],
}

const RECORD: WeightRecord = {
  id: 'two-outputs',
  role: 'detector',
  source: { package: 'none', version: '0', member: 'none', integrity: '', from: 'dependency' },
  convert: 'none',
  sourceSha256: '',
  onnxSha256: '',
  bytes: 0,
  input: { width: 4, height: 2, colour: 'RGB', subtract: 0, divide: 1 },
  output: { meaning: 'twice the input', dimension: 24 },
  licence: { stated: 'none', note: '' },
  trainingData: 'none',
}

describe('loadNetwork', () => {
  test('gives the outputs in the order of the model file', async () => {
    const network = await loadNetwork(RECORD, writeOnnx(GRAPH))
    const planes = Float32Array.from({ length: 24 }, (_, place) => place - 12)
    const [positive, doubled, ...others] = await network.run(planes)
    expect(others).toEqual([])
    expect(positive?.[0]).toBe(0)
    expect(doubled?.[0]).toBe(-24)
    expect(positive?.[23]).toBe(11)
    await network.close()
  })

  test('several runs at once do not mix', async () => {
    const network = await loadNetwork(RECORD, writeOnnx(GRAPH))
    const results = await Promise.all([1, 2, 3, 4].map((value) => network.run(new Float32Array(24).fill(value))))
    expect(results.map(([, doubled]) => doubled?.[5])).toEqual([2, 4, 6, 8])
    await network.close()
  })

  test('planes of another size than the manifest names are an error', async () => {
    const network = await loadNetwork(RECORD, writeOnnx(GRAPH))
    await expect(network.run(new Float32Array(10))).rejects.toThrow()
    await network.close()
  })

  test('bytes that are no model are an error', async () => {
    await expect(loadNetwork(RECORD, Buffer.from('nothing'))).rejects.toThrow()
  })
})
