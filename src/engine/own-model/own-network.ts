import type { InferenceSession } from 'onnxruntime-node'
import { done, fail, type Outcome } from '../../base/index.ts'
import { channelsOf, feedTensor, type TensorFeed, tensorShape } from './feed.ts'
import type { OwnModelCode } from './own-model-code.ts'

/** What a network must be fed and asked for; read from a manifest or from an embedder's record. */
export interface OwnNetworkPlan {
  readonly width: number
  readonly height: number
  readonly feed: TensorFeed
  /** The output that holds the embedding; null where the network has only one. */
  readonly outputName: string | null
  readonly dimension: number
}

/** A brought network that is loaded and takes what the plan says. */
export interface OwnNetwork {
  /**
   * @param planes red, green and blue one after the other, 0 to 255
   * @returns what the network gave, of any length
   */
  embed(planes: Float32Array): Promise<Float32Array>
  close(): Promise<void>
}

// As in network.ts: one thread, because waiting threads spin.
const SESSION: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 4,
}
const NEW_COPY = 'Export the model again, or correct the manifest.'
/** The key that every tensor stored outside an ONNX file carries: field 1, eight letters. */
const STORED_OUTSIDE = Buffer.from('\n\blocation', 'latin1')

/**
 * Loads a brought model into ONNX Runtime and holds its input and outputs against the plan.
 * Weights in a second file are refused: the manifest's hash would say nothing about them.
 */
export async function openOwnNetwork(
  onnx: Uint8Array,
  plan: OwnNetworkPlan,
): Promise<Outcome<OwnNetwork, OwnModelCode>> {
  if (Buffer.from(onnx.buffer, onnx.byteOffset, onnx.byteLength).includes(STORED_OUTSIDE)) {
    const message = 'This ONNX model keeps weights in a second file, which the hash of the manifest does not cover.'
    return fail('onnx_external_data', message, 'Export it with all weights inside.', { where: '$.onnx.path' })
  }
  const runtime = await import('onnxruntime-node').catch(() => undefined)
  if (runtime === undefined) {
    const remedy = 'Run "npm ci" again with a supported Node and platform.'
    return fail('runtime_missing', 'ONNX Runtime cannot be loaded on this machine.', remedy)
  }
  const session = await runtime.InferenceSession.create(onnx, SESSION).catch((cause: unknown) => shortReason(cause))
  if (typeof session === 'string') {
    const detail = { where: '$.onnx.path', facts: { detail: session } }
    return fail(
      'onnx_unreadable',
      'ONNX Runtime does not read this model: it is damaged or incomplete.',
      NEW_COPY,
      detail,
    )
  }
  const fault = inputFault(session, plan) ?? outputFault(session, plan)
  if (fault !== undefined) {
    await session.release()
    return fault
  }
  return done(networkOf(runtime.Tensor, session, plan))
}

function networkOf(
  Tensor: typeof import('onnxruntime-node').Tensor,
  session: InferenceSession,
  plan: OwnNetworkPlan,
): OwnNetwork {
  const [inputName = ''] = session.inputNames
  const outputName = plan.outputName ?? session.outputNames[0] ?? ''
  const shape = tensorShape(plan.feed, plan.width, plan.height)
  return {
    embed: async (planes) => {
      const tensor = new Tensor('float32', feedTensor(planes, plan.feed), shape)
      const output = (await session.run({ [inputName]: tensor }, [outputName]))[outputName]
      return output?.type === 'float32' ? (output.data as Float32Array) : new Float32Array()
    },
    close: () => session.release(),
  }
}

type Failure = Extract<Outcome<never, OwnModelCode>, { ok: false }>

function inputFault(session: InferenceSession, plan: OwnNetworkPlan): Failure | undefined {
  const [port, second] = session.inputMetadata
  if (port === undefined || second !== undefined) {
    const message = `The model has ${session.inputMetadata.length} inputs; a face network has one.`
    return fail('input_shape_differs', message, NEW_COPY, { where: '$.input' })
  }
  if (!port.isTensor || port.type !== 'float32') {
    const message = `The input "${port.name}" does not take 32-bit floats.`
    return fail('input_type_differs', message, 'Export the model with 32-bit floats as its input.', {
      where: '$.input',
    })
  }
  const wanted = tensorShape(plan.feed, plan.width, plan.height)
  // A name, or -1, stands for a size that is free.
  const free = (size: number | string | undefined) => typeof size !== 'number' || size < 0
  const fits =
    port.shape.length === 4 && wanted.every((size, axis) => free(port.shape[axis]) || port.shape[axis] === size)
  if (fits) return undefined
  const message = `The model takes ${shapeText(port.shape)}, the manifest says ${shapeText(wanted)} (${plan.feed.layout}).`
  const remedy = `Correct width, height, layout or colour (${plan.feed.colour} has ${channelsOf(plan.feed.colour)} channels).`
  return fail('input_shape_differs', message, remedy, { where: '$.input' })
}

function outputFault(session: InferenceSession, { outputName }: OwnNetworkPlan): Failure | undefined {
  const outputs = session.outputNames
  const where = '$.output.name'
  if (outputName === null && outputs.length === 1) return undefined
  if (outputName !== null && outputs.includes(outputName)) return undefined
  const message =
    outputName === null
      ? `The model has ${outputs.length} outputs and the manifest does not name one.`
      : `The model has no output "${outputName}".`
  return fail('output_missing', message, `Name one of: ${outputs.slice(0, 10).join(', ')}.`, { where })
}

function shapeText(shape: readonly (number | string)[]): string {
  return shape.map((size) => (typeof size === 'number' && size >= 0 ? size : '?')).join(' x ')
}

/** What the runtime said, without paths of its own build and cut short. */
export function shortReason(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return text.replaceAll(/\/[\w./-]+\//g, '').slice(0, 300)
}
