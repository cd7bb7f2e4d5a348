import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, ROOT, type RunningServer, sampleFile, startServer } from '../running-server.ts'

/** What goes wrong around a running system: starts cut off, keys lost, files that are no photographs. */
let folder = ''
let server: RunningServer
let rivera: Person
let face: Buffer

interface Run {
  readonly child: ChildProcess
  readonly said: () => string
  readonly ended: Promise<number | null>
}

function start(settings: Readonly<Record<string, string>>): Run {
  const env = { ...process.env, COUNTENANCE_DATA: folder, COUNTENANCE_OPEN: 'no', COUNTENANCE_PORT: '0', ...settings }
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  return { child, said: () => said, ended: new Promise((settle) => child.once('close', settle)) }
}

async function until(run: Run, words: RegExp): Promise<void> {
  let over = false
  run.ended.then(() => {
    over = true
  })
  while (!words.test(run.said()) && !over) await new Promise((settle) => setTimeout(settle, 20))
}

/** Starts and expects an end with one line: a sentence, no stack. */
async function refusedStart(settings: Readonly<Record<string, string>>): Promise<string> {
  const run = start(settings)
  expect(await run.ended).toBe(1)
  const lines = run.said().trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^[A-Z0-9].*\.$/)
  return lines[0] ?? ''
}

function processesOn(path: string): string {
  return execFileSync('ps', ['-eo', 'pid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(path) && !/^ *\d+ +Z/.test(line))
    .join('\n')
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countenance-bad-'))
  const [first = ''] = (await readdir(sampleFile('second-day'))).filter((name) => name.endsWith('.jpg'))
  face = await readFile(sampleFile('second-day', first))
  const cut = start({})
  await until(cut, /enrolled: [1-9]/)
  cut.child.kill('SIGTERM')
  expect(await cut.ended).toBe(0)
  expect(cut.said()).toContain('The next start goes on')
  server = await startServer({ COUNTENANCE_DATA: folder })
  rivera = await server.signIn('rivera')
}, 180_000)
afterAll(() => server?.stop())

describe('a first start cut off in the middle', () => {
  it('goes on at the next: every person can sign in, every photograph is there, nothing is there twice', async () => {
    const rows = (await readFile(sampleFile('bookings.csv'), 'utf8')).trim().split('\n').length - 1
    const duarte = await server.signIn('duarte')
    const sources = (await duarte.get('/api/gallery')).body.sources
    expect(sources).toEqual([expect.objectContaining({ bookings: rows })])
    for (const name of ['novak', 'okafor', 'lindqvist', 'tanaka', 'moss', 'haddad', 'keller', 'brandt']) {
      await server.signIn(name)
    }
    const haddad = await server.signIn('haddad')
    const log = (await haddad.get('/api/log/export')).bytes.toString()
    expect(log.match(/"act":"agency.registered"/g)).toHaveLength(2)
    expect(log.match(/"act":"booking.enrolled"/g)).toHaveLength(rows)
    expect(log).not.toContain('"act":"booking.refused"')
  })
})

describe('a file that is no probe', () => {
  it.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ['of 0 bytes', () => Buffer.alloc(0), 'empty_file'],
    ['of another type', () => Buffer.from('GIF89a, or so it says'), 'unsupported_type'],
    ['a truncated JPEG', () => face.subarray(0, face.length / 2), 'unreadable_image'],
    ['a PNG of 30,000 x 30,000', hugePng, 'image_too_large'],
    ['without a face', () => sharp(canvas(400)).jpeg().toBuffer(), 'no_face'],
  ])('%s is refused with a sentence and a remedy', async (_what, make, code) => {
    const answer = await rivera.upload('/api/probes', await make())
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.body).toMatchObject({ code, detail: expect.stringMatching(/^[A-Z].*\.$/) })
  })

  it('five faces: all are found, from left to right, for the investigator to choose', async () => {
    const one = await sharp(face).resize(400, 400, { fit: 'cover' }).toBuffer()
    const row = Array.from({ length: 5 }, (_, at) => ({ input: one, left: at * 400, top: 0 }))
    const answer = await rivera.upload('/api/probes', await sharp(canvas(2000)).composite(row).jpeg().toBuffer())
    const lefts = answer.body.faces.map((found: { box: { x: number } }) => found.box.x)
    expect(lefts).toHaveLength(5)
    expect(lefts).toEqual(lefts.toSorted((a: number, b: number) => a - b))
  })

  it('lying on its side by EXIF: it is turned upright, and that is recorded', async () => {
    const { width, height } = await sharp(face).metadata()
    const turned = await sharp(face).rotate(270).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const answer = await rivera.upload('/api/probes', turned)
    expect(answer.body).toMatchObject({ exifOrientation: 6, width, height })
  })
})

describe('a start that cannot be made', () => {
  it('on data that a running server uses', async () => {
    expect(await refusedStart({})).toContain('already running')
  })

  it('after a kill leaves no process behind; with a key lost it says which, and with the key it starts', async () => {
    await server.kill('SIGKILL')
    for (let turn = 0; turn < 100 && processesOn(folder) !== ''; turn += 1) {
      await new Promise((settle) => setTimeout(settle, 50))
    }
    expect(processesOn(folder)).toBe('')
    const key = join(folder, 'keys', 'agency.key')
    await rename(key, `${key}.away`)
    expect(await refusedStart({})).toContain('agency.key is not there')
    await rename(`${key}.away`, key)
    const log = join(folder, 'keys', 'log.key')
    await rename(log, `${log}.away`)
    expect(await refusedStart({})).toContain('log.key is not there')
    await rename(`${log}.away`, log)
    const again = start({})
    await until(again, /is ready/)
    again.child.kill('SIGTERM')
    expect(await again.ended).toBe(0)
    expect(again.said()).not.toContain('database ended')
  })

  it('on a port that is taken, at an address of another machine, without weights, in a folder that cannot be made', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((settle) => taken.once('listening', settle))
    const { port } = taken.address() as { port: number }
    expect(await refusedStart({ COUNTENANCE_PORT: String(port) })).toContain('COUNTENANCE_PORT')
    taken.close()
    expect(await refusedStart({ COUNTENANCE_HOST: '203.0.113.9' })).toContain('COUNTENANCE_HOST')
    expect(await refusedStart({ COUNTENANCE_WEIGHTS: join(folder, 'none') })).toContain('fetch-weights')
    expect(await refusedStart({ COUNTENANCE_DATA: '/dev/null/data' })).toContain('COUNTENANCE_DATA')
    await rm(folder, { recursive: true, force: true })
  })
})

function canvas(width: number) {
  return { create: { width, height: 400, channels: 3, background: '#888888' } } as const
}

/** A PNG whose header says 30,000 x 30,000. */
async function hugePng(): Promise<Buffer> {
  const png = await sharp(canvas(8)).png().toBuffer()
  png.writeUInt32BE(30_000, 16)
  png.writeUInt32BE(30_000, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}
