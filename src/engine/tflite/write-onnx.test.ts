import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { type OnnxGraph, writeOnnx } from './write-onnx.ts'

const DOUBLE: OnnxGraph = {
  name: 'g',
  nodes: [{ op: 'Mul', inputs: ['x', 'two'], outputs: ['y'], attributes: {} }],
  constants: [{ name: 'two', shape: [1], data: Float32Array.of(2) }],
  inputs: [{ name: 'x', shape: [1, 3] }],
  outputs: [{ name: 'y', shape: [1, 3] }],
}

/** The numbers of the output "y". */
function numbersOf(outputs: InferenceSession.OnnxValueMapType): Float32Array {
  return outputs.y?.data as Float32Array
}

describe('writeOnnx', () => {
  test('writes a model that ONNX Runtime runs', async () => {
    const session = await InferenceSession.create(writeOnnx(DOUBLE))
    const outputs = await session.run({ x: new Tensor('float32', Float32Array.of(1, 2, 3), [1, 3]) })
    expect([...numbersOf(outputs)]).toEqual([2, 4, 6])
  })

  test('writes the protocol buffer fields of onnx.proto', () => {
    const hex = Buffer.from(writeOnnx({ ...DOUBLE, nodes: [], constants: [], inputs: [], outputs: [] })).toString('hex')
    // ir_version 8; producer_name "countenance"; graph with the name "g"; opset "" 13.
    expect(hex).toBe(
      `0808${'120b'}${Buffer.from('countenance').toString('hex')}${'3a03'}${'120167'}${'4204'}${'0a00100d'}`,
    )
  })

  test('writes integer, list and text attributes', async () => {
    const graph: OnnxGraph = {
      ...DOUBLE,
      nodes: [
        { op: 'Transpose', inputs: ['x'], outputs: ['t'], attributes: { perm: { ints: [1, 0] } } },
        { op: 'Concat', inputs: ['t', 't'], outputs: ['y'], attributes: { axis: { i: 1 } } },
      ],
      constants: [],
      outputs: [{ name: 'y', shape: [3, 2] }],
    }
    const session = await InferenceSession.create(writeOnnx(graph))
    const outputs = await session.run({ x: new Tensor('float32', Float32Array.of(1, 2, 3), [1, 3]) })
    expect([...numbersOf(outputs)]).toEqual([1, 1, 2, 2, 3, 3])
    expect(outputs.y?.dims).toEqual([3, 2])
  })

  test('the same graph gives the same bytes', () => {
    expect(Buffer.from(writeOnnx(DOUBLE))).toEqual(Buffer.from(writeOnnx(structuredClone(DOUBLE))))
  })

  test.each([-1, 0.5, Number.NaN, 2 ** 60])('refuses the dimension %f', (size) => {
    expect(() => writeOnnx({ ...DOUBLE, inputs: [{ name: 'x', shape: [size] }] })).toThrow(RangeError)
  })

  test('writes dimensions beyond seven bits', async () => {
    const wide = {
      ...DOUBLE,
      inputs: [{ name: 'x', shape: [1, 70_000] }],
      outputs: [{ name: 'y', shape: [1, 70_000] }],
    }
    const session = await InferenceSession.create(writeOnnx(wide))
    const outputs = await session.run({ x: new Tensor('float32', new Float32Array(70_000).fill(4), [1, 70_000]) })
    expect(numbersOf(outputs)[69_999]).toBe(8)
  })
})
