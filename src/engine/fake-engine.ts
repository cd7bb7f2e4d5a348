import { createHash } from 'node:crypto'
import { done, fail, type Outcome, sha256Hex } from '../base/index.ts'
import type { DetectedFace, Engine, EngineCode, FaceTemplate, ImageAnalysis, ModelIdentity } from './engine.ts'
import { engineManifest } from './model-manifest.ts'

const DIMENSION = 512
const DEFAULT_MODEL = 'fake-engine-1'
/** Share of a named person's own direction: cosine of two of their images is near 0.9. */
const PERSON_SHARE = Math.sqrt(0.9)

/**
 * An engine without weights, for fast tests of other rooms; deterministic in the bytes.
 * Bytes that begin with `NOFACE` have no face, `TWOFACES` two, `BROKEN` cannot be read;
 * `PERSON:<name>:` makes templates of the same name alike (cosine about 0.9). All else: one face.
 * @param id another model: templates of two models have nothing in common
 */
export function createFakeEngine(id = DEFAULT_MODEL): Engine {
  const model: ModelIdentity = { id, sha256: sha256Hex(id), dimension: DIMENSION }
  const counts = { analyses: 0, templates: 0 }
  return {
    model,
    manifest: engineManifest,
    counts,
    analyse: async (bytes) => {
      counts.analyses += 1
      return fakeAnalysis(bytes)
    },
    makeTemplate: async (bytes, faceIndex) => {
      counts.templates += 1
      return fakeTemplate(model, bytes, faceIndex)
    },
    displayCopy: async (bytes) => {
      const analysis = fakeAnalysis(bytes)
      return analysis.ok || analysis.problem.code === 'no_face' ? done(new Uint8Array(bytes)) : analysis
    },
    close: async () => {},
  }
}

function fakeAnalysis(bytes: Uint8Array): Outcome<ImageAnalysis, EngineCode> {
  const text = head(bytes)
  if (bytes.length === 0) return fail('empty_file', 'The file is empty.', 'Upload the photograph again.')
  if (text.startsWith('BROKEN')) {
    return fail('unreadable_image', 'The image could not be read to its end.', 'Upload an undamaged copy.')
  }
  if (text.startsWith('NOFACE')) {
    return fail('no_face', 'No face was found in the image.', 'Upload a photograph that shows the face.')
  }
  const faces = text.startsWith('TWOFACES') ? [fakeFace(0), fakeFace(1)] : [fakeFace(0)]
  return done({ sha256: sha256Hex(bytes), mediaType: 'image/jpeg', width: 600, height: 600, exifOrientation: 1, faces })
}

function fakeTemplate(
  model: ModelIdentity,
  bytes: Uint8Array,
  faceIndex: number | undefined,
): Outcome<FaceTemplate, EngineCode> {
  const analysis = fakeAnalysis(bytes)
  if (!analysis.ok) return analysis
  const faces = analysis.value.faces
  if (faceIndex === undefined && faces.length > 1) {
    return fail('many_faces', `The image shows ${faces.length} faces.`, 'Say which face is meant.', {
      facts: { faces: faces.length },
    })
  }
  const face = faces[faceIndex ?? 0]
  if (face === undefined) {
    return fail(
      'no_such_face',
      `The image has no face number ${(faceIndex ?? 0) + 1}.`,
      'Choose one of the faces found.',
    )
  }
  return done({ model, vector: fakeVector(model, bytes, face.index), face, analysis: analysis.value })
}

function fakeFace(index: number): DetectedFace {
  const left = 60 + index * 260
  const point = (x: number, y: number) => ({ x: left + x, y: 180 + y })
  return {
    index,
    box: { x: left, y: 180, width: 220, height: 220 },
    landmarks: [point(65, 80), point(155, 80), point(110, 125), point(75, 170), point(145, 170)],
    detectionScore: 0.95,
    interEyePixels: 90,
    pose: { yaw: 0, pitch: 0, roll: 0 },
    quality: { measures: [], unified: 80 },
    limitations: [],
  }
}

function fakeVector(model: ModelIdentity, bytes: Uint8Array, index: number): Float32Array {
  const space = model.id === DEFAULT_MODEL ? '' : `${model.id}/`
  const own = direction(`${space}${sha256Hex(bytes)}/${index}`)
  const name = /^PERSON:([^:]*):/.exec(head(bytes))?.[1]
  if (name === undefined) return own
  const person = direction(`${space}person/${name}/${index}`)
  const mixed = person.map((value, place) => {
    return PERSON_SHARE * value + Math.sqrt(1 - PERSON_SHARE ** 2) * (own[place] ?? 0)
  })
  return unit(mixed)
}

/** A unit vector in a direction that depends on the seed alone. */
function direction(seed: string): Float32Array {
  const bytes = createHash('shake256', { outputLength: DIMENSION * 2 })
    .update(seed)
    .digest()
  return unit(Float32Array.from({ length: DIMENSION }, (_, place) => bytes.readUInt16LE(place * 2) - 32767.5))
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

function head(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 200)).toString('latin1')
}
