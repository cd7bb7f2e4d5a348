import { readFile } from 'node:fs/promises'
import { type Outcome, sha256Hex } from '../base/index.ts'
import type { Engine, EngineCode, FaceTemplate } from '../engine/index.ts'
import { chooseFace } from './choose-face.ts'
import { type FaceMeasures, readMeasures } from './face-measures.ts'
import type { LabelledPhoto } from './labelled-set.ts'

/** A labelled photograph with its template, or the code of why there is none. */
export interface EmbeddedPhoto {
  readonly photo: LabelledPhoto
  /** SHA-256 of its bytes; of none when the file could not be read. */
  readonly sha256: string
  /** Unit length; null when no template could be made. */
  readonly vector: Float32Array | null
  readonly failure: EngineCode | 'file_unreadable' | 'template_unusable' | null
  readonly severalFaces: boolean
  readonly measures: FaceMeasures
}

export interface EmbedOptions {
  /** Photographs in the engine at one time; 4 unless told. */
  readonly concurrency?: number
  readonly onProgress?: (done: number, total: number) => void
}

const CONCURRENCY = 4
const UNMEASURED: FaceMeasures = { quality: null, luminance: null }

/** Makes the template of every photograph, in the order given; a failure is kept with its code and stops nothing. */
export async function embedPhotos(
  engine: Engine,
  photos: readonly LabelledPhoto[],
  { concurrency = CONCURRENCY, onProgress = () => {} }: EmbedOptions = {},
): Promise<readonly EmbeddedPhoto[]> {
  const embedded = new Array<EmbeddedPhoto>(photos.length)
  const waiting = photos.entries()
  let finished = 0
  const worker = async () => {
    for (const [place, photo] of waiting) {
      embedded[place] = await embedPhoto(engine, photo)
      finished += 1
      onProgress(finished, photos.length)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker))
  return embedded
}

async function embedPhoto(engine: Engine, photo: LabelledPhoto): Promise<EmbeddedPhoto> {
  const bytes = await readFile(photo.path).catch(() => null)
  const sha256 = sha256Hex(bytes ?? new Uint8Array())
  const none = { photo, sha256, vector: null, severalFaces: false, measures: UNMEASURED }
  if (bytes === null) return { ...none, failure: 'file_unreadable' }
  const first = await engine.makeTemplate(bytes)
  const severalFaces = !first.ok && first.problem.code === 'many_faces'
  const made = severalFaces ? await chosenTemplate(engine, bytes) : first
  if (!made.ok) return { ...none, severalFaces, failure: made.problem.code }
  const { vector, face } = made.value
  if (!isUsable(vector)) return { ...none, severalFaces, failure: 'template_unusable' }
  return { ...none, vector, severalFaces, failure: null, measures: readMeasures(face) }
}

async function chosenTemplate(engine: Engine, bytes: Uint8Array): Promise<Outcome<FaceTemplate, EngineCode>> {
  const analysis = await engine.analyse(bytes)
  return analysis.ok ? engine.makeTemplate(bytes, chooseFace(analysis.value)) : analysis
}

/** Numbers throughout, and of unit length: anything else would become a score that means nothing. */
function isUsable(vector: Float32Array): boolean {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return Math.abs(length - 1) < 1e-3
}
