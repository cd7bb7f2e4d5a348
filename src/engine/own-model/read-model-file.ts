import { readFile, realpath } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'
import { done, fail, type Outcome, sha256Hex } from '../../base/index.ts'
import { convertTflite } from '../tflite/convert-tflite.ts'
import type { OwnModelCode } from './own-model-code.ts'
import type { OwnModelManifest } from './own-model-manifest.ts'
import { shortReason } from './own-network.ts'

export interface ModelBytes {
  /** The file as the agency brought it. */
  readonly source: Uint8Array
  /** What is run: the file itself, or what it was converted to. */
  readonly onnx: Uint8Array
}

/** The model file of a manifest, held against its length and SHA-256, converted where asked. */
export async function readModelFile(manifest: OwnModelManifest): Promise<Outcome<ModelBytes, OwnModelCode>> {
  const where = '$.onnx.path'
  const name = relative(manifest.folder, manifest.file)
  if (!(await reachesInside(manifest.file, manifest.folder))) {
    const message = `The model file ${name} leads out of the folder of the manifest.`
    return fail('path_escapes', message, 'Put the file itself beside the manifest, not a link.', { where })
  }
  const source = await readFile(manifest.file).catch(() => undefined)
  if (source === undefined) {
    return fail('model_missing', `The model file ${name} cannot be read.`, 'Put it where the manifest says.', { where })
  }
  const fault = bytesFault(manifest, source)
  if (fault !== undefined) return fault
  return manifest.convert === 'tflite' ? convert(source) : done({ source, onnx: source })
}

function bytesFault(
  { bytes, sha256 }: OwnModelManifest,
  source: Uint8Array,
): Extract<Outcome<never, OwnModelCode>, { ok: false }> | undefined {
  const remedy = 'Get the file again from its author, and compare the SHA-256 with what the author publishes.'
  if (bytes !== null && source.length !== bytes) {
    const message = `The model file has ${source.length} bytes, the manifest says ${bytes}.`
    const facts = { found: source.length, expected: bytes }
    return fail('model_size_differs', message, remedy, { where: '$.onnx.bytes', facts })
  }
  const found = sha256Hex(source)
  if (found === sha256) return undefined
  const message = 'The model file is not the one that the manifest names: its SHA-256 differs.'
  return fail('model_hash_differs', message, remedy, { where: '$.onnx.sha256', facts: { found, expected: sha256 } })
}

function convert(source: Uint8Array): Outcome<ModelBytes, OwnModelCode> {
  try {
    return done({ source, onnx: convertTflite(source) })
  } catch (cause) {
    const detail = { where: '$.onnx.convert', facts: { detail: shortReason(cause) } }
    const message = 'This TensorFlow Lite file cannot be converted: it is damaged, or uses operations not known here.'
    return fail('tflite_unconvertible', message, 'Convert it to ONNX and bring that file.', detail)
  }
}

/** Whether a file, links followed, lies in a folder; one that is not there does. */
export async function reachesInside(file: string, folder: string): Promise<boolean> {
  const real = await realpath(file).catch(() => undefined)
  if (real === undefined) return true
  const path = relative(await realpath(folder), real)
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}
