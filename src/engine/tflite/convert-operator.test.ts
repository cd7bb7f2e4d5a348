import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { convertOperator, type GraphBuilder, toChannelsFirst } from './convert-operator.ts'
import type { FlatTable } from './read-flatbuffer.ts'
import { type TfliteTensor, tensorNumbers } from './read-tflite.ts'
import { type OnnxConstant, type OnnxNode, writeOnnx } from './write-onnx.ts'

// Each operator is run through ONNX Runtime and compared with arithmetic written out in NHWC.

interface Case {
  readonly code: number
  /** By field number, as in schema.fbs. */
  readonly options?: Readonly<Record<number, number>>
  /** NHWC; tensor 0. */
  readonly input: readonly number[]
  readonly constants?: readonly TfliteTensor[]
  readonly output: readonly number[]
  /** Tensors that the operator reads; 0 and the constants when not said. */
  readonly inputs?: readonly number[]
}

function floats(shape: readonly number[], seed = 1): TfliteTensor {
  const count = shape.reduce((product, size) => product * size, 1)
  const values = Float32Array.from({ length: count }, (_, index) => Math.sin(index * 1.7 + seed))
  return { name: 'floats', shape, type: 0, data: new Uint8Array(values.buffer) }
}

function integers(values: readonly number[]): TfliteTensor {
  return { name: 'integers', shape: [values.length], type: 2, data: new Uint8Array(Int32Array.from(values).buffer) }
}

function options(fields: Readonly<Record<number, number>>): FlatTable {
  const read = (field: number, byDefault = 0) => fields[field] ?? byDefault
  const none = () => []
  return {
    int: read,
    uint: read,
    byte: read,
    text: () => '',
    bytes: () => new Uint8Array(),
    ints: none,
    tables: none,
    table: () => undefined,
  }
}

/** Runs one converted operator; the input and the output of four dimensions are given and taken in NHWC. */
async function run(given: Case, values: Float32Array): Promise<Float32Array> {
  const { constants = [] } = given
  const last = constants.length + 1
  const shapes = (index: number) => (index === 0 ? given.input : given.output)
  const made: { nodes: OnnxNode[]; constants: OnnxConstant[] } = { nodes: [], constants: [] }
  const tensor = (index: number) =>
    constants[index - 1] ?? { name: 't', shape: shapes(index), type: 0, data: new Uint8Array() }
  const build: GraphBuilder = {
    tensor,
    name: (index) => `t${index}`,
    numbers: (index) => tensorNumbers(tensor(index)),
    addNode: (op, inputs, output, attributes = {}) => made.nodes.push({ op, inputs, outputs: [output], attributes }),
    addConstant: (shape, data) => {
      made.constants.push({ name: `c${made.constants.length}`, shape, data })
      return `c${made.constants.length - 1}`
    },
  }
  const inputs = given.inputs ?? [0, ...constants.map((_, index) => index + 1)]
  convertOperator({ code: given.code, inputs, outputs: [last], options: options(given.options ?? {}) }, build)
  const port = (name: string, shape: readonly number[]) => ({ name, shape: toChannelsFirst(shape) })
  const model = writeOnnx({
    name: 'one',
    ...made,
    inputs: [port('t0', given.input)],
    outputs: [port(`t${last}`, given.output)],
  })
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 })
  const shape = toChannelsFirst(given.input)
  const result = (await session.run({ t0: new Tensor('float32', swap(values, given.input, true), shape) }))[`t${last}`]
  expect(result?.dims).toEqual(toChannelsFirst(given.output))
  return swap(result?.data as Float32Array, given.output, false)
}

/** NHWC to NCHW, or back; `shape` is the NHWC one. */
function swap(values: Float32Array, shape: readonly number[], forth: boolean): Float32Array {
  if (shape.length !== 4) return values
  const [, height = 1, width = 1, channels = 1] = shape
  const swapped = new Float32Array(values.length)
  for (let place = 0; place < values.length; place += 1) {
    const channel = place % channels
    const pixel = Math.floor(place / channels)
    const first = channel * height * width + pixel
    if (forth) swapped[first] = values[place] ?? 0
    else swapped[place] = values[first] ?? 0
  }
  return swapped
}

function numbersFor(shape: readonly number[]): Float32Array {
  return tensorNumbers(floats(shape, 0.3))
}

/** Convolution in NHWC with TensorFlow's padding; `filters` is OHWI, or 1HWC when depthwise. */
function convolve(x: Float32Array, given: Case, stride: number, same: boolean, depthwise: boolean): number[] {
  const [, height = 1, width = 1, channels = 1] = given.input
  const [, outHeight = 1, outWidth = 1, outChannels = 1] = given.output
  const [weight, bias] = given.constants ?? []
  const [, kernel = 1] = weight?.shape ?? []
  const w = tensorNumbers(weight as TfliteTensor)
  const b = tensorNumbers(bias as TfliteTensor)
  const pad = same ? Math.floor(Math.max((outHeight - 1) * stride + kernel - height, 0) / 2) : 0
  const result: number[] = []
  for (let place = 0; place < outHeight * outWidth * outChannels; place += 1) {
    const o = place % outChannels
    const column = Math.floor(place / outChannels) % outWidth
    const row = Math.floor(place / (outChannels * outWidth))
    let sum = b[o] ?? 0
    for (let tap = 0; tap < kernel * kernel * channels; tap += 1) {
      const c = tap % channels
      const [i, j] = [Math.floor(tap / (channels * kernel)), Math.floor(tap / channels) % kernel]
      const [y, xx] = [row * stride + i - pad, column * stride + j - pad]
      if (y < 0 || xx < 0 || y >= height || xx >= width || (depthwise && c !== o)) continue
      const filter = depthwise ? tap : o * kernel * kernel * channels + tap
      sum += (w[filter] ?? 0) * (x[(y * width + xx) * channels + c] ?? 0)
    }
    result.push(sum)
  }
  return result
}

function expectNear(found: Float32Array, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length)
  for (const [place, value] of expected.entries()) expect(found[place]).toBeCloseTo(value, 4)
}

describe('convolutions', () => {
  test.each([
    { stride: 1, same: true, size: 6, out: 6 },
    { stride: 2, same: true, size: 6, out: 3 },
    { stride: 2, same: true, size: 7, out: 4 },
    { stride: 1, same: false, size: 6, out: 4 },
    { stride: 2, same: false, size: 7, out: 3 },
  ])('CONV_2D, stride $stride, same $same, $size pixels', async ({ stride, same, size, out }) => {
    const given: Case = {
      code: 3,
      options: { 0: same ? 0 : 1, 1: stride, 2: stride },
      input: [1, size, size, 2],
      constants: [floats([3, 3, 3, 2]), floats([3], 5)],
      output: [1, out, out, 3],
    }
    const x = numbersFor(given.input)
    expectNear(await run(given, x), convolve(x, given, stride, same, false))
  })

  test.each([1, 2])('DEPTHWISE_CONV_2D, stride %i', async (stride) => {
    const out = Math.ceil(6 / stride)
    const given: Case = {
      code: 4,
      options: { 0: 0, 1: stride, 2: stride, 3: 1 },
      input: [1, 6, 6, 4],
      constants: [floats([1, 3, 3, 4]), floats([4], 2)],
      output: [1, out, out, 4],
    }
    const x = numbersFor(given.input)
    expectNear(await run(given, x), convolve(x, given, stride, true, true))
  })

  test('a built-in RELU cuts off what is negative', async () => {
    const given: Case = {
      code: 3,
      options: { 1: 1, 2: 1, 3: 1 },
      input: [1, 4, 4, 2],
      constants: [floats([2, 1, 1, 2]), floats([2], 5)],
      output: [1, 4, 4, 2],
    }
    const x = numbersFor(given.input)
    const expected = convolve(x, given, 1, true, false).map((value) => Math.max(value, 0))
    expect(expected).toContain(0)
    expectNear(await run(given, x), expected)
  })
})

describe('other operators', () => {
  test('ADD adds place by place', async () => {
    const given: Case = { code: 0, input: [1, 2, 3, 2], inputs: [0, 0], output: [1, 2, 3, 2] }
    const x = numbersFor(given.input)
    expectNear(
      await run(given, x),
      [...x].map((value) => 2 * value),
    )
  })

  test('RELU cuts off what is negative', async () => {
    const x = numbersFor([1, 2, 2, 3])
    expectNear(
      await run({ code: 19, input: [1, 2, 2, 3], output: [1, 2, 2, 3] }, x),
      [...x].map((value) => Math.max(value, 0)),
    )
  })

  test('PRELU has one slope for each channel', async () => {
    const given: Case = { code: 54, input: [1, 3, 2, 4], constants: [floats([1, 1, 4])], output: [1, 3, 2, 4] }
    const x = numbersFor(given.input)
    const slopes = tensorNumbers(floats([1, 1, 4]))
    expectNear(
      await run(given, x),
      [...x].map((value, place) => (value < 0 ? value * (slopes[place % 4] ?? 0) : value)),
    )
  })

  test('MAX_POOL_2D takes the greatest of four', async () => {
    const given: Case = {
      code: 17,
      options: { 0: 1, 1: 2, 2: 2, 3: 2, 4: 2 },
      input: [1, 4, 4, 1],
      output: [1, 2, 2, 1],
    }
    const x = Float32Array.from({ length: 16 }, (_, index) => (index * 7) % 16)
    expectNear(
      await run(given, x),
      [0, 2].flatMap((row) =>
        [0, 2].map((column) => {
          return Math.max(...[0, 1, 4, 5].map((step) => x[row * 4 + column + step] ?? 0))
        }),
      ),
    )
  })

  test('PAD adds rows, columns and channels of zeros', async () => {
    const given: Case = {
      code: 34,
      input: [1, 1, 1, 2],
      constants: [integers([0, 0, 1, 0, 0, 1, 0, 1])],
      output: [1, 2, 2, 3],
    }
    expectNear(await run(given, Float32Array.of(5, 6)), [0, 0, 0, 0, 0, 0, 5, 6, 0, 0, 0, 0])
  })

  test('CONCATENATION joins channels', async () => {
    const given: Case = { code: 2, options: { 0: 3 }, input: [1, 1, 2, 2], inputs: [0, 0], output: [1, 1, 2, 4] }
    expectNear(await run(given, Float32Array.of(1, 2, 3, 4)), [1, 2, 1, 2, 3, 4, 3, 4])
  })

  test('CONCATENATION of lists joins rows', async () => {
    const given: Case = { code: 2, options: { 0: 1 }, input: [1, 2, 2], inputs: [0, 0], output: [1, 4, 2] }
    expectNear(await run(given, Float32Array.of(1, 2, 3, 4)), [1, 2, 3, 4, 1, 2, 3, 4])
  })

  test('RESHAPE reads an image in NHWC order', async () => {
    const given: Case = { code: 22, input: [1, 2, 2, 2], output: [1, 4, 2] }
    expectNear(await run(given, Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)), [1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('RESIZE_BILINEAR with half-pixel centres doubles an edge', async () => {
    const given: Case = { code: 23, options: { 3: 1 }, input: [1, 1, 2, 1], output: [1, 1, 4, 1] }
    expectNear(await run(given, Float32Array.of(0, 4)), [0, 1, 3, 4])
  })

  test('RESIZE_BILINEAR with aligned corners keeps the corners', async () => {
    const given: Case = { code: 23, options: { 2: 1 }, input: [1, 1, 2, 1], output: [1, 1, 4, 1] }
    expectNear(await run(given, Float32Array.of(0, 3)), [0, 1, 2, 3])
  })
})

describe('arithmetic', () => {
  const shape = [1, 2, 3, 4]

  test('ABS takes the size', async () => {
    const x = numbersFor(shape)
    expect(Math.min(...x)).toBeLessThan(0)
    expectNear(await run({ code: 101, input: shape, output: shape }, x), [...x].map(Math.abs))
  })

  test('SUB takes the second from the first', async () => {
    const given: Case = { code: 41, input: shape, inputs: [0, 0], output: shape }
    expectNear(await run(given, numbersFor(shape)), Array<number>(24).fill(0))
  })

  test('MUL multiplies place by place', async () => {
    const x = numbersFor(shape)
    expectNear(
      await run({ code: 18, input: shape, inputs: [0, 0], output: shape }, x),
      [...x].map((value) => value * value),
    )
  })

  test.each([
    ['last', [0, 1]],
    ['first', [1, 0]],
  ])('MUL by one number per channel, the constant %s', async (_, inputs) => {
    const x = numbersFor(shape)
    const factors = tensorNumbers(floats([4], 3))
    expectNear(
      await run({ code: 18, input: shape, constants: [floats([4], 3)], inputs, output: shape }, x),
      [...x].map((value, place) => value * (factors[place % 4] ?? 0)),
    )
  })

  test('MUL by as many numbers as there are rows and columns still means channels', async () => {
    const square = [1, 3, 3, 3]
    const x = numbersFor(square)
    const factors = tensorNumbers(floats([3], 3))
    expectNear(
      await run({ code: 18, input: square, constants: [floats([3], 3)], output: square }, x),
      [...x].map((value, place) => value * (factors[place % 3] ?? 0)),
    )
  })

  test.each([[[]], [[1]]])('MUL by one number, of shape %j', async (single) => {
    const x = numbersFor(shape)
    const [factor = 0] = tensorNumbers(floats([1], 3))
    expectNear(
      await run({ code: 18, input: shape, constants: [{ ...floats([1], 3), shape: single }], output: shape }, x),
      [...x].map((value) => value * factor),
    )
  })

  test('MUL of a list by one number for each place', async () => {
    const given: Case = { code: 18, input: [1, 4], constants: [floats([4], 3)], output: [1, 4] }
    const factors = tensorNumbers(floats([4], 3))
    expectNear(
      await run(given, Float32Array.of(1, 2, 3, 4)),
      [1, 2, 3, 4].map((value) => value * (factors[value - 1] ?? 0)),
    )
  })

  test('a built-in RELU cuts off what is negative: of a product', async () => {
    const given: Case = { code: 18, options: { 0: 1 }, input: [1, 4], constants: [floats([4], 3)], output: [1, 4] }
    const factors = tensorNumbers(floats([4], 3))
    const expected = [...factors].map((factor) => Math.max(0, -2 * factor))
    expect(expected.some((value) => value > 0)).toBe(true)
    expectNear(await run(given, Float32Array.of(-2, -2, -2, -2)), expected)
  })

  test('a built-in RELU cuts off what is negative: of a unit vector', async () => {
    const given: Case = { code: 11, options: { 0: 1 }, input: [1, 4], output: [1, 4] }
    expectNear(await run(given, Float32Array.of(-3, 0, 0, 4)), [0, 0, 0, 0.8])
  })

  test.each([11, 18, 41])('operator %i with another built-in activation is refused', async (code) => {
    const given: Case = { code, options: { 0: 3 }, input: [1, 4], inputs: code === 11 ? [0] : [0, 0], output: [1, 4] }
    await expect(run(given, Float32Array.of(1, 2, 3, 4))).rejects.toThrow('activation 3')
  })
})

describe('L2_NORMALIZATION brings the last axis to length 1', () => {
  test('of a list', async () => {
    expectNear(await run({ code: 11, input: [1, 4], output: [1, 4] }, Float32Array.of(2, 0, -4, 4)), [
      1 / 3,
      0,
      -2 / 3,
      2 / 3,
    ])
  })

  test.each([[[1, 3, 2]], [[1, 2, 3, 2]]])('of each row of the shape %j', async (shape) => {
    const x = numbersFor(shape)
    const expected = [...x].map((value, place) => {
      const first = place - (place % 2)
      return value / Math.hypot(x[first] ?? 0, x[first + 1] ?? 0)
    })
    expectNear(await run({ code: 11, input: shape, output: shape }, x), expected)
  })
})

describe('what the face networks do not use', () => {
  test('an unknown operator is refused', async () => {
    await expect(run({ code: 40, input: [1], output: [1] }, Float32Array.of(1))).rejects.toThrow('Operator 40')
  })

  test('an unknown built-in activation is refused', async () => {
    const given: Case = { code: 0, options: { 0: 3 }, input: [1], inputs: [0, 0], output: [1] }
    await expect(run(given, Float32Array.of(1))).rejects.toThrow('activation 3')
  })
})
