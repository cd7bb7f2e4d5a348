import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '..')

/** The product as a user starts it: own process, own data folder, sample county loaded. */
export interface RunningServer {
  readonly url: string
  readonly folder: string
  readonly output: () => string
  signIn(username: string): Promise<Person>
  cli(words: readonly string[], username?: string): Promise<CliRun>
  passwordOf(username: string): Promise<string>
  kill(signal: NodeJS.Signals): Promise<number | null>
  stop(): Promise<void>
}

export interface CliRun {
  readonly code: number
  readonly out: string
}

/** One signed-in person at the HTTP API. */
export interface Person {
  readonly token: string
  get(path: string): Promise<Answer>
  send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer>
  upload(path: string, image: Uint8Array, fields?: Readonly<Record<string, string>>): Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly bytes: Buffer
  // Journeys read answers as a client without types would.
  readonly body: Json
}

// biome-ignore lint/suspicious/noExplicitAny: an outside client has no types; each journey asserts what it reads
type Json = any

export function sampleFile(...path: readonly string[]): string {
  return join(ROOT, 'sample', 'county', ...path)
}

export async function startServer(settings: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const folder = settings.COUNTENANCE_DATA ?? (await mkdtemp(join(tmpdir(), 'countenance-journey-')))
  const env = { ...process.env, COUNTENANCE_DATA: folder, COUNTENANCE_PORT: '0', COUNTENANCE_OPEN: 'no', ...settings }
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const url = await readyUrl(child, () => output)
  const passwordOf = (username: string) => samplePassword(folder, username)
  return {
    url,
    folder,
    output: () => output,
    passwordOf,
    signIn: async (username) => signIn(url, username, await passwordOf(username)),
    cli: async (words, username) => runCli(env, words, username === undefined ? '' : await passwordOf(username)),
    kill: (signal) => endWith(child, signal),
    stop: async () => {
      await endWith(child, 'SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function samplePassword(folder: string, username: string): Promise<string> {
  const signIns = JSON.parse(await readFile(join(folder, 'sample-sign-ins.json'), 'utf8')) as readonly {
    username: string
    password: string
  }[]
  return signIns.find((one) => one.username === username)?.password ?? ''
}

function readyUrl(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((settle, reject) => {
    const look = setInterval(() => {
      const url = /ready after .*?(http:\/\/\S+)/.exec(output())?.[1]
      if (url === undefined) return
      clearInterval(look)
      settle(url)
    }, 30)
    child.once('exit', (code) => {
      clearInterval(look)
      reject(new Error(`The server ended with ${code}:\n${output()}`))
    })
  })
}

function endWith(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((settle) => {
    child.once('exit', (code) => settle(code))
    child.kill(signal)
  })
}

function runCli(env: NodeJS.ProcessEnv, words: readonly string[], password: string): Promise<CliRun> {
  const options = { env: { ...env, COUNTENANCE_PASSWORD: password } }
  return new Promise((settle) => {
    execFile(process.execPath, [join(ROOT, 'bin/countenance.mjs'), ...words], options, (error, stdout, stderr) => {
      settle({ code: error === null ? 0 : Number(error.code ?? 1), out: stdout + stderr })
    })
  })
}

async function signIn(url: string, username: string, password: string): Promise<Person> {
  const opened = await call(url, 'POST', '/api/session', { username, password, acknowledged: true })
  if (opened.status >= 300) throw new Error(`${username} could not sign in: ${opened.bytes.toString()}`)
  const token = opened.body.token as string
  return {
    token,
    get: (path) => call(url, 'GET', path, undefined, token),
    send: (method, path, body) => call(url, method, path, body, token),
    upload: async (path, image, fields = {}) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      form.append('image', new Blob([Buffer.from(image)]), 'photo.jpg')
      const headers = { authorization: `Bearer ${token}` }
      return readAnswer(await fetch(`${url}${path}`, { method: 'POST', headers, body: form }))
    },
  }
}

async function call(url: string, method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  if (body !== undefined) headers['content-type'] = 'application/json'
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  return readAnswer(await fetch(`${url}${path}`, init))
}

async function readAnswer(response: Response): Promise<Answer> {
  const bytes = Buffer.from(await response.arrayBuffer())
  const json = response.headers.get('content-type')?.includes('json') === true && !response.url.endsWith('/export')
  return { status: response.status, bytes, body: json ? JSON.parse(bytes.toString()) : null }
}

/** The booking photographs of one sample person, as the custodian sees them. */
export async function bookingPhotographs(custodian: Person, personKey: string): Promise<readonly Buffer[]> {
  const lines = (await readFile(sampleFile('bookings.csv'), 'utf8')).split('\n')
  const numbers = lines.filter((line) => line.includes(personKey)).map((line) => line.split(',')[0])
  const { bookings } = (await custodian.get('/api/gallery/bookings?limit=200')).body
  const own = bookings.filter((one: { bookingNumber: string }) => numbers.includes(one.bookingNumber))
  return Promise.all(own.map(async (one: { imageUrl: string }) => (await custodian.get(one.imageUrl)).bytes))
}
