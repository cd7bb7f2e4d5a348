import { type FlatTable, readFlatbuffer } from './read-flatbuffer.ts'

export interface TfliteTensor {
  readonly name: string
  readonly shape: readonly number[]
  /** Number in the TensorType enumeration of schema.fbs. */
  readonly type: number
  /** Empty unless the tensor is a constant. */
  readonly data: Uint8Array
}

export interface TfliteOperator {
  /** Number in the BuiltinOperator enumeration of schema.fbs. */
  readonly code: number
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly options: FlatTable | undefined
}

/** The first subgraph of a TensorFlow Lite model; tensors are named by their place in `tensors`. */
export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[]
  readonly operators: readonly TfliteOperator[]
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
}

/**
 * Reads a .tflite file (schema version 3, as in tensorflow/lite/schema/schema.fbs).
 * @throws TypeError when the bytes are no such file.
 */
export function readTflite(bytes: Uint8Array): TfliteModel {
  if (Buffer.from(bytes.subarray(4, 8)).toString('latin1') !== 'TFL3') {
    throw new TypeError('This is not a TensorFlow Lite model: the mark "TFL3" is missing.')
  }
  const model = readFlatbuffer(bytes)
  const codes = model.tables(1).map((code) => Math.max(code.byte(0), code.int(3)))
  const buffers = model.tables(4)
  const graph = model.tables(2)[0]
  if (graph === undefined) throw new TypeError('This TensorFlow Lite model holds no graph.')
  return {
    tensors: graph.tables(0).map((tensor) => ({
      name: tensor.text(3),
      shape: tensor.ints(0),
      type: tensor.byte(1),
      data: buffers[tensor.uint(2)]?.bytes(0) ?? new Uint8Array(),
    })),
    operators: graph.tables(3).map((operator) => ({
      code: codes[operator.uint(0)] ?? -1,
      inputs: operator.ints(1),
      outputs: operator.ints(2),
      options: operator.table(4),
    })),
    inputs: graph.ints(1),
    outputs: graph.ints(2),
  }
}

const FLOAT32 = 0
const FLOAT16 = 1
const INT32 = 2

/**
 * The numbers of a constant tensor, row by row.
 * @throws TypeError for a type that face networks do not use.
 */
export function tensorNumbers(tensor: TfliteTensor): Float32Array {
  const view = new DataView(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength)
  const read = (width: number, at: (from: number) => number) => {
    return Float32Array.from({ length: tensor.data.byteLength / width }, (_, index) => at(index * width))
  }
  if (tensor.type === FLOAT32) return read(4, (from) => view.getFloat32(from, true))
  if (tensor.type === FLOAT16) return read(2, (from) => halfToNumber(view.getUint16(from, true)))
  if (tensor.type === INT32) return read(4, (from) => view.getInt32(from, true))
  throw new TypeError(`Tensor ${tensor.name} has type ${tensor.type}, which this converter does not read.`)
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * 2 ** -24 * fraction
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * 2 ** (exponent - 25) * (1024 + fraction)
}
