import { join } from 'node:path'
import { listAgencies } from './access/index.ts'
import { type AuditLog, integrate, openLog } from './audit/index.ts'
import { type Clock, type Ids, randomIds, systemClock } from './base/index.ts'
import type { Settings } from './config.ts'
import { type Engine, engineManifest, modelIdentity, SIMILARITY_FLOOR } from './engine/index.ts'
import type { RegistryDeps } from './evaluation/index.ts'
import type { GallerySearch } from './gallery/index.ts'
import { type ModelSwitch, openModelSwitch } from './model-switch.ts'
import { type Galleries, openGalleries } from './open-galleries.ts'
import { type OpenModel, openActiveEngine, openEngineOf } from './operating-point.ts'
import { ownModels } from './own-models.ts'
import type { OperatingPointDeps } from './policy/index.ts'
import {
  answers,
  makeKeyFile,
  migrate,
  openStore,
  readKeyFile,
  type Store,
  StoreError,
  socketFolder,
  startEmbeddedPostgres,
} from './store/index.ts'

/** Every room, built once. */
export interface Rooms extends RegistryDeps, OperatingPointDeps {
  readonly settings: Settings
  readonly store: Store
  readonly engine: Engine
  readonly gallery: GallerySearch
  /** What `engine` and `gallery` go by, while the model behind them changes. */
  readonly models: ModelSwitch
  readonly openModel: OpenModel
  /** Opens another engine, for an evaluation: that of the built-in or a registered model. */
  openEngineOf(modelSha256: string): Promise<Engine>
  /** An index of its own in a place, to fill and to compare. */
  openIndexOf: Galleries['openIndexOf']
  /** Where searches of a model are made. */
  placeOf: Galleries['placeOf']
  /** Erases the index files of models that are not in use. */
  sweepIndexes(): Promise<void>
  readonly log: AuditLog
  readonly clock: Clock
  readonly ids: Ids
  /** Settles when the embedded database ends on its own; never with a server of somebody else. */
  readonly databaseEnded: Promise<void>
  close(): Promise<void>
}

export interface ComposeOptions {
  /** Use the database of a server that already runs on the same folder instead of starting a second one. */
  readonly attach: boolean
}

/**
 * Builds the rooms in their order: database, sealed store, engine, gallery index, log.
 * @throws StoreError, EngineError, AuditError: each a sentence with its remedy.
 */
export async function openRooms(settings: Settings, options: ComposeOptions): Promise<Rooms> {
  const opened: (() => Promise<void>)[] = []
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end()
  }
  try {
    const database = await openAddress(settings, options)
    opened.push(database.stop)
    await migrate(database.address)
    const store = await openStore({
      // One process has room for this many acts at once; a command beside it for as many again.
      address: { ...database.address, connections: 20 },
      blobFolder: join(settings.dataDir, 'objects'),
      agencyKeyFile: join(settings.dataDir, 'keys', 'agency.key'),
    })
    opened.push(store.close)
    const signingKey = await logKey(store, join(settings.dataDir, 'keys', 'log.key'))
    const folder = join(settings.dataDir, 'log')
    const witnesses = { places: settings.witnesses, needed: settings.witnessesNeeded }
    const log = openLog(store, { origin: settings.logOrigin, signingKey, clock: systemClock, folder, witnesses })
    // A command leaves no entry waiting for the next server; where the log is away or damaged, that says so itself.
    opened.push(async () => void (await integrate(store).catch(() => undefined)))
    const common = {
      settings,
      store,
      log,
      clock: systemClock,
      ids: randomIds,
      ...builtInModel(),
      ...ownModels(settings),
    }
    const galleries = openGalleries(common)
    const first = await openActiveEngine(common, common.openModel)
    const models = openModelSwitch(galleries.open, first, { onDropped: galleries.sweep })
    // The store closes first, so that work cut off can write nothing about an engine that is going.
    opened.splice(1, 0, models.close)
    const { engine, gallery } = models
    return {
      ...{ ...common, engine, gallery, models, close },
      ...{ openIndexOf: galleries.openIndexOf, placeOf: galleries.placeOf },
      sweepIndexes: () => galleries.sweep([models.engine.model]),
      openEngineOf: (sha256: string) => openEngineOf(common, common.openModel, sha256),
      databaseEnded: database.ended,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** What searches work with while nobody changed it. */
function builtInModel(): Pick<OperatingPointDeps, 'builtIn' | 'builtInFloor'> {
  return { builtIn: modelIdentity(engineManifest), builtInFloor: SIMILARITY_FLOOR }
}

async function openAddress(settings: Settings, options: ComposeOptions) {
  const never = new Promise<void>(() => {})
  const leave = async () => {}
  if (settings.databaseUrl !== null) return { address: { url: settings.databaseUrl }, ended: never, stop: leave }
  const running = { socketDir: socketFolder(settings.dataDir) }
  if (options.attach && (await answers(running))) return { address: running, ended: never, stop: leave }
  return startEmbeddedPostgres({ folder: settings.dataDir })
}

/**
 * The Ed25519 seed that signs the log's checkpoints; made on first use, mode 0600.
 * @throws StoreError `key_missing` when it is gone and the log has entries: another key would break its history.
 */
async function logKey(store: Store, path: string): Promise<Buffer> {
  const key = await readKeyFile(path)
  if (key !== null) return key
  // Everything that can be in a database began with an agency, and its entry stands in the log.
  const agencies = await store.transaction({ agency: null }, listAgencies)
  if (agencies.length === 0) return await makeKeyFile(path)
  throw new StoreError(
    'key_missing',
    `The log key file ${path} is not there, and the log of this database was signed with it.`,
    'Restore the file from its backup; under another key nobody could tell that it is the same log.',
  )
}
