import type { InferenceSession } from 'onnxruntime-node'
import { EngineError } from './engine-error.ts'
import { spreadPrelu } from './onnx/spread-prelu.ts'
import type { WeightRecord } from './weight-record.ts'

/** A loaded network: planes in (NCHW, batch 1), its outputs out in the order of the model file. */
export interface Network {
  readonly record: WeightRecord
  run(planes: Float32Array): Promise<readonly Float32Array[]>
  close(): Promise<void>
}

// One thread: with more, waiting threads spin and every process on a busy machine gets slower.
const SESSION: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
}

/**
 * Loads checked model bytes into ONNX Runtime.
 * @throws EngineError `runtime_missing` when ONNX Runtime cannot be loaded on this machine.
 */
export async function loadNetwork(record: WeightRecord, onnx: Uint8Array): Promise<Network> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node').catch((cause: unknown) => {
    const sentence =
      'ONNX Runtime cannot be loaded on this machine. Run "npm ci" again with a supported Node and platform.'
    throw new EngineError('runtime_missing', sentence, { cause })
  })
  const session = await InferenceSession.create(spreadPrelu(onnx), SESSION)
  const [inputName = 'input'] = session.inputNames
  const shape = [1, 3, record.input.height, record.input.width]
  return {
    record,
    run: async (planes) => {
      const outputs = await session.run({ [inputName]: new Tensor('float32', planes, shape) })
      return session.outputNames.map((name) => outputs[name]?.data as Float32Array)
    },
    close: () => session.release(),
  }
}
