import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Hex } from '../../base/index.ts'
import { type OnnxConstant, type OnnxNode, writeOnnx } from '../tflite/write-onnx.ts'

/** Edge of the input of the tiny models. */
export const SIZE = 16
export const DIMENSION = 4

interface Tiny {
  readonly shape?: readonly number[]
  readonly dimension?: number
  /** Added after the linear layer, which is called "y"; their last result must be "out". */
  readonly after?: readonly OnnxNode[]
  readonly constants?: readonly OnnxConstant[]
  readonly outputs?: readonly string[]
}

export function node(op: string, inputs: readonly string[], output: string, attributes: OnnxNode['attributes'] = {}) {
  return { op, inputs, outputs: [output], attributes } satisfies OnnxNode
}

export const ZERO: OnnxConstant = { name: 'zero', shape: [1], data: Float32Array.of(0) }

/** A linear network without training: every pixel has a weight of its own, so it tells pictures apart. */
export function tinyModel(tiny: Tiny = {}): Uint8Array {
  const { shape = [1, 3, SIZE, SIZE], dimension = DIMENSION, outputs = ['out'] } = tiny
  const size = shape.reduce((product, one) => product * one, 1)
  const weights = Float32Array.from({ length: size * dimension }, (_, place) => Math.sin(place * place * 0.37 + 1))
  return writeOnnx({
    name: 'tiny',
    nodes: [
      // Nothing to do for 32-bit floats; lets a test declare an input of another type.
      node('Cast', ['x'], 'floats', { to: { i: 1 } }),
      node('Reshape', ['floats', 'flat'], 'row'),
      node('MatMul', ['row', 'weights'], 'y'),
      ...(tiny.after ?? [node('Identity', ['y'], 'out')]),
    ],
    constants: [
      { name: 'flat', shape: [2], data: BigInt64Array.of(1n, BigInt(size)) },
      { name: 'weights', shape: [size, dimension], data: weights },
      ...(tiny.constants ?? []),
    ],
    inputs: [{ name: 'x', shape }],
    outputs: outputs.map((name) => ({ name, shape: [1, dimension] })),
  })
}

/** The manifest of a tiny model, as an agency would write it. */
export function tinyManifest(bytes: Uint8Array = tinyModel()) {
  return {
    schemaVersion: 1,
    id: 'harbour-county-1',
    title: 'Harbour County, first model',
    onnx: { path: 'model.onnx', sha256: sha256Hex(bytes), bytes: bytes.length, convert: 'none' },
    input: { width: SIZE, height: SIZE, layout: 'NCHW', colour: 'RGB', mean: 127.5, std: 128 },
    alignment: {
      points: [
        { x: 5, y: 6 },
        { x: 10, y: 6 },
        { x: 7.5, y: 9 },
        { x: 5.5, y: 12 },
        { x: 9.5, y: 12 },
      ],
      transform: 'similarity-umeyama',
    },
    output: { dimension: DIMENSION },
    metric: 'cosine',
    licence: { spdx: 'Apache-2.0', commercialUse: 'yes', lawEnforcementUse: 'yes' },
    trainingData: 'None: its weights are a sine wave.',
    provenance: { author: 'Harbour County', url: 'https://models.example/harbour' },
    limits: { refuseBelowInterEyePixels: 12, warnBelowInterEyePixels: 16 },
  }
}

export type TinyManifest = ReturnType<typeof tinyManifest>

/** A folder that the caller removes, with the model file in it. */
export async function modelFolder(bytes: Uint8Array, name = 'model.onnx'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'countenance-own-model-'))
  await writeFile(join(folder, name), bytes)
  return folder
}

/** 32-bit floats as a manifest writes them. */
export function base64Of(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64')
}
