import { done, fail, type Outcome, sha256Hex } from '../base/index.ts'
import { decodeImage, makeDisplayCopy } from './decode/decode-image.ts'
import { DEFAULT_POOL, type DecodePool, openDecodePool } from './decode/decode-pool.ts'
import { detectFaces } from './detect-faces.ts'
import { embedFace } from './embed-face.ts'
import type { DetectedFace, Engine, EngineCode, FaceTemplate, ImageAnalysis, ModelIdentity } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { loadWeight } from './load-weights.ts'
import { type EngineManifest, engineManifest, modelIdentity } from './model-manifest.ts'
import { loadNetwork, type Network } from './network.ts'
import { type PixelPyramid, pixelPyramid } from './pixels.ts'
import type { WeightRecord } from './weight-record.ts'

export interface EngineOptions {
  /** Folder that `tools/fetch-weights.mjs` fills. */
  readonly weightsDir: string
  /** Processes that decode images, 1 or more; 1 when not said. */
  readonly decodeProcesses?: number
}

/**
 * Opens the default engine: checks and loads every weight, starts the decode processes.
 * @throws EngineError `weight_missing`, `weight_hash_differs` or `runtime_missing`, with what to do.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const networks = await openNetworks(options.weightsDir)
  const pool = openDecodePool({ ...DEFAULT_POOL, processes: Math.max(1, options.decodeProcesses ?? 1) })
  const ready = await pool.run({ kind: 'ready' }, new Uint8Array())
  if (ready.end !== 'answered' || !ready.reply.ok) {
    pool.close()
    await closeNetworks(networks)
    const sentence =
      'The process that reads images cannot be started. Run "npm ci" again with a supported Node and platform.'
    throw new EngineError('runtime_missing', sentence)
  }
  return createEngine({ manifest: engineManifest, model: modelIdentity(engineManifest), networks, pool })
}

interface Networks {
  readonly detectors: readonly Network[]
  readonly landmarks: Network
  readonly embedder: Network
}

interface EngineParts {
  readonly manifest: EngineManifest
  readonly model: ModelIdentity
  readonly networks: Networks
  readonly pool: DecodePool
}

/** An image with its faces, and the pixels to make a template from. */
interface Seen {
  readonly analysis: ImageAnalysis
  readonly pyramid: PixelPyramid
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
      const seen = await see(parts, bytes)
      return seen.ok ? done(seen.value.analysis) : seen
    },
    makeTemplate: async (bytes, faceIndex) => {
      counts.templates += 1
      const seen = await see(parts, bytes)
      return seen.ok ? templateOf(parts, seen.value, faceIndex) : seen
    },
    displayCopy: (bytes) => makeDisplayCopy(parts.pool, bytes),
    close: () => {
      closing ??= closeParts(parts)
      return closing
    },
  }
}

async function see(parts: EngineParts, bytes: Uint8Array): Promise<Outcome<Seen, EngineCode>> {
  const decoded = await decodeImage(parts.pool, bytes)
  if (!decoded.ok) return decoded
  const { pixels, mediaType, exifOrientation } = decoded.value
  const { width, height } = pixels
  const pyramid = pixelPyramid(pixels)
  const { detectors, landmarks } = parts.networks
  const { warnBelowInterEyePixels } = parts.manifest.embedder.limits
  const faces = await detectFaces({ detectors, landmarks, warnBelowInterEyePixels }, pyramid)
  if (faces.length === 0) {
    const remedy = 'Upload a photograph in which both eyes, the nose and the mouth can be seen.'
    return fail('no_face', 'No face was found in the image.', remedy, { facts: { width, height } })
  }
  return done({ analysis: { sha256: sha256Hex(bytes), mediaType, width, height, exifOrientation, faces }, pyramid })
}

async function templateOf(
  parts: EngineParts,
  { analysis, pyramid }: Seen,
  faceIndex: number | undefined,
): Promise<Outcome<FaceTemplate, EngineCode>> {
  const face = chooseFace(analysis.faces, faceIndex)
  if (!face.ok) return face
  const { embedder } = parts.manifest
  const least = embedder.limits.refuseBelowInterEyePixels
  const pixels = face.value.interEyePixels
  if (pixels < least) {
    const sentence = `The eyes are ${Math.floor(pixels)} pixels apart; a search needs at least ${least}.`
    const facts = { interEyePixels: Math.round(pixels * 10) / 10, leastInterEyePixels: least }
    return fail('face_too_small', sentence, 'Upload a larger original; enlarging this one adds no detail.', { facts })
  }
  const vector = await embedFace(parts.networks.embedder, embedder, pyramid, face.value.landmarks)
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

async function openNetworks(weightsDir: string): Promise<Networks> {
  const load = async (record: WeightRecord) => loadNetwork(record, await loadWeight(record, { weightsDir }))
  const { detectors, landmarks, embedder } = engineManifest
  return {
    detectors: await Promise.all(detectors.map(load)),
    landmarks: await load(landmarks),
    embedder: await load(embedder),
  }
}

async function closeNetworks({ detectors, landmarks, embedder }: Networks): Promise<void> {
  for (const network of [...detectors, landmarks, embedder]) await network.close()
}

async function closeParts({ pool, networks }: EngineParts): Promise<void> {
  pool.close()
  await closeNetworks(networks)
}
