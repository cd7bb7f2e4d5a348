import { spawn } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { append } from './audit/index.ts'
import { openRooms, type Rooms } from './compose.ts'
import { ConfigError, type Settings } from './config.ts'
import type { TemplateCoverage } from './gallery/index.ts'
import { closeServer, createServer, type Incident } from './http/index.ts'
import { issueMissingLeads } from './leads/index.ts'
import { completeGallery, followOperatingPoint } from './operating-point.ts'
import { listDirectives } from './policy/index.ts'
import { loadSampleCounty, readSampleSignIns, sampleIsWanted } from './sample-county.ts'
import { readShippedReports } from './transparency/index.ts'

const PORTS_TO_TRY = 20
const VERSION = '0.1.0'

/** Starts everything with embedded defaults, prints where the console is, and runs until it is told to stop. */
export async function serve(settings: Settings): Promise<void> {
  const started = performance.now()
  const stopped = stopSignal()
  const rooms = await openRooms(settings, { attach: false })
  const integrator = await rooms.log.startIntegrator({ onTrouble: reportAlarm, onWitnessAway: console.error })
  try {
    await serveRooms(rooms, settings, started, stopped)
  } finally {
    await integrator.stop()
    await rooms.close()
  }
}

async function serveRooms(rooms: Rooms, settings: Settings, started: number, stopped: Promise<'stopped'>) {
  await noteStart(rooms)
  if (settings.sampleCounty && (await sampleIsWanted(rooms))) {
    const loading = loadWithProgress(rooms)
    loading.catch(() => undefined)
    if ((await Promise.race([loading, stopped])) === 'stopped') {
      console.log('Stopped. The next start goes on loading the sample county.')
      return
    }
  }
  listDirectives()
  await issueMissingLeads(rooms)
  await completeGallery(rooms, sayCoverage)
  await rooms.sweepIndexes()
  // The index is ready before the first search asks for it; one that cannot be built is told again by that search.
  rooms.gallery.size().catch(reportIndexTrouble)
  const leave = new AbortController()
  const following = followOperatingPoint({ ...rooms, onTrouble: reportTrouble }, leave.signal)
  const server = await createServer({
    ...rooms,
    reports: await readShippedReports(),
    version: VERSION,
    webDir: settings.webDir,
    secureCookies: settings.secureCookies,
    onIncident: reportIncident,
  })
  try {
    const url = await listen(server, settings)
    await announce(rooms, url, performance.now() - started)
    await untilStopped(rooms, stopped)
  } finally {
    leave.abort()
    await closeServer(server)
    await following
  }
}

/** Only when templates had to be made: a new version may bring another model. */
function sayCoverage({ bookings, templates, failed, missing }: TemplateCoverage): void {
  const finished = templates + failed
  if (missing > 0 && finished % 100 === 0) console.log(`  templates for this version: ${finished} of ${bookings}`)
}

function reportIndexTrouble(error: unknown): void {
  console.error(`The search index is not ready and is tried again at the first search.\n${traceOf(error)}`)
}

function reportTrouble(error: unknown): void {
  console.error(`The change of model could not go on and is tried again.\n${traceOf(error)}`)
}

function reportAlarm(error: unknown): void {
  console.error(`The audit log cannot be written, so no act is possible until it can.\n${traceOf(error)}`)
}

/** The client got the number alone; the operator finds the cause under it. */
function reportIncident(incident: Incident): void {
  const path = incident.url.split('?')[0] ?? ''
  console.error(`${incident.id} ${incident.method} ${path}\n${traceOf(incident.error)}`)
}

/** Where it happened and what kind it was. A database's own words quote the row, and rows are about people. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const stack = error.stack ?? error.message
  const below = error.cause === undefined ? '' : `\ncaused by ${traceOf(error.cause)}`
  if (!('severity' in error)) return `${stack}${below}`
  const { code, table, constraint } = error as { code?: unknown; table?: unknown; constraint?: unknown }
  const frames = stack.split('\n').filter((line) => /^ +at /.test(line))
  return [`database error ${code}, table ${table}, constraint ${constraint}`, ...frames].join('\n')
}

type Server = Awaited<ReturnType<typeof createServer>>

async function noteStart(rooms: Rooms): Promise<void> {
  const { id, dimension } = rooms.engine.model
  await rooms.store.transaction({ agency: null }, async (tx) => {
    const common = { actor: null, agency: null, about: null }
    await append(tx, rooms, { ...common, act: 'server.started', facts: { version: VERSION } })
    await append(tx, rooms, { ...common, act: 'engine.loaded', facts: { model: id, dimension } })
  })
}

async function loadWithProgress(rooms: Rooms): Promise<void> {
  console.log('First run: loading the sample county (rendered faces; none of these people exists).')
  const draw = process.stdout.isTTY === true
  let last = 0
  await loadSampleCounty(rooms, ({ done, total }) => {
    if (draw) process.stdout.write(`\r  booking photographs enrolled: ${done} of ${total} `)
    else if (done === total || done - last >= 20) console.log(`  booking photographs enrolled: ${done} of ${total}`)
    if (done - last >= 20) last = done
  })
  if (draw) process.stdout.write('\n')
}

/** The named port or nothing; the default port or the next free one. */
async function listen(server: Server, settings: Settings): Promise<string> {
  const tries = settings.portNamed ? 1 : PORTS_TO_TRY
  for (let offset = 0; offset < tries; offset += 1) {
    try {
      await server.listen({ host: settings.host, port: settings.port + offset })
      return `http://${settings.host}:${(server.server.address() as AddressInfo).port}`
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw listenError(error, settings)
    }
  }
  const ports = tries === 1 ? `Port ${settings.port} is` : `Ports ${settings.port} to ${settings.port + tries - 1} are`
  throw new ConfigError(`${ports} in use. Stop what uses it or set COUNTENANCE_PORT to another one.`)
}

function listenError(error: unknown, { host, port }: Settings): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'EACCES')
    return new ConfigError(`Port ${port} is not for this account; set COUNTENANCE_PORT above 1023.`)
  if (!['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'].includes(code)) return error
  return new ConfigError(`${host} is no address of this machine; correct COUNTENANCE_HOST or remove it.`)
}

async function announce(rooms: Rooms, url: string, milliseconds: number): Promise<void> {
  const signIns = await readSampleSignIns(rooms.settings.dataDir)
  const width = Math.max(0, ...signIns.map((one) => one.username.length))
  const lines = signIns.map((one) => `  ${one.username.padEnd(width)}  ${one.password}  ${one.role}`)
  console.log(`\nCountenance is ready after ${(milliseconds / 1000).toFixed(1)} s:  ${url}\n`)
  if (lines.length > 0) console.log(`Sample sign-ins (for looking around; they work only here):\n${lines.join('\n')}\n`)
  console.log('Stop with Ctrl-C; the data stays.')
  if (rooms.settings.openBrowser && process.stdout.isTTY === true) openBrowser(url)
}

/** Opens the console for a person at a desktop; never for scripts. */
function openBrowser(url: string): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open'
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

/** Listens from the first moment on; a second signal ends the process at once. */
function stopSignal(): Promise<'stopped'> {
  return new Promise((settle) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => settle('stopped'))
  })
}

async function untilStopped(rooms: Rooms, stopped: Promise<'stopped'>): Promise<void> {
  const lost = rooms.databaseEnded.then(() => 'lost' as const)
  if ((await Promise.race([stopped, lost])) !== 'lost') return
  console.error('The embedded database ended, so Countenance stops too. Start it again; the data is kept.')
  process.exitCode = 1
}
