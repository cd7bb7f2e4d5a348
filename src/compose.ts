import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type AuditLog, openLog } from './audit/index.ts'
import { type Clock, type Ids, randomIds, systemClock } from './base/index.ts'
import type { Settings } from './config.ts'
import { type Engine, openEngine } from './engine/index.ts'
import { type GallerySearch, openFlatSearch } from './gallery/index.ts'
import { answers, migrate, openStore, type Store, socketFolder, startEmbeddedPostgres } from './store/index.ts'

/** Every room, built once. */
export interface Rooms {
  readonly settings: Settings
  readonly store: Store
  readonly engine: Engine
  readonly gallery: GallerySearch
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
  const database = await openAddress(settings, options)
  try {
    await migrate(database.address)
    const store = await openStore({
      address: database.address,
      blobFolder: join(settings.dataDir, 'objects'),
      agencyKeyFile: join(settings.dataDir, 'keys', 'agency.key'),
    })
    const engine = await openEngine({ weightsDir: settings.weightsDir, decodeProcesses: settings.decodeProcesses })
    const signingKey = await readLogKey(join(settings.dataDir, 'keys', 'log.key'))
    const log = openLog(store, { origin: settings.logOrigin, signingKey, clock: systemClock })
    const close = async () => {
      await engine.close()
      await store.close()
      await database.stop()
    }
    const gallery = openFlatSearch(store, engine.model)
    const common = { settings, store, engine, gallery, log, clock: systemClock, ids: randomIds }
    return { ...common, databaseEnded: database.ended, close }
  } catch (error) {
    await database.stop()
    throw error
  }
}

async function openAddress(settings: Settings, options: ComposeOptions) {
  const never = new Promise<void>(() => {})
  const leave = async () => {}
  if (settings.databaseUrl !== null) return { address: { url: settings.databaseUrl }, ended: never, stop: leave }
  const running = { socketDir: socketFolder(settings.dataDir) }
  if (options.attach && (await answers(running))) return { address: running, ended: never, stop: leave }
  return startEmbeddedPostgres({ folder: settings.dataDir })
}

/** The Ed25519 seed (32 bytes, hex) that signs the log's checkpoints; made on first use, mode 0600. */
async function readLogKey(path: string): Promise<Buffer> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text !== null) return Buffer.from(text.trim(), 'hex')
  const seed = randomBytes(32)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, `${seed.toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  return seed
}
