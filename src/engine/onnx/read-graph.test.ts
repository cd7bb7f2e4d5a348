import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { field, integer, message, readFields, text } from './protobuf.ts'
import { ATTRIBUTE, GRAPH, MODEL, NODE, readGraph, TENSOR } from './read-graph.ts'

// Graphs are written field by field, in each of the forms that onnx.proto allows.

const floats = (values: readonly number[]) => Buffer.from(Float32Array.from(values).buffer)
const packed = (values: readonly number[]) => Buffer.concat(values.map((value) => integer(1, value).subarray(1)))

function node(op: string, inputs: readonly string[], outputs: readonly string[], attributes: readonly Buffer[] = []) {
  return message(GRAPH.node, [
    ...inputs.map((name) => text(NODE.input, name)),
    ...outputs.map((name) => text(NODE.output, name)),
    text(NODE.op, op),
    ...attributes,
  ])
}

function attribute(name: string, ...parts: readonly Buffer[]) {
  return message(NODE.attribute, [text(ATTRIBUTE.name, name), ...parts])
}

function constant(...parts: readonly Buffer[]) {
  return message(GRAPH.initializer, [text(TENSOR.name, 'w'), ...parts])
}

function graphOf(...parts: readonly Buffer[]) {
  return readGraph(Buffer.concat(parts))
}

const dims = [2, 1, 300].map((size) => integer(TENSOR.dims, size))
const isFloat = integer(TENSOR.type, 1)
const values = Array.from({ length: 6 }, (_, index) => index - 2.5)

describe('constants', () => {
  test('dimensions one by one and packed are the same', () => {
    const raw = field(TENSOR.raw, floats(values))
    const apart = graphOf(constant(...dims, isFloat, raw)).constants.get('w')
    const together = graphOf(constant(field(TENSOR.dims, packed([2, 1, 300])), isFloat, raw)).constants.get('w')
    expect(apart?.shape).toEqual([2, 1, 300])
    expect(together?.shape).toEqual([2, 1, 300])
  })

  test('packed dimensions of any size are read', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat(), { maxLength: 5 }), (sizes) => {
        const found = graphOf(
          constant(field(TENSOR.dims, packed(sizes)), isFloat, field(TENSOR.raw, floats([1]))),
        ).constants.get('w')
        expect(found?.shape).toEqual(sizes)
      }),
    )
  })

  test.each([
    { form: 'raw data', number: TENSOR.raw },
    { form: 'packed floats', number: TENSOR.floats },
  ])('$form is read, wherever in the file it begins', ({ number }) => {
    for (const shift of ['', 'a', 'ab', 'abc']) {
      const found = graphOf(text(10, shift), constant(isFloat, field(number, floats(values)))).constants.get('w')
      expect([...(found?.data ?? [])]).toEqual(values)
    }
  })

  test('a constant without dimensions is a single number', () => {
    const found = graphOf(constant(isFloat, field(TENSOR.raw, floats([7])))).constants.get('w')
    expect(found?.shape).toEqual([])
    expect(found?.data).toEqual(Float32Array.of(7))
  })

  test.each([
    ['64-bit integers', [integer(TENSOR.type, 7), field(TENSOR.raw, Buffer.alloc(8))]],
    ['16-bit floats', [integer(TENSOR.type, 10), field(TENSOR.raw, Buffer.alloc(8))]],
    ['a constant without a type', [field(TENSOR.raw, floats([1]))]],
    ['data in another file', [isFloat, field(13, Buffer.from('weights.bin'))]],
    ['half a number', [isFloat, field(TENSOR.raw, Buffer.alloc(6))]],
    ['floats one by one', [isFloat, Buffer.concat([Buffer.of(TENSOR.floats * 8 + 5), floats([1])])]],
  ])('%s are left out', (_, parts) => {
    expect(graphOf(constant(...parts)).constants.size).toBe(0)
  })
})

describe('nodes', () => {
  test('operation, inputs, outputs and group', () => {
    const group = attribute('group', integer(ATTRIBUTE.integer, 64))
    const other = attribute('pads', integer(ATTRIBUTE.integers, 1))
    const graph = graphOf(node('Conv', ['x', 'w'], ['y'], [other, group]), node('Relu', ['y'], ['z'], [other]))
    const [conv, relu] = [...graph.nodes.values()]
    expect(conv).toMatchObject({ op: 'Conv', inputs: ['x', 'w'], outputs: ['y'], group: 64 })
    expect(relu).toMatchObject({ op: 'Relu', inputs: ['y'], outputs: ['z'], group: 1 })
  })

  test('each stands under its own field, and every field is kept', () => {
    const parts = [node('Relu', ['x'], ['y']), text(2, 'name'), node('Relu', ['x'], ['y'])]
    const graph = graphOf(...parts)
    expect(graph.nodes.size).toBe(2)
    for (const [place, one] of graph.nodes) expect(one.field).toBe(place)
    expect(Buffer.concat(graph.fields.map(({ raw }) => raw))).toEqual(Buffer.concat(parts))
  })

  test('uses count every reading, as an input or as an output of the graph', () => {
    const { uses } = graphOf(
      node('Add', ['x', 'x'], ['y']),
      node('Relu', ['y'], ['z']),
      message(GRAPH.output, [text(1, 'y')]),
    )
    expect(Object.fromEntries(uses)).toEqual({ x: 2, y: 2 })
  })

  test('what the bodies of a node read counts too, at any depth', () => {
    const inner = message(ATTRIBUTE.graph, [node('Relu', ['y'], ['deep'])])
    const middle = node('If', ['sure'], ['out'], [attribute('then_branch', inner)])
    const several = message(ATTRIBUTE.graphs, [node('Add', ['y', 'x'], ['b'])])
    const body = attribute('body', message(ATTRIBUTE.graph, [middle]))
    const { uses, nodes } = graphOf(
      node('Relu', ['x'], ['y']),
      node('Loop', ['n'], ['r'], [body, attribute('more', several)]),
    )
    expect(Object.fromEntries(uses)).toEqual({ x: 2, n: 1, sure: 1, y: 2 })
    expect(nodes.size).toBe(2)
  })
})

test('bytes that are no message are refused', () => {
  expect(() => readGraph(Buffer.from('nothing of the kind'))).toThrow(RangeError)
  expect(readFields(message(MODEL.graph, []))[0]?.number).toBe(7)
})
