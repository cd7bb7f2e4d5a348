import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { DatabaseAddress } from './database.ts'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { asStoreError, StoreError } from './store-error.ts'

export interface EmbeddedPostgres {
  readonly address: DatabaseAddress
  /** Settles when the server process ends, wanted or not. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  readonly folder: string
  /** For throw-away test servers only: nothing is synced to disk. */
  readonly throwAway?: boolean
}

const DATABASE = 'countenance'
const START_SECONDS = 30
// sun_path holds 108 bytes; PostgreSQL adds `/.s.PGSQL.5432` to the folder.
const LONGEST_SOCKET_FOLDER = 90

/**
 * Starts PostgreSQL on a unix socket only, over its own data folder, making the cluster on first use.
 * Works as root and as a plain user; the server ends with this process, even when that is killed.
 * @throws StoreError `database_in_use` when another server already runs on the same folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const binaries = await findPostgresBinaries()
  const dataDir = resolve(options.folder, 'postgres')
  const socketDir = socketFolder(options.folder)
  const launch = chooseLaunch()
  await prepareFolders([dataDir, socketDir], launch)
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await makeCluster(binaries, dataDir, launch, options.throwAway === true)
  const child = launchServer(binaries, dataDir, socketDir, launch, options.throwAway === true)
  const address = { socketDir, database: DATABASE }
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()))
  await waitUntilReady(child, { socketDir, database: 'postgres' })
  try {
    await ensureDatabase(socketDir)
  } catch (error) {
    await stopServer(child, ended)
    throw asStoreError(error)
  }
  return { address, ended, stop: () => stopServer(child, ended) }
}

/** Where the socket of the server over `folder` is: also how the command line finds a running one. */
export function socketFolder(folder: string): string {
  const inside = resolve(folder, 'run')
  if (inside.length <= LONGEST_SOCKET_FOLDER) return inside
  return join(tmpdir(), `countenance-${createHash('sha256').update(inside).digest('hex').slice(0, 16)}`)
}

export async function answers(address: DatabaseAddress): Promise<boolean> {
  const client = new pg.Client({ host: address.socketDir ?? '', database: address.database ?? DATABASE, user: 'app' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

interface Launch {
  /** Words put before the program. */
  readonly asServer: readonly string[]
  readonly asTool: readonly string[]
  /** The unprivileged account to run as, when a user namespace is not to be had. */
  readonly account?: { readonly uid: number; readonly gid: number }
}

const NOBODY = 65_534
const NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000']

/** PostgreSQL refuses to run as root: a user namespace, or failing that another account, hides it. */
function chooseLaunch(): Launch {
  const tether = works(['setpriv', '--pdeathsig', 'INT', 'true']) ? ['setpriv', '--pdeathsig', 'INT'] : []
  if (process.getuid?.() !== 0) return { asServer: tether, asTool: [] }
  if (works([...NAMESPACE, 'true'])) return { asServer: [...tether, ...NAMESPACE], asTool: NAMESPACE }
  return { asServer: [], asTool: [], account: { uid: NOBODY, gid: NOBODY } }
}

function works(words: readonly string[]): boolean {
  return spawnSync(words[0] as string, words.slice(1), { stdio: 'ignore' }).status === 0
}

async function prepareFolders(folders: readonly string[], launch: Launch): Promise<void> {
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      if (launch.account !== undefined) await chown(folder, launch.account.uid, launch.account.gid)
    } catch (cause) {
      const remedy = 'Make it writable for this account, or set COUNTENANCE_DATA to another folder.'
      throw new StoreError('database_unavailable', `The folder ${folder} cannot be made or used.`, remedy, cause)
    }
  }
}

/** Beside its place first, so that a cluster whose making was cut off is never taken for a whole one. */
async function makeCluster(
  binaries: PostgresBinaries,
  dataDir: string,
  launch: Launch,
  throwAway: boolean,
): Promise<void> {
  const draft = `${dataDir}.new`
  await rm(draft, { recursive: true, force: true })
  await prepareFolders([draft], launch)
  initialise(binaries, draft, launch, throwAway)
  await rename(draft, dataDir).catch((cause: unknown) => {
    const remedy = 'Empty that folder if nothing in it is needed, or set COUNTENANCE_DATA to another one.'
    throw new StoreError('database_unavailable', `The folder ${dataDir} holds something else.`, remedy, cause)
  })
}

function initialise(binaries: PostgresBinaries, dataDir: string, launch: Launch, throwAway: boolean): void {
  const words = [...launch.asTool, binaries.initdb, '-D', dataDir, '-U', 'app', '-A', 'trust', '-E', 'UTF8']
  words.push('--locale=C.UTF-8', '--data-checksums', ...(throwAway ? ['--no-sync'] : []))
  const run = spawnSync(words[0] as string, words.slice(1), { encoding: 'utf8', ...launch.account })
  if (run.status === 0) return
  const full = /No space left|Disk quota/i.test(run.stderr ?? '')
  throw new StoreError(
    full ? 'disk_full' : 'database_unavailable',
    full
      ? `The disk of ${dataDir} is full, so PostgreSQL could not prepare its data folder.`
      : `PostgreSQL could not prepare its data folder ${dataDir}: ${reasonIn(run.stderr ?? '') || String(run.error)}.`,
    full ? 'Free at least 200 MB there and start again.' : 'Check that the folder is empty and writable.',
  )
}

function launchServer(
  binaries: PostgresBinaries,
  dataDir: string,
  socketDir: string,
  launch: Launch,
  throwAway: boolean,
): ChildProcess & { lastWords?: string } {
  const settings = ['listen_addresses=', `unix_socket_directories=${socketDir}`, 'unix_socket_permissions=0700']
  settings.push('max_connections=60', 'log_min_messages=warning', ...(throwAway ? ['fsync=off'] : []))
  const words = [...launch.asServer, binaries.postgres, '-D', dataDir, ...settings.flatMap((one) => ['-c', one])]
  const child: ChildProcess & { lastWords?: string } = spawn(words[0] as string, words.slice(1), {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C at a terminal must reach only us, who let acts finish and then stop it.
    detached: true,
    ...launch.account,
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    child.lastWords = `${child.lastWords ?? ''}${text}`.slice(-2000)
  })
  child.on('error', (error) => {
    child.lastWords = String(error)
  })
  return child
}

async function waitUntilReady(child: ChildProcess & { lastWords?: string }, address: DatabaseAddress): Promise<void> {
  const limit = Date.now() + START_SECONDS * 1000
  let gone = false
  child.once('exit', () => {
    gone = true
  })
  while (Date.now() < limit && !gone) {
    if (await answers(address)) {
      // A server of somebody else may answer on the same socket while ours is about to give up.
      await sleep(60)
      if (!gone) return
    }
    await sleep(20)
  }
  child.kill('SIGINT')
  throw startError(child.lastWords ?? '')
}

function startError(words: string): StoreError {
  if (/lock file .* already exists|already in use|could not lock/.test(words)) {
    return new StoreError(
      'database_in_use',
      'Countenance is already running on this data folder.',
      'Use the running one, stop it first, or set COUNTENANCE_DATA to another folder.',
    )
  }
  if (/No space left|Disk quota/i.test(words)) {
    const remedy = 'Free at least 200 MB there and start again; the data is kept.'
    return new StoreError('disk_full', 'PostgreSQL did not start: the disk of its data folder is full.', remedy)
  }
  return new StoreError(
    'database_unavailable',
    `PostgreSQL did not start: ${reasonIn(words) || `no answer within ${START_SECONDS} seconds`}.`,
    'Mend that, and restore the data folder from a backup if it is damaged.',
  )
}

async function ensureDatabase(socketDir: string): Promise<void> {
  const client = new pg.Client({ host: socketDir, database: 'postgres', user: 'app' })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

/** SIGINT is PostgreSQL's fast shutdown: transactions roll back, data is flushed. */
async function stopServer(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
  await ended
}

/** What went wrong; the lines after it are hints and what was removed. */
function reasonIn(text: string): string {
  return /(?:error|fatal|panic): *(.+)/i.exec(text)?.[1]?.trim() ?? lastLine(text)
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
