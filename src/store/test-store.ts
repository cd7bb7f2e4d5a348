import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { DatabaseAddress } from './database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'
import { openStore, type Store } from './open-store.ts'

/** A store over a fresh database, with the address and folder a test may want to damage. */
export interface TestStore extends Store {
  readonly address: DatabaseAddress
  readonly blobFolder: string
}

const TEMPLATE = 'countenance'
const SOCKET_VARIABLE = 'COUNTENANCE_TEST_SOCKET'

/** Starts the throw-away server that a whole test run shares, with a migrated template database. */
export async function startTestServer(): Promise<EmbeddedPostgres & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'countenance-test-'))
  const server = await startEmbeddedPostgres({ folder, throwAway: true })
  await migrate(server.address)
  process.env[SOCKET_VARIABLE] = server.address.socketDir
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { ...server, folder, stop }
}

/**
 * A fresh database cloned from the migrated template, and an empty folder for sealed objects.
 * @param before an older database instead: migrated only by the files whose names sort before this.
 */
export async function openTestStore(before?: string): Promise<TestStore> {
  const own = process.env[SOCKET_VARIABLE] === undefined ? await startTestServer() : null
  const socketDir = process.env[SOCKET_VARIABLE] as string
  const database = `t_${randomBytes(8).toString('hex')}`
  const template = before === undefined ? TEMPLATE : 'template1'
  await administer(socketDir, `create database ${database} template ${template} strategy wal_log`)
  const folder = await mkdtemp(join(tmpdir(), 'countenance-blobs-'))
  const address = { socketDir, database }
  if (before !== undefined) await migrate(address, before)
  const blobFolder = join(folder, 'objects')
  const store = await openStore({ address, blobFolder, agencyKeyFile: join(folder, 'agency.key') })
  const close = async () => {
    await store.close()
    await administer(socketDir, `drop database if exists ${database} with (force)`)
    await rm(folder, { recursive: true, force: true })
    if (own !== null) {
      delete process.env[SOCKET_VARIABLE]
      await own.stop()
    }
  }
  return { ...store, address, blobFolder, close }
}

async function administer(socketDir: string, statement: string): Promise<void> {
  const client = new pg.Client({ host: socketDir, database: 'postgres', user: 'app' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
