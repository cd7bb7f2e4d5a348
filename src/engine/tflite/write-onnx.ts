import { field, integer, message, text } from '../onnx/protobuf.ts'

/** An attribute of an ONNX node; numbers are integers unless `f` says float. */
export type OnnxAttribute = { readonly i: number } | { readonly ints: readonly number[] } | { readonly s: string }

export interface OnnxNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, OnnxAttribute>>
}

/** A constant: 32-bit floats, or 64-bit integers. */
export interface OnnxConstant {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array | BigInt64Array
}

export interface OnnxPort {
  readonly name: string
  readonly shape: readonly number[]
}

export interface OnnxGraph {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly constants: readonly OnnxConstant[]
  readonly inputs: readonly OnnxPort[]
  readonly outputs: readonly OnnxPort[]
}

// Field and enumeration numbers below are those of onnx.proto (onnx/onnx, IR version 8).
const IR_VERSION = 8
const OPSET = 13
const FLOAT = 1
const INT64 = 7

/** The bytes of an ONNX model (IR 8, opset 13); the same graph always gives the same bytes. */
export function writeOnnx(graph: OnnxGraph): Uint8Array {
  const body = [
    ...graph.nodes.map((node, index) => message(1, nodeBytes(node, index))),
    text(2, graph.name),
    ...graph.constants.map((constant) => message(5, constantBytes(constant))),
    ...graph.inputs.map((port) => message(11, portBytes(port))),
    ...graph.outputs.map((port) => message(12, portBytes(port))),
  ]
  return Buffer.concat([
    integer(1, IR_VERSION),
    text(2, 'countenance'),
    message(7, body),
    message(8, [text(1, ''), integer(2, OPSET)]),
  ])
}

function nodeBytes(node: OnnxNode, index: number): Buffer[] {
  return [
    ...node.inputs.map((name) => text(1, name)),
    ...node.outputs.map((name) => text(2, name)),
    text(3, `n${index}`),
    text(4, node.op),
    ...Object.entries(node.attributes).map(([name, value]) => message(5, attributeBytes(name, value))),
  ]
}

function attributeBytes(name: string, value: OnnxAttribute): Buffer[] {
  if ('i' in value) return [text(1, name), integer(3, value.i), integer(20, 2)]
  if ('s' in value) return [text(1, name), text(4, value.s), integer(20, 3)]
  return [text(1, name), ...value.ints.map((item) => integer(8, item)), integer(20, 7)]
}

function constantBytes(constant: OnnxConstant): Buffer[] {
  const { data } = constant
  return [
    ...constant.shape.map((size) => integer(1, size)),
    integer(2, data instanceof Float32Array ? FLOAT : INT64),
    text(8, constant.name),
    field(9, Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
  ]
}

function portBytes(port: OnnxPort): Buffer[] {
  const dimensions = port.shape.map((size) => message(1, [integer(1, size)]))
  return [text(1, port.name), message(2, [message(1, [integer(1, FLOAT), message(2, dimensions)])])]
}
