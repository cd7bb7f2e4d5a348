import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { sha256Hex } from '../base/index.ts'
import { EngineError } from './engine-error.ts'
import { convertTflite } from './tflite/convert-tflite.ts'
import type { WeightRecord } from './weight-record.ts'

/** Where weights lie on this machine. */
export interface WeightPlaces {
  /** Folder that `tools/fetch-weights.mjs` fills. */
  readonly weightsDir: string
  /** The path of a file of an installed npm package; injected in tests. */
  readonly resolvePackageFile?: (specifier: string) => string
}

/**
 * The ONNX bytes of one weight, checked against the manifest before and after conversion.
 * @throws EngineError `weight_missing` or `weight_hash_differs`, naming the file and what to do.
 */
export async function loadWeight(record: WeightRecord, places: WeightPlaces): Promise<Uint8Array> {
  const file = weightPath(record, places)
  const whole = await readFile(file).catch((cause: unknown) => {
    throw new EngineError('weight_missing', `The weights "${file}" cannot be read. ${remedy(record)}`, { cause })
  })
  const { byteRange } = record.source
  const source = byteRange === undefined ? whole : whole.subarray(byteRange.start, byteRange.end)
  if (source.length !== record.bytes || sha256Hex(source) !== record.sourceSha256) {
    const sentence = `The weights "${file}" are not the file that the manifest names for ${record.id}.`
    throw new EngineError('weight_hash_differs', `${sentence} ${remedy(record)}`)
  }
  const onnx = record.convert === 'tflite' ? convertTflite(source) : source
  if (sha256Hex(onnx) !== record.onnxSha256) {
    const sentence = `The model converted from "${file}" is not the one that the manifest names for ${record.id}.`
    throw new EngineError('weight_hash_differs', `${sentence} Install this release of Countenance again.`)
  }
  return onnx
}

function weightPath(record: WeightRecord, places: WeightPlaces): string {
  const { source } = record
  if (source.from !== 'dependency') return join(places.weightsDir, basename(source.member))
  const resolve = places.resolvePackageFile ?? createRequire(import.meta.url).resolve
  try {
    return resolve(`${source.package}/${source.member}`)
  } catch (cause) {
    const sentence = `The package ${source.package} with the weights for ${record.id} is not installed.`
    throw new EngineError('weight_missing', `${sentence} ${remedy(record)}`, { cause })
  }
}

function remedy({ source }: WeightRecord): string {
  const sentences: Readonly<Record<typeof source.from, string>> = {
    dependency: 'Run "npm ci" to install the packages again.',
    fetched: 'Remove that file if it is there and run "node tools/fetch-weights.mjs".',
    brought: 'Add the model again with "countenance model add".',
  }
  return sentences[source.from]
}
