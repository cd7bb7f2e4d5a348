import { detectFaces } from './detect-faces.ts'
import { embedFace, type FaceEmbedding, type LoadedEmbedder } from './embed-face.ts'
import type { DetectedFace } from './engine.ts'
import { loadWeight, type WeightPlaces } from './load-weights.ts'
import type { EngineManifest } from './model-manifest.ts'
import { loadNetwork, type Network } from './network.ts'
import { loadOwnNetwork } from './own-model/load-own-network.ts'
import { type PixelPyramid, type Pixels, pixelPyramid } from './pixels.ts'
import { unifiedQuality } from './quality/unified.ts'
import type { FusedEmbedder, WeightRecord } from './weight-record.ts'

/** One decoded image, and which of its faces a template is wanted of. */
export interface PipelineTask {
  readonly pixels: Pixels
  /** 1 to 100, or null; see `estimateJpegQuality`. */
  readonly jpegQuality: number | null
  /** A number: that face alone. `only`: the one face there is, if there is one. `all`: every face, for its quality. */
  readonly embed: number | 'only' | 'all'
}

export interface PipelineResult {
  readonly faces: readonly DetectedFace[]
  /** The template vector of the face asked for; null when it was not made or the network gave no usable numbers. */
  readonly vector: Float32Array | null
}

/** Pixels in, faces and a template out; every network in the thread that opened it. */
export interface Pipeline {
  run(task: PipelineTask): Promise<PipelineResult>
  close(): Promise<void>
}

/** Faces whose templates are made for their quality alone; a crowd costs no more than this. */
const MOST_EMBEDDED = 8

/**
 * Loads every network, or none: those loaded before one that cannot be are released again.
 * @throws EngineError `weight_missing`, `weight_hash_differs` or `runtime_missing`, with what to do.
 */
export async function openPipeline(manifest: EngineManifest, places: WeightPlaces): Promise<Pipeline> {
  const loaded: Network[] = []
  const close = async () => {
    for (const network of loaded) await network.close()
  }
  try {
    const parts = await loadParts(manifest, places, loaded)
    return { run: (task) => runTask(parts, task), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** One network after another, so that none is still loading when one cannot be. */
async function loadParts(manifest: EngineManifest, places: WeightPlaces, loaded: Network[]): Promise<Parts> {
  const keep = (network: Network) => {
    loaded.push(network)
    return network
  }
  const load = async (record: WeightRecord) => keep(await loadNetwork(record, await loadWeight(record, places)))
  const detectors: Network[] = []
  for (const record of manifest.detectors) detectors.push(await load(record))
  const landmarks = await load(manifest.landmarks)
  const embedders: LoadedEmbedder[] = []
  for (const record of manifest.embedders) {
    embedders.push({ record, network: keep(await loadEmbedder(record, places)) })
  }
  return { manifest, detectors, landmarks, embedders }
}

/** A brought network is run as its manifest describes it; ours are first rewritten to run faster. */
async function loadEmbedder(record: FusedEmbedder, places: WeightPlaces): Promise<Network> {
  const onnx = await loadWeight(record, places)
  return record.source.from === 'brought' ? loadOwnNetwork(record, onnx) : loadNetwork(record, onnx)
}

interface Parts {
  readonly manifest: EngineManifest
  readonly detectors: readonly Network[]
  readonly landmarks: Network
  readonly embedders: readonly LoadedEmbedder[]
}

async function runTask(parts: Parts, task: PipelineTask): Promise<PipelineResult> {
  const pyramid = pixelPyramid(task.pixels)
  const { detectors, landmarks, manifest } = parts
  const { warnBelowInterEyePixels } = manifest.limits
  const finder = { detectors, landmarks, warnBelowInterEyePixels, jpegQuality: task.jpegQuality }
  const found = await detectFaces(finder, pyramid)
  const wanted = facesToEmbed(task, found)
  const embeddings = new Map<number, FaceEmbedding | null>()
  for (const face of wanted) embeddings.set(face.index, await embeddingOf(parts, pyramid, face))
  const faces = found.map((face) => withEmbedding(manifest, face, embeddings.get(face.index)))
  const [asked] = task.embed === 'all' ? [] : wanted
  return { faces, vector: asked === undefined ? null : (embeddings.get(asked.index)?.vector ?? null) }
}

function facesToEmbed({ embed }: PipelineTask, faces: readonly DetectedFace[]): readonly DetectedFace[] {
  if (embed === 'all') return [...faces].sort((one, other) => other.box.width - one.box.width).slice(0, MOST_EMBEDDED)
  if (embed === 'only') return faces.length === 1 ? faces : []
  return faces.filter((face) => face.index === embed)
}

/** Null for faces below the size at which templates are refused. */
async function embeddingOf(parts: Parts, pyramid: PixelPyramid, face: DetectedFace): Promise<FaceEmbedding | null> {
  const { embedders, manifest } = parts
  if (face.interEyePixels < manifest.limits.refuseBelowInterEyePixels) return null
  return embedFace(embedders, manifest.mirror, pyramid, face.landmarks)
}

/** The unified quality of a face whose template was made takes the template's own strength into account. */
function withEmbedding(
  { embedders: [first] }: EngineManifest,
  face: DetectedFace,
  embedding: FaceEmbedding | null | undefined,
): DetectedFace {
  // What the length of an embedding says was learned on our first network alone.
  if (!embedding || first.source.from === 'brought') return face
  const { measures } = face.quality
  return { ...face, quality: { measures, unified: unifiedQuality(measures, embedding.norm) } }
}
