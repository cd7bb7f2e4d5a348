import { type TfliteOperator, type TfliteTensor, tensorNumbers } from './read-tflite.ts'
import type { OnnxAttribute, OnnxConstant, OnnxNode } from './write-onnx.ts'

/** Where converted operators put what they make. */
export interface GraphBuilder {
  tensor(index: number): TfliteTensor
  /** The ONNX name of a tensor that is computed. */
  name(index: number): string
  /** The numbers of a constant tensor, 16-bit floats widened. */
  numbers(index: number): Float32Array
  addNode(op: string, inputs: readonly string[], output: string, attributes?: Record<string, OnnxAttribute>): void
  /** Adds a constant and returns its name. */
  addConstant(shape: readonly number[], data: OnnxConstant['data']): string
}

/** Nodes and constants gathered while a graph is converted. */
export interface GraphParts {
  readonly nodes: OnnxNode[]
  readonly constants: OnnxConstant[]
}

type Convert = (operator: TfliteOperator, build: GraphBuilder) => void

// Numbers of the BuiltinOperator enumeration in tensorflow/lite/schema/schema.fbs.
const CONVERTERS: Readonly<Record<number, Convert>> = {
  0: (operator, build) => withActivation(operator, build, 0, 'Add', inputNames(operator, build)),
  2: convertConcatenation,
  3: (operator, build) => convertConvolution(operator, build, false),
  4: (operator, build) => convertConvolution(operator, build, true),
  11: convertUnitLength,
  17: convertMaxPool,
  18: (operator, build) => withActivation(operator, build, 0, 'Mul', broadcastNames(operator, build)),
  19: (operator, build) => build.addNode('Relu', inputNames(operator, build), output(operator, build)),
  22: convertReshape,
  23: convertResize,
  34: convertPad,
  41: (operator, build) => withActivation(operator, build, 0, 'Sub', inputNames(operator, build)),
  54: convertPrelu,
  101: (operator, build) => build.addNode('Abs', inputNames(operator, build), output(operator, build)),
}

/**
 * Adds the ONNX form of one operator; activations are NCHW on the ONNX side, NHWC on the other.
 * @throws TypeError for an operator that the face networks do not use.
 */
export function convertOperator(operator: TfliteOperator, build: GraphBuilder): void {
  const convert = CONVERTERS[operator.code]
  if (convert === undefined) throw new TypeError(`Operator ${operator.code} is not known to this converter.`)
  convert(operator, build)
}

/** NHWC to NCHW for shapes of four dimensions; others stay. */
export function toChannelsFirst(shape: readonly number[]): readonly number[] {
  const [batch = 1, height = 1, width = 1, channels = 1] = shape
  return shape.length === 4 ? [batch, channels, height, width] : shape
}

function convertConvolution(operator: TfliteOperator, build: GraphBuilder, depthwise: boolean): void {
  const [input = -1, weight = -1, bias = -1] = operator.inputs
  const shape = build.tensor(weight).shape
  const [first = 1, height = 1, width = 1, last = 1] = shape
  const filters = depthwise
    ? transpose(build.numbers(weight), shape, [3, 0, 1, 2])
    : transpose(build.numbers(weight), shape, [0, 3, 1, 2])
  const filterShape = depthwise ? [last, 1, height, width] : [first, last, height, width]
  const options = operator.options
  // Depthwise options hold one field more (the multiplier) before the activation.
  const dilation = depthwise ? 5 : 4
  const strides = [options?.int(2, 1) ?? 1, options?.int(1, 1) ?? 1]
  const dilations = [options?.int(dilation + 1, 1) ?? 1, options?.int(dilation, 1) ?? 1]
  const reach = [height, width].map((size, axis) => (size - 1) * (dilations[axis] ?? 1) + 1)
  const inputs = [build.name(input), build.addConstant(filterShape, filters)]
  if (bias >= 0) inputs.push(build.addConstant(build.tensor(bias).shape, build.numbers(bias)))
  withActivation(operator, build, depthwise ? 4 : 3, 'Conv', inputs, {
    dilations: { ints: dilations },
    group: { i: depthwise ? last : 1 },
    kernel_shape: { ints: [height, width] },
    pads: { ints: padding(operator, build, reach, strides) },
    strides: { ints: strides },
  })
}

function convertMaxPool(operator: TfliteOperator, build: GraphBuilder): void {
  const options = operator.options
  const strides = [options?.int(2, 1) ?? 1, options?.int(1, 1) ?? 1]
  const kernel = [options?.int(4, 1) ?? 1, options?.int(3, 1) ?? 1]
  withActivation(operator, build, 5, 'MaxPool', inputNames(operator, build), {
    kernel_shape: { ints: kernel },
    pads: { ints: padding(operator, build, kernel, strides) },
    strides: { ints: strides },
  })
}

function convertConcatenation(operator: TfliteOperator, build: GraphBuilder): void {
  const rank = build.tensor(operator.outputs[0] ?? -1).shape.length
  const axis = operator.options?.int(0) ?? 0
  const positive = axis < 0 ? axis + rank : axis
  const i = rank === 4 ? ([0, 2, 3, 1][positive] ?? 0) : positive
  withActivation(operator, build, 1, 'Concat', inputNames(operator, build), { axis: { i } })
}

/** Rows are read in NHWC order, so the image is turned back before it is flattened. */
function convertReshape(operator: TfliteOperator, build: GraphBuilder): void {
  const [input = -1] = operator.inputs
  const shape = build.tensor(operator.outputs[0] ?? -1).shape
  const upright = `${output(operator, build)}_nhwc`
  build.addNode('Transpose', [build.name(input)], upright, { perm: { ints: [0, 2, 3, 1] } })
  const target = build.addConstant([shape.length], BigInt64Array.from(shape, BigInt))
  build.addNode('Reshape', [upright, target], output(operator, build))
}

function convertResize(operator: TfliteOperator, build: GraphBuilder): void {
  const shape = toChannelsFirst(build.tensor(operator.outputs[0] ?? -1).shape)
  const sizes = build.addConstant([4], BigInt64Array.from(shape, BigInt))
  const halfPixel = operator.options?.byte(3) === 1
  const aligned = operator.options?.byte(2) === 1
  const mode = halfPixel ? 'half_pixel' : aligned ? 'align_corners' : 'asymmetric'
  build.addNode('Resize', [build.name(operator.inputs[0] ?? -1), '', '', sizes], output(operator, build), {
    coordinate_transformation_mode: { s: mode },
    mode: { s: 'linear' },
  })
}

function convertPad(operator: TfliteOperator, build: GraphBuilder): void {
  const amounts = tensorNumbers(build.tensor(operator.inputs[1] ?? -1))
  const pairs = [0, 3, 1, 2].map((axis) => [amounts[axis * 2] ?? 0, amounts[axis * 2 + 1] ?? 0] as const)
  const order = [...pairs.map((pair) => pair[0]), ...pairs.map((pair) => pair[1])]
  const pads = build.addConstant([8], BigInt64Array.from(order, BigInt))
  build.addNode('Pad', [build.name(operator.inputs[0] ?? -1), pads], output(operator, build))
}

function convertPrelu(operator: TfliteOperator, build: GraphBuilder): void {
  const [input = -1, slope = -1] = operator.inputs
  const slopes = build.numbers(slope)
  const constant = build.addConstant([slopes.length, 1, 1], slopes)
  build.addNode('PRelu', [build.name(input), constant], output(operator, build))
}

/** A face embedding brought to unit length along its last axis. */
function convertUnitLength(operator: TfliteOperator, build: GraphBuilder): void {
  const rank = build.tensor(operator.outputs[0] ?? -1).shape.length
  const i = rank === 4 ? 1 : rank - 1
  withActivation(operator, build, 0, 'LpNormalization', inputNames(operator, build), { axis: { i }, p: { i: 2 } })
}

/** Names of the inputs; one number per channel of an image becomes a constant that spreads over rows and columns. */
function broadcastNames(operator: TfliteOperator, build: GraphBuilder): readonly string[] {
  const image = build.tensor(operator.outputs[0] ?? -1).shape.length === 4
  return operator.inputs.map((index) => {
    const { shape, data } = build.tensor(index)
    if (data.length === 0 || shape.length > 1) return build.name(index)
    const numbers = build.numbers(index)
    return build.addConstant(numbers.length > 1 && image ? [numbers.length, 1, 1] : [numbers.length], numbers)
  })
}

/** Adds a node, and a Relu after it where the operator has one built in. */
function withActivation(
  operator: TfliteOperator,
  build: GraphBuilder,
  field: number,
  op: string,
  inputs: readonly string[],
  attributes: Record<string, OnnxAttribute> = {},
): void {
  const activation = operator.options?.byte(field) ?? 0
  if (activation > 1) throw new TypeError(`Built-in activation ${activation} is not known to this converter.`)
  const name = output(operator, build)
  build.addNode(op, inputs, activation === 1 ? `${name}_linear` : name, attributes)
  if (activation === 1) build.addNode('Relu', [`${name}_linear`], name)
}

/** Top, left, bottom, right; TensorFlow's "same" puts the odd row and column last. */
function padding(
  operator: TfliteOperator,
  build: GraphBuilder,
  reach: readonly number[],
  strides: readonly number[],
): readonly number[] {
  if (operator.options?.byte(0) === 1) return [0, 0, 0, 0]
  const [, height = 1, width = 1] = build.tensor(operator.inputs[0] ?? -1).shape
  const totals = [height, width].map((size, axis) => {
    const stride = strides[axis] ?? 1
    return Math.max((Math.ceil(size / stride) - 1) * stride + (reach[axis] ?? 1) - size, 0)
  })
  const before = totals.map((total) => Math.floor(total / 2))
  return [...before, ...totals.map((total, axis) => total - (before[axis] ?? 0))]
}

/** Reorders the axes of a four-dimensional array. */
function transpose(data: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const steps = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
  const [a = 1, b = 1, c = 1, d = 1] = order.map((axis) => shape[axis] ?? 1)
  const [stepA = 0, stepB = 0, stepC = 0, stepD = 0] = order.map((axis) => steps[axis] ?? 0)
  const turned = new Float32Array(data.length)
  let place = 0
  for (let i = 0; i < a; i += 1)
    for (let j = 0; j < b; j += 1)
      for (let k = 0; k < c; k += 1)
        for (let l = 0; l < d; l += 1) {
          turned[place] = data[i * stepA + j * stepB + k * stepC + l * stepD] ?? 0
          place += 1
        }
  return turned
}

function inputNames(operator: TfliteOperator, build: GraphBuilder): readonly string[] {
  return operator.inputs.map((index) => build.name(index))
}

function output(operator: TfliteOperator, build: GraphBuilder): string {
  return build.name(operator.outputs[0] ?? -1)
}
