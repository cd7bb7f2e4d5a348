import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { ModelIdentity } from '../engine/index.ts'
import type { Store } from '../store/index.ts'
import { openCertifiedSearch } from './certified-search.ts'
import type { CoarseIndex } from './coarse-index.ts'
import { EmbeddedIndex, type IndexNote } from './embedded-index.ts'
import { type FollowedIndex, followSource } from './follow-source.ts'
import type { GallerySearch } from './gallery-search.ts'
import type { IndexFiles } from './index-files/index-files.ts'
import { openIndexFiles } from './index-files/open-index-files.ts'
import { lockIndex } from './records-template.ts'
import { rowLayout } from './scan/row-record.ts'
import { openStoreTemplates } from './store-templates.ts'

/** What is told of an index while it is built and kept. */
export type GalleryNote =
  | IndexNote
  /** It is built anew from the database, and why. */
  | { readonly kind: 'rebuilding'; readonly reason: string }
  | { readonly kind: 'progress'; readonly done: number; readonly rows: number }

export interface EmbeddedGalleryOptions {
  /** Folder of all index files; null keeps the index in memory alone, to be built anew at each opening. */
  readonly folder?: string | null
  /** Threads that scan a large gallery; one less than the machine has unless given. */
  readonly threads?: number | null
  readonly onNote?: (note: GalleryNote) => void
}

/** A certified search of the gallery of one model in this program's own memory. */
export function openGallerySearch(
  store: Store,
  model: ModelIdentity,
  options: EmbeddedGalleryOptions = {},
): GallerySearch {
  const index = openEmbeddedIndex(store, model, options)
  const source = openStoreTemplates(store, model.sha256, model.dimension)
  return openCertifiedSearch(source, followEmbedded(source, index, options.onNote), model)
}

/** The same over any index, such as a cluster's: one that differs from the database is never repaired by a search. */
export function openIndexedSearch(store: Store, model: ModelIdentity, index: CoarseIndex): GallerySearch {
  const source = openStoreTemplates(store, model.sha256, model.dimension)
  return openCertifiedSearch(source, followSource(source, sharedIndex(store, model, index)), model)
}

/** An index that several servers share takes up changes from one of them at a time. */
export function sharedIndex(store: Store, model: ModelIdentity, index: CoarseIndex): CoarseIndex {
  return {
    position: () => index.position(),
    apply: (changes) =>
      store.transaction({ agency: null }, async (tx) => {
        await lockIndex(tx, model.sha256)
        await index.apply(changes)
      }),
    scan: (queries, ask) => index.scan(queries, ask),
    differing: (rows) => index.differing(rows),
    digest: () => index.digest(),
    close: () => index.close(),
  }
}

/** The index of this program alone, to examine it; from its files where a folder is given. */
export function openEmbeddedIndex(
  store: Store,
  model: ModelIdentity,
  options: EmbeddedGalleryOptions = {},
): EmbeddedIndex {
  const { folder = null, onNote } = options
  return new EmbeddedIndex({
    dimension: model.dimension,
    threads: options.threads ?? Math.max(1, availableParallelism() - 1),
    openFiles: folder === null ? null : () => openFilesOf(store, model, folder),
    ...(onNote === undefined ? {} : { onNote }),
  })
}

/** Each model has a folder and a data key of its own. */
async function openFilesOf(store: Store, model: ModelIdentity, folder: string): Promise<IndexFiles> {
  const name = indexName(model)
  const key = await store.transaction({ agency: null }, (tx) => store.blobs.keyFor(tx, `key_index_${name}`))
  const { rowBytes } = rowLayout(model.dimension)
  return await openIndexFiles({ folder: join(folder, name), key, model, rowBytes })
}

/** The folder of a model's index. */
export function indexName({ sha256 }: Pick<ModelIdentity, 'sha256'>): string {
  return sha256.slice(0, 16)
}

function followEmbedded(
  source: ReturnType<typeof openStoreTemplates>,
  index: EmbeddedIndex,
  onNote: EmbeddedGalleryOptions['onNote'],
): FollowedIndex {
  let isFirst = true
  const followed = followSource(source, index, {
    empty: async (reason) => {
      onNote?.({ kind: 'rebuilding', reason })
      await index.clear()
      isFirst = true
    },
    onProgress: (done, rows) => onNote?.({ kind: 'progress', done, rows }),
  })
  return {
    ...followed,
    follow: async () => {
      const state = await followed.follow()
      // A snapshot that is due is written before the first search, or when the program ends: never between.
      if (isFirst) await index.keep()
      isFirst = false
      return state
    },
  }
}
