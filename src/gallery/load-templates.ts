import type { Store } from '../store/index.ts'
import { LENGTH_TOLERANCE } from './coarse-scan.ts'
import { GalleryError } from './gallery-error.ts'
import { changesAfter, type TemplateChange } from './records-template.ts'
import type { ResidentGallery } from './resident-gallery.ts'
import { templateVector } from './template-bytes.ts'

/** Changes per transaction; a page of templates is about 8 MB. */
const PAGE = 4000

type Arrival = Extract<TemplateChange, { removed: false }>

/**
 * Brings memory up to what is committed: opens what came since `seq`, drops what went. Each page is taken up whole or
 * not at all, so a failure leaves nothing between.
 * @returns the last change taken up, to pass as `seq` next time
 */
export async function loadTemplates(
  store: Store,
  gallery: ResidentGallery,
  modelSha256: string,
  seq: number,
): Promise<number> {
  let last = seq
  for (;;) {
    const { changes, vectors } = await readPage(store, modelSha256, last)
    const checked = vectors.map((vector) => checkVector(vector, gallery.dimension))
    let next = 0
    for (const change of changes) {
      if (change.removed) gallery.remove(change.template)
      else gallery.add(change, checked[next++] as Float32Array)
    }
    last = changes.at(-1)?.seq ?? last
    if (changes.length < PAGE) return last
  }
}

async function readPage(store: Store, modelSha256: string, seq: number) {
  return await store.transaction({ agency: null }, async (tx) => {
    const changes = await changesAfter(tx, modelSha256, seq, PAGE)
    const arrivals = changes.filter((change): change is Arrival => !change.removed)
    const opened = await store.blobs.openAll(
      tx,
      arrivals.map(({ dataKey, sealed }) => ({ keyId: dataKey, sealed })),
    )
    return { changes, vectors: opened.map(templateVector) }
  })
}

/** @throws GalleryError `vector_unusable` unless it has `dimension` numbers and the length 1, which the proof of exactness needs. */
export function checkVector(vector: Float32Array, dimension: number): Float32Array {
  if (isUsableVector(vector, dimension)) return vector
  throw new GalleryError('vector_unusable', `A template must have ${dimension} numbers and the length 1.`)
}

/** Whether it has `dimension` numbers and the length 1. */
export function isUsableVector(vector: Float32Array, dimension: number): boolean {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return vector.length === dimension && Math.abs(length - 1) <= LENGTH_TOLERANCE
}
