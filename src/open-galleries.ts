import { join } from 'node:path'
import { append } from './audit/index.ts'
import type { Clock } from './base/index.ts'
import { ConfigError, type Settings, sentenceFor } from './config.ts'
import type { ModelIdentity } from './engine/index.ts'
import {
  type CoarseIndex,
  type GalleryNote,
  type GalleryPlace,
  indexName,
  openClusterIndex,
  openEmbeddedIndex,
  openGallerySearch,
  openIndexedSearch,
  openPlacedSearch,
  placeOf,
  sweepIndexFolders,
} from './gallery/index.ts'
import type { OpenGallery } from './model-switch.ts'
import type { Store } from './store/index.ts'

type Deps = { readonly settings: Settings; readonly store: Store; readonly clock: Clock }

export interface Galleries {
  /** The search over the gallery of a model, wherever that gallery is at the moment. */
  readonly open: OpenGallery
  /** An index of its own in a place, to fill and to compare. @throws ConfigError, GalleryError */
  openIndexOf(model: ModelIdentity, place: GalleryPlace): Promise<CoarseIndex>
  /** Where searches of a model are made. */
  placeOf(model: ModelIdentity): Promise<GalleryPlace>
  /** Erases the index files of every model but these; trouble is told, not thrown. */
  sweep(inUse: readonly Pick<ModelIdentity, 'sha256'>[]): Promise<void>
}

/** Folder of the index files, beside the database. */
const INDEX_FOLDER = 'index'

const TELL_EVERY = 10_000

/** Galleries in this program's memory with their files in the data folder, or in the cluster of the settings. */
export function openGalleries(deps: Deps): Galleries {
  const { settings, store } = deps
  const embedded = { folder: join(settings.dataDir, INDEX_FOLDER), threads: settings.searchThreads }
  const openIndexOf = async (model: ModelIdentity, place: GalleryPlace) => {
    if (place === 'embedded') return openEmbeddedIndex(store, model, embedded)
    if (settings.cluster === null) throw noCluster()
    const { url, name, user, password } = settings.cluster
    const account = user === null ? {} : { user, password: password ?? '' }
    return await openClusterIndex({ url, cluster: name, model, ...account })
  }
  return {
    open: (model) =>
      openPlacedSearch(store, model.sha256, async (place) => {
        if (place === 'cluster') return openIndexedSearch(store, model, await openIndexOf(model, place))
        return openGallerySearch(store, model, { ...embedded, onNote: (note) => tell(deps, model, note) })
      }),
    openIndexOf,
    placeOf: (model) => store.transaction({ agency: null }, (tx) => placeOf(tx, model.sha256)),
    sweep: async (inUse) => {
      const names = inUse.map(indexName)
      await sweepIndexFolders(embedded.folder, names).catch((error: unknown) => {
        console.error(`Index files of a former model could not be erased: ${sentenceFor(error) ?? String(error)}`)
      })
    },
  }
}

function noCluster(): ConfigError {
  return new ConfigError(
    'The gallery is in a cluster, and COUNTENANCE_CLUSTER_URL is not set; set it, or move the gallery back.',
  )
}

/** Operators read it at the console of the server; that an index was built anew also goes into the log. */
function tell(deps: Deps, model: ModelIdentity, note: GalleryNote): void {
  if (note.kind === 'progress') {
    const { done, rows } = note
    if (rows > TELL_EVERY && done % TELL_EVERY < 4000) console.log(`  search index: ${done} of ${rows} photographs`)
  } else if (note.kind === 'files_failed') {
    const why = sentenceFor(note.error) ?? String(note.error)
    console.error(`The files of the search index could not be written; searches go on from memory. ${why}`)
  } else {
    console.error(`The search index is built anew from the database: ${note.reason}`)
    recordRebuild(deps, model, note.reason).catch((error: unknown) => console.error(String(error)))
  }
}

async function recordRebuild({ store, clock }: Deps, model: ModelIdentity, reason: string): Promise<void> {
  await store.transaction({ agency: null }, async (tx) => {
    const facts = { model: model.sha256, reason }
    await append(tx, { clock }, { act: 'index.rebuilt', actor: null, agency: null, about: null, facts })
  })
}
