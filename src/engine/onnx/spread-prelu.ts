import { field, integer, message, readFields, text } from './protobuf.ts'
import {
  ATTRIBUTE,
  FLOAT,
  GRAPH,
  type GraphConstant,
  type GraphNode,
  MODEL,
  NODE,
  type OnnxGraphView,
  readGraph,
  TENSOR,
} from './read-graph.ts'

/** A slope this near to 1 would make the ratio slope / (1 - slope) too large for 32-bit floats to carry well. */
const LEAST_REST = 1 / 64
// AttributeProto.AttributeType.
const INT = 2
const INTS = 7

/**
 * The same ONNX model with each PRelu of one slope `s` per channel written with what ONNX Runtime computes in its
 * blocked layout: where a convolution follows, `relu(x) + s / (1 - s) * x`, the factor `1 - s` going into that
 * convolution's weights; elsewhere `(1 - s) * relu(x) + s * x`. A PRelu costs two changes of layout and a slow
 * loop, measured as half the time of a MobileFaceNet. Results agree to float rounding; all else is kept byte for byte.
 * @throws RangeError when the bytes are no protobuf message.
 */
export function spreadPrelu(onnx: Uint8Array): Uint8Array {
  return Buffer.concat(
    readFields(onnx).map((part) => {
      return part.number === MODEL.graph ? message(MODEL.graph, spreadGraph(readGraph(part.bytes))) : part.raw
    }),
  )
}

function spreadGraph(graph: OnnxGraphView): readonly Uint8Array[] {
  const changed = new Map<GraphConstant['field'], Uint8Array>()
  const made: Uint8Array[] = []
  for (const node of graph.nodes.values()) {
    const slope = node.op === 'PRelu' ? slopeOf(graph, node) : null
    if (slope === null) continue
    const followers = followersThatScale(graph, node, slope)
    for (const { name, constant } of followers ?? []) changed.set(constant.field, tensor(name, constant))
    const parts = followers === null ? apart(node, slope) : joined(node, slope)
    changed.set(node.field, Buffer.concat(parts.nodes))
    made.push(...parts.constants)
  }
  return [...graph.fields.map((part) => changed.get(part) ?? part.raw), ...made]
}

/** One slope for each of several channels, or null for any other shape: those nodes are left as they are. */
function slopeOf({ constants }: OnnxGraphView, node: GraphNode): Float32Array | null {
  const constant = constants.get(node.inputs[1] ?? '')
  if (constant === undefined || constant.shape.length < 3) return null
  const [channels, height, width] = constant.shape.slice(-3)
  const { data } = constant
  return data.length > 1 && channels === data.length && height === 1 && width === 1 ? data : null
}

interface Follower {
  readonly name: string
  readonly constant: GraphConstant
}

/** The weights of all convolutions that read this PRelu, scaled by `1 - slope`; null when that cannot be done. */
function followersThatScale(graph: OnnxGraphView, node: GraphNode, slope: Float32Array): readonly Follower[] | null {
  const [output = ''] = node.outputs
  if (slope.some((value) => Math.abs(1 - value) < LEAST_REST)) return null
  const readers = [...graph.nodes.values()].filter(({ op, inputs }) => op === 'Conv' && inputs[0] === output)
  if (readers.length === 0 || readers.length !== graph.uses.get(output)) return null
  const followers = readers.map(({ inputs, group }): Follower | null => {
    const [, name = ''] = inputs
    const constant = graph.constants.get(name)
    return constant === undefined || graph.uses.get(name) !== 1
      ? null
      : { name, constant: scaled(constant, group, slope) }
  })
  return followers.every((one) => one !== null) ? followers : null
}

/** A convolution's weights (output channels, channels of a group, height, width), each input channel scaled. */
function scaled(constant: GraphConstant, group: number, slope: Float32Array): GraphConstant {
  const [outputs = 1, inputs = 1] = constant.shape
  const area = constant.data.length / (outputs * inputs)
  const perGroup = outputs / group
  const data = constant.data.map((value, place) => {
    const output = Math.floor(place / (area * inputs))
    const channel = Math.floor(output / perGroup) * inputs + (Math.floor(place / area) % inputs)
    return value * (1 - (slope[channel] ?? 0))
  })
  return { ...constant, data }
}

interface Parts {
  readonly nodes: readonly Uint8Array[]
  readonly constants: readonly Uint8Array[]
}

function joined(node: GraphNode, slope: Float32Array): Parts {
  const { input, output, depthwise } = pieces(node, slope)
  return {
    nodes: [
      nodeBytes('Relu', [input], `${output}/positive`),
      depthwise(input, `${output}/ratio`, `${output}/kept`),
      nodeBytes('Add', [`${output}/kept`, `${output}/positive`], output),
    ],
    constants: [
      channelTensor(
        `${output}/ratio`,
        slope.map((value) => value / (1 - value)),
      ),
    ],
  }
}

function apart(node: GraphNode, slope: Float32Array): Parts {
  const { input, output, depthwise } = pieces(node, slope)
  return {
    nodes: [
      nodeBytes('Relu', [input], `${output}/positive`),
      depthwise(input, `${output}/slope`, `${output}/kept`),
      depthwise(`${output}/positive`, `${output}/rest`, `${output}/scaled`),
      nodeBytes('Add', [`${output}/scaled`, `${output}/kept`], output),
    ],
    constants: [
      channelTensor(`${output}/slope`, slope),
      channelTensor(
        `${output}/rest`,
        slope.map((value) => 1 - value),
      ),
    ],
  }
}

function pieces({ inputs, outputs }: GraphNode, slope: Float32Array) {
  const [input = ''] = inputs
  const [output = ''] = outputs
  const depthwise = (from: string, weights: string, to: string) => {
    return nodeBytes('Conv', [from, weights], to, depthwiseAttributes(slope.length))
  }
  return { input, output, depthwise }
}

function nodeBytes(op: string, inputs: readonly string[], output: string, attributes: readonly Uint8Array[] = []) {
  const names = [...inputs.map((name) => text(NODE.input, name)), text(NODE.output, output), text(NODE.name, output)]
  return message(GRAPH.node, [...names, text(NODE.op, op), ...attributes])
}

function depthwiseAttributes(channels: number): readonly Uint8Array[] {
  const kernel = [1, 1].map((size) => integer(ATTRIBUTE.integers, size))
  return [
    message(NODE.attribute, [
      text(ATTRIBUTE.name, 'group'),
      integer(ATTRIBUTE.integer, channels),
      integer(ATTRIBUTE.type, INT),
    ]),
    message(NODE.attribute, [text(ATTRIBUTE.name, 'kernel_shape'), ...kernel, integer(ATTRIBUTE.type, INTS)]),
  ]
}

function channelTensor(name: string, data: Float32Array): Uint8Array {
  return tensor(name, { shape: [data.length, 1, 1, 1], data })
}

function tensor(name: string, { shape, data }: Pick<GraphConstant, 'shape' | 'data'>): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return message(GRAPH.initializer, [
    ...shape.map((size) => integer(TENSOR.dims, size)),
    integer(TENSOR.type, FLOAT),
    text(TENSOR.name, name),
    field(TENSOR.raw, bytes),
  ])
}
