import { EngineError } from '../engine-error.ts'
import type { Network } from '../network.ts'
import type { EmbedderRecord } from '../weight-record.ts'
import { openOwnNetwork } from './own-network.ts'

/** Planes as the warp gives them are the tensor already. */
const AS_IT_IS = { layout: 'NCHW', colour: 'RGB', mean: [0, 0, 0], std: [1, 1, 1] } as const

/**
 * A brought embedder as the engine runs it: planes R, G, B of bytes in, the embedding out.
 * @throws EngineError `runtime_missing` when this machine's ONNX Runtime does not run it.
 */
export async function loadOwnNetwork(record: EmbedderRecord, onnx: Uint8Array): Promise<Network> {
  const { width, height, feed = AS_IT_IS } = record.input
  const { name, dimension } = record.output
  const plan = { width, height, feed, outputName: name ?? null, dimension }
  const network = await openOwnNetwork(onnx, plan)
  if (!network.ok) {
    const { message, remedy } = network.problem
    throw new EngineError('runtime_missing', `The model ${record.id} cannot be run here. ${message} ${remedy}`)
  }
  return { record, run: async (planes) => [await network.value.embed(planes)], close: network.value.close }
}
