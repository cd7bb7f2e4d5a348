import { done, fail, type Outcome, sha256Hex } from '../base/index.ts'
import { type DecodedImage, decodeImage, makeDisplayCopy } from './decode/decode-image.ts'
import { DEFAULT_POOL, type DecodePool, openDecodePool } from './decode/decode-pool.ts'
import type { DetectedFace, Engine, EngineCode, FaceTemplate, ImageAnalysis, ModelIdentity } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { type EngineManifest, engineManifest, modelIdentity } from './model-manifest.ts'
import type { PipelineResult, PipelineTask } from './pipeline.ts'
import { openPipelinePool, type PipelinePool } from './pipeline-pool.ts'
import { estimateJpegQuality } from './quality/jpeg-quality.ts'

export interface EngineOptions {
  /** Folder that `tools/fetch-weights.mjs` fills. */
  readonly weightsDir: string
  /** The default pipeline when not said. */
  readonly manifest?: EngineManifest
  /** Processes that decode images, 1 or more; 1 when not said. */
  readonly decodeProcesses?: number
  /** Threads that run the networks, 1 or more; 1 when not said. One core each, about 60 MB. */
  readonly workers?: number
  /** Decoded images that may wait for a thread; one more is answered `engine_busy`. */
  readonly mostWaiting?: number
}

const MOST_WAITING = 64
const MOST_WAITING_BYTES = 256 * 1024 * 1024

/**
 * Opens an engine: checks and loads every weight, starts the threads and the decode processes.
 * @throws EngineError `weight_missing`, `weight_hash_differs` or `runtime_missing`, with what to do.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const manifest = options.manifest ?? engineManifest
  const pipelines = await openPipelinePool({
    manifest,
    weightsDir: options.weightsDir,
    threads: Math.max(1, options.workers ?? 1),
    mostWaiting: options.mostWaiting ?? MOST_WAITING,
    mostWaitingBytes: MOST_WAITING_BYTES,
  })
  const decoders = openDecodePool({ ...DEFAULT_POOL, processes: Math.max(1, options.decodeProcesses ?? 1) })
  const ready = await decoders.run({ kind: 'ready' }, new Uint8Array())
  if (ready.end !== 'answered' || !ready.reply.ok) {
    decoders.close()
    await pipelines.close()
    const sentence =
      'The process that reads images cannot be started. Run "npm ci" again with a supported Node and platform.'
    throw new EngineError('runtime_missing', sentence)
  }
  return createEngine({ manifest, model: modelIdentity(manifest), pipelines, decoders })
}

interface EngineParts {
  readonly manifest: EngineManifest
  readonly model: ModelIdentity
  readonly pipelines: PipelinePool
  readonly decoders: DecodePool
}

/** An image with its faces, and the template of one of them if it was asked for. */
interface Seen {
  readonly analysis: ImageAnalysis
  readonly vector: Float32Array | null
}

function createEngine(parts: EngineParts): Engine {
  const counts = { analyses: 0, templates: 0 }
  let closing: Promise<void> | undefined
  return {
    model: parts.model,
    manifest: parts.manifest,
    counts,
    analyse: async (bytes) => {
      counts.analyses += 1
      const seen = await see(parts, bytes, 'all')
      return seen.ok ? done(seen.value.analysis) : seen
    },
    makeTemplate: async (bytes, faceIndex) => {
      counts.templates += 1
      const seen = await see(parts, bytes, faceIndex ?? 'only')
      return seen.ok ? templateOf(parts, seen.value, faceIndex) : seen
    },
    displayCopy: (bytes) => makeDisplayCopy(parts.decoders, bytes),
    close: () => {
      closing ??= closeParts(parts)
      return closing
    },
  }
}

async function see(
  parts: EngineParts,
  bytes: Uint8Array,
  embed: PipelineTask['embed'],
): Promise<Outcome<Seen, EngineCode>> {
  const decoded = await decodeImage(parts.decoders, bytes)
  if (!decoded.ok) return decoded
  const { width, height } = decoded.value.pixels
  const found = await findFaces(parts, decoded.value, estimateJpegQuality(bytes), embed)
  if (!found.ok) return found
  const { faces, vector } = found.value
  if (faces.length === 0) {
    const remedy = 'Upload a photograph in which both eyes, the nose and the mouth can be seen.'
    return fail('no_face', 'No face was found in the image.', remedy, { facts: { width, height } })
  }
  const { mediaType, exifOrientation } = decoded.value
  return done({ analysis: { sha256: sha256Hex(bytes), mediaType, width, height, exifOrientation, faces }, vector })
}

async function findFaces(
  { pipelines }: EngineParts,
  { pixels }: DecodedImage,
  jpegQuality: number | null,
  embed: PipelineTask['embed'],
): Promise<Outcome<PipelineResult, EngineCode>> {
  const answer = await pipelines.run({ pixels, jpegQuality, embed })
  switch (answer.end) {
    case 'done':
      return done(answer.result)
    case 'busy':
      return fail('engine_busy', 'Too many images are waiting to be looked at.', 'Try again in a minute.')
    case 'lost':
    case 'closed':
      return fail('engine_lost', 'The engine ended while it looked at this image.', 'Try again in a minute.')
    case 'failed':
      // A fault of the program or of its weights, never of the image: it must be seen, not told to a user.
      throw new Error(`The engine failed: ${answer.message}`)
  }
}

function templateOf(
  parts: EngineParts,
  { analysis, vector }: Seen,
  faceIndex: number | undefined,
): Outcome<FaceTemplate, EngineCode> {
  const face = chooseFace(analysis.faces, faceIndex)
  if (!face.ok) return face
  const least = parts.manifest.limits.refuseBelowInterEyePixels
  const pixels = face.value.interEyePixels
  if (pixels < least) {
    const sentence = `The eyes are ${Math.floor(pixels)} pixels apart; a search needs at least ${least}.`
    const facts = { interEyePixels: Math.round(pixels * 10) / 10, leastInterEyePixels: least }
    return fail('face_too_small', sentence, 'Upload a larger original; enlarging this one adds no detail.', { facts })
  }
  if (vector === null) {
    const sentence = 'The networks gave no usable numbers for this face.'
    return fail('embedding_not_finite', sentence, 'Upload another photograph; if this happens again, check the model.')
  }
  return done({ model: parts.model, vector, face: face.value, analysis })
}

function chooseFace(faces: readonly DetectedFace[], index: number | undefined): Outcome<DetectedFace, EngineCode> {
  const facts = { faces: faces.length }
  if (index === undefined && faces.length > 1) {
    return fail('many_faces', `The image shows ${faces.length} faces.`, 'Say which face is meant.', { facts })
  }
  const face = faces[index ?? 0]
  if (face !== undefined) return done(face)
  const sentence = `The image has no face number ${(index ?? 0) + 1}.`
  return fail('no_such_face', sentence, 'Choose one of the faces found, counted from the left.', { facts })
}

async function closeParts({ decoders, pipelines }: EngineParts): Promise<void> {
  decoders.close()
  await pipelines.close()
}
