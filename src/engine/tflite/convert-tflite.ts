import { convertOperator, type GraphBuilder, toChannelsFirst } from './convert-operator.ts'
import { foldPrelu } from './fold-prelu.ts'
import { readTflite, type TfliteModel, type TfliteTensor, tensorNumbers } from './read-tflite.ts'
import { type OnnxConstant, type OnnxNode, type OnnxPort, writeOnnx } from './write-onnx.ts'

const DEQUANTIZE = 6

/**
 * Turns a TensorFlow Lite face network into an ONNX model that computes the same.
 * The image input becomes NCHW; outputs of three dimensions keep their order. The same bytes in
 * always give the same bytes out, so the result is pinned by its SHA-256.
 * @throws TypeError when the bytes are no TensorFlow Lite model, or use an operator outside the
 *   fifteen that these networks need.
 */
export function convertTflite(bytes: Uint8Array): Uint8Array {
  const model = readTflite(bytes)
  const nodes: OnnxNode[] = []
  const constants: OnnxConstant[] = []
  const builder = graphBuilder(model, nodes, constants)
  for (const operator of model.operators) {
    // 16-bit constants are widened where they are used, so nothing is left to compute here.
    if (operator.code !== DEQUANTIZE) convertOperator(operator, builder)
  }
  const port = (index: number): OnnxPort => {
    return { name: builder.name(index), shape: toChannelsFirst(builder.tensor(index).shape) }
  }
  const outputs = model.outputs.map(port)
  const folded = foldPrelu(
    nodes,
    constants,
    outputs.map((output) => output.name),
  )
  return writeOnnx({ name: 'face', nodes: folded, constants, inputs: model.inputs.map(port), outputs })
}

function graphBuilder(model: TfliteModel, nodes: OnnxNode[], constants: OnnxConstant[]): GraphBuilder {
  const widened = new Map<number, number>()
  for (const operator of model.operators) {
    if (operator.code === DEQUANTIZE) widened.set(operator.outputs[0] ?? -1, operator.inputs[0] ?? -1)
  }
  const tensor = (index: number): TfliteTensor => {
    const found = model.tensors[index]
    if (found === undefined) throw new TypeError(`The model refers to tensor ${index}, which it does not hold.`)
    return found
  }
  return {
    tensor,
    name: (index) => `t${index}`,
    numbers: (index) => tensorNumbers(tensor(widened.get(index) ?? index)),
    addNode: (op, inputs, output, attributes = {}) => {
      nodes.push({ op, inputs, outputs: [output], attributes })
    },
    addConstant: (shape, data) => {
      const name = `c${constants.length}`
      constants.push({ name, shape, data })
      return name
    },
  }
}
