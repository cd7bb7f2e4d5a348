import { spawn } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { append } from './audit/index.ts'
import { openRooms, type Rooms } from './compose.ts'
import type { Settings } from './config.ts'
import { closeServer, createServer, type Incident } from './http/index.ts'
import { issueMissingLeads } from './leads/index.ts'
import { listDirectives } from './policy/index.ts'
import { isUntouched, loadSampleCounty, readSampleSignIns } from './sample-county.ts'

const PORTS_TO_TRY = 20
const VERSION = '0.1.0'

/** Starts everything with embedded defaults, prints where the console is, and runs until it is told to stop. */
export async function serve(settings: Settings): Promise<void> {
  const started = performance.now()
  const rooms = await openRooms(settings, { attach: false })
  await noteStart(rooms)
  if (settings.sampleCounty && (await isUntouched(rooms))) await loadWithProgress(rooms)
  listDirectives()
  await issueMissingLeads(rooms)
  const server = await createServer({
    ...rooms,
    version: VERSION,
    webDir: settings.webDir,
    secureCookies: settings.secureCookies,
    onIncident: reportIncident,
  })
  const url = await listen(server, settings)
  await announce(rooms, url, performance.now() - started)
  await untilStopped(rooms)
  await closeServer(server)
  await rooms.close()
}

/** The client got the number alone; the operator finds the cause under it. */
function reportIncident(incident: Incident): void {
  console.error(`${incident.id} ${incident.method} ${incident.url}`, incident.error)
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
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
  throw Object.assign(new Error(`Port ${settings.port} is in use.`), {
    code: 'port_in_use',
    remedy: 'Stop what uses it or set COUNTENANCE_PORT to another one.',
  })
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

function untilStopped(rooms: Rooms): Promise<void> {
  const signal = new Promise<void>((settle) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => settle())
  })
  const lost = rooms.databaseEnded.then(() => {
    console.error('The embedded database ended, so Countenance stops too. Start it again; the data is kept.')
    process.exitCode = 1
  })
  return Promise.race([signal, lost])
}
