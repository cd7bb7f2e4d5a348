import { type ProtoField, readFields } from './protobuf.ts'

// Field numbers of onnx.proto (onnx/onnx): ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto.
export const MODEL = { graph: 7 } as const
export const GRAPH = { node: 1, initializer: 5, output: 12 } as const
export const NODE = { input: 1, output: 2, name: 3, op: 4, attribute: 5 } as const
export const ATTRIBUTE = { name: 1, integer: 3, graph: 6, integers: 8, graphs: 11, type: 20 } as const
export const TENSOR = { dims: 1, type: 2, floats: 4, name: 8, raw: 9 } as const
export const FLOAT = 1

/** One operation, with its place among the fields of the graph. */
export interface GraphNode {
  readonly field: ProtoField
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Its `group` attribute; 1 where it has none. */
  readonly group: number
}

/** A constant of 32-bit floats. */
export interface GraphConstant {
  readonly field: ProtoField
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** The part of an ONNX graph that a rewrite needs; `fields` holds everything, in file order. */
export interface OnnxGraphView {
  readonly fields: readonly ProtoField[]
  readonly nodes: ReadonlyMap<ProtoField, GraphNode>
  readonly constants: ReadonlyMap<string, GraphConstant>
  /** How often a value is read, by nodes, by the bodies of nodes (If, Loop) or as an output of the graph. */
  readonly uses: ReadonlyMap<string, number>
}

/** @throws RangeError when the bytes are no protobuf message. */
export function readGraph(bytes: Uint8Array): OnnxGraphView {
  const fields = readFields(bytes)
  const of = (number: number) => fields.filter((field) => field.number === number)
  const nodes = new Map(of(GRAPH.node).map((field) => [field, readNode(field)] as const))
  const uses = new Map<string, number>()
  const outputs = of(GRAPH.output).map((field) => wordsOf(readFields(field.bytes), 1)[0] ?? '')
  for (const name of [...of(GRAPH.node).flatMap(namesRead), ...outputs]) {
    uses.set(name, (uses.get(name) ?? 0) + 1)
  }
  return { fields, nodes, constants: new Map(of(GRAPH.initializer).flatMap(readConstant)), uses }
}

/** What a node reads, itself and in its bodies at any depth. */
function namesRead(node: ProtoField): readonly string[] {
  const fields = readFields(node.bytes)
  const attributes = fields.filter((one) => one.number === NODE.attribute).flatMap((one) => readFields(one.bytes))
  const bodies = attributes.filter((one) => one.number === ATTRIBUTE.graph || one.number === ATTRIBUTE.graphs)
  const inner = bodies.flatMap((body) => readFields(body.bytes)).filter((one) => one.number === GRAPH.node)
  return [...wordsOf(fields, NODE.input), ...inner.flatMap(namesRead)]
}

function readNode(field: ProtoField): GraphNode {
  const fields = readFields(field.bytes)
  const attributes = fields.filter((one) => one.number === NODE.attribute).map((one) => readFields(one.bytes))
  const group = attributes.find((one) => wordsOf(one, ATTRIBUTE.name)[0] === 'group')
  return {
    field,
    op: wordsOf(fields, NODE.op)[0] ?? '',
    inputs: wordsOf(fields, NODE.input),
    outputs: wordsOf(fields, NODE.output),
    group: group?.find((one) => one.number === ATTRIBUTE.integer)?.value ?? 1,
  }
}

function readConstant(field: ProtoField): readonly (readonly [string, GraphConstant])[] {
  const fields = readFields(field.bytes)
  const type = fields.find((one) => one.number === TENSOR.type)?.value
  const data = fields.find((one) => one.number === TENSOR.raw || one.number === TENSOR.floats)
  if (type !== FLOAT || data?.wire !== 2 || data.bytes.length % 4 !== 0) return []
  const shape = fields.filter((one) => one.number === TENSOR.dims).flatMap(integersOf)
  // A copy: the bytes of a file need not begin where a number may.
  const values = new Float32Array(Uint8Array.from(data.bytes).buffer)
  return [[wordsOf(fields, TENSOR.name)[0] ?? '', { field, shape, data: values }]]
}

/** Repeated integers, packed or one by one. */
function integersOf(field: ProtoField): readonly number[] {
  if (field.wire === 0) return [field.value]
  const values: number[] = []
  let value = 0
  let scale = 1
  for (const byte of field.bytes) {
    value += (byte % 128) * scale
    scale *= 128
    if (byte >= 128) continue
    values.push(value)
    value = 0
    scale = 1
  }
  return values
}

function wordsOf(fields: readonly ProtoField[], number: number): readonly string[] {
  return fields.filter((one) => one.number === number).map((one) => Buffer.from(one.bytes).toString('utf8'))
}
