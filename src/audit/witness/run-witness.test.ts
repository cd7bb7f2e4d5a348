import { readdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixedClock } from '../../base/index.ts'
import { acceptCosignatures, checkpointText, encodeAddCheckpoint, noteSigner, parseWitnessKey } from '../tlog/index.ts'
import { known, logSigner, MemoryLog, ORIGIN, TIME } from '../tlog/log.fixture.ts'
import { type RunningWitness, runWitness, type WitnessOptions } from './run-witness.ts'
import { bodyOf, decisions, newFolder, noteOf, post } from './witness.fixture.ts'
import { WitnessError } from './witness-error.ts'
import { MOST_BODY_BYTES } from './witness-server.ts'

const clock = fixedClock(new Date(TIME * 1000).toISOString())
const impostor = noteSigner(ORIGIN, Buffer.alloc(32, 9))

let folder = ''
let remove: () => Promise<void>
let log: MemoryLog
let fork: MemoryLog
let witness: RunningWitness
let warned: string[] = []

const options = (): WitnessOptions => ({
  folder: join(folder, 'witness'),
  listen: '127.0.0.1:0',
  logs: [logSigner.verifierKey],
  name: 'witness.example/w',
  clock,
  warn: (sentence) => warned.push(sentence),
  requestMs: 200,
})
beforeEach(async () => {
  const made = await newFolder()
  folder = made.path
  remove = made.remove
  log = await MemoryLog.of(20)
  fork = await MemoryLog.of(5)
  await fork.grow(Array.from({ length: 15 }, (_, place) => Buffer.from(`rewritten ${place}`)))
  warned = []
  witness = await runWitness(options())
})
afterEach(async () => {
  await witness.close()
  await remove()
})

const ask = async (from: number, to: number, of = log, signer = logSigner) => {
  const response = await post(witness.url, await bodyOf(of, signer, from, to))
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
}
const evidence = () => readdir(join(folder, 'witness', 'evidence'))
const outcomes = async () => (await decisions(join(folder, 'witness'))).map((line) => line.outcome)

describe('a running witness', () => {
  it('cosigns a log as it grows, with the time', async () => {
    const key = known(parseWitnessKey(witness.verifierKey))
    for (const [from, to] of [
      [0, 3],
      [3, 3],
      [3, 20],
    ] as const) {
      const { status, type, body } = await ask(from, to)
      expect([status, type]).toEqual([200, 'text/plain; charset=utf-8'])
      expect(acceptCosignatures(await noteOf(log, logSigner, to), body, [key])).not.toBeNull()
    }
    expect(await decisions(join(folder, 'witness'))).toEqual([
      { time: '2026-11-18T11:06:40.00Z', origin: ORIGIN, old: null, new: 3, outcome: 'cosigned' },
      { time: '2026-11-18T11:06:40.00Z', origin: ORIGIN, old: 3, new: 3, outcome: 'cosigned' },
      { time: '2026-11-18T11:06:40.00Z', origin: ORIGIN, old: 3, new: 20, outcome: 'cosigned' },
    ])
    expect(warned).toEqual([])
  })

  it.each<[string, number, string, string, () => Promise<string>]>([
    ['nothing', 400, 'text/plain', 'malformed', async () => ''],
    ['a checkpoint without the old size', 400, 'text/plain', 'malformed', () => noteOf(log, logSigner, 9)],
    ['an old size above the new', 400, 'text/plain', 'malformed', () => bodyOf(log, logSigner, 9, 8)],
    ['a key it does not trust', 403, 'text/plain', 'bad_signature', () => bodyOf(log, impostor, 8, 9)],
    ['a log it does not know', 404, 'text/plain', 'unknown_log', async () => otherLog()],
    ['a log it does not trust, forked', 403, 'text/plain', 'bad_signature', () => bodyOf(fork, impostor, 8, 9)],
    ['an older size than it knows', 409, 'text/x.tlog.size', 'conflict_old_size', () => bodyOf(log, logSigner, 7, 9)],
    ['a later size than it knows', 409, 'text/x.tlog.size', 'conflict_old_size', () => bodyOf(log, logSigner, 9, 9)],
    ['an old checkpoint again', 409, 'text/x.tlog.size', 'conflict_old_size', () => bodyOf(log, logSigner, 0, 6)],
    ['another tree of its size', 409, 'text/plain', 'conflict_root', () => bodyOf(fork, logSigner, 8, 8)],
    ['a fork with the right key', 422, 'text/plain', 'bad_proof', () => bodyOf(fork, logSigner, 8, 12)],
  ])('that knows 8 answers %s with %i %s', async (_what, status, type, outcome, body) => {
    await ask(0, 8)
    const response = await post(witness.url, await body())
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain(type)
    const said = await response.text()
    if (outcome === 'conflict_old_size') expect(said).toBe('8\n')
    expect(said).not.toContain('—')
    expect(await outcomes()).toEqual(['cosigned', outcome])
    expect((await ask(8, 9)).status).toBe(200)
  })

  it('answers other paths and methods as they are', async () => {
    const status = async (path: string, method: string) => (await fetch(`${witness.url}${path}`, { method })).status
    expect(await status('/add-checkpoint', 'GET')).toBe(405)
    expect(await status('/', 'POST')).toBe(405)
    expect(await status('/state', 'GET')).toBe(404)
  })

  it('says who it is and how far it has seen', async () => {
    const read = async () => (await fetch(witness.url)).text()
    expect(await read()).toContain(`${ORIGIN} none`)
    await ask(0, 8)
    expect(await read()).toBe(
      `witness witness.example/w\nkey ${witness.verifierKey}\n\nlogs, and the size cosigned last:\n${ORIGIN} 8\n`,
    )
  })

  it('remembers over a restart, and never cosigns an older or another tree', async () => {
    const { verifierKey } = witness
    await ask(0, 8)
    await witness.close()
    witness = await runWitness(options())
    expect(witness.verifierKey).toBe(verifierKey)
    expect(await ask(0, 8)).toMatchObject({ status: 409, body: '8\n' })
    expect((await ask(8, 12, fork)).status).toBe(422)
    expect((await ask(8, 12)).status).toBe(200)
  })

  it('goes on with the new key of a log', async () => {
    await ask(0, 8)
    await witness.close()
    const file = join(folder, 'logs')
    await writeFile(file, `# the county\n\n${logSigner.verifierKey}\n${impostor.verifierKey}\n`)
    witness = await runWitness({ ...options(), logs: [file] })
    expect((await ask(8, 9, log, impostor)).status).toBe(200)
    expect((await ask(9, 10)).status).toBe(200)
  })

  it('cosigns one of two that ask for different trees at once', async () => {
    await ask(0, 5)
    const answers = await Promise.all([ask(5, 12), ask(5, 12, fork), ask(5, 13), ask(5, 14, fork)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    expect(await outcomes()).toHaveLength(5)
  })
})

describe('a split view', () => {
  const kept = async () => {
    const names = await evidence()
    return Promise.all(
      names.map(async (name) => JSON.parse(await readFile(join(folder, 'witness', 'evidence', name), 'utf8'))),
    )
  }

  it('is found on the first exchange; both notes are kept once and told', async () => {
    await ask(0, 8)
    for (let time = 0; time < 2; time += 1) expect((await ask(8, 8, fork)).status).toBe(409)
    const [one, ...more] = await kept()
    expect(more).toEqual([])
    expect(one).toMatchObject({ kind: 'other_root', origin: ORIGIN, refused: await noteOf(fork, logSigner, 8) })
    expect(one.cosigned).toContain((await noteOf(log, logSigner, 8)).trimEnd())
    expect(warned[0]).toMatch(/^SPLIT VIEW: .* another tree of size 8\. It is kept in /)
    expect(warned[1]).toContain('kept before')
  })

  it('is found though the request names another old size', async () => {
    await ask(0, 8)
    expect(await ask(0, 8, fork)).toMatchObject({ status: 409, body: '8\n' })
    expect(await kept()).toMatchObject([{ kind: 'other_root' }])
  })

  it('is kept with its proof where a larger tree does not extend', async () => {
    await ask(0, 8)
    await ask(8, 12, fork)
    const proof = (await fork.tree.consistencyProof(8, 12)).map((hash) => Buffer.from(hash).toString('base64'))
    expect(await kept()).toMatchObject([{ kind: 'bad_proof', proof }])
    expect(warned).toEqual([expect.stringContaining('REFUSED')])
  })

  it('is not made up of what the log did not sign, or of what is merely old', async () => {
    await ask(0, 8)
    await ask(8, 8, fork, impostor)
    await ask(0, 6)
    await ask(0, 8)
    expect(await evidence()).toEqual([])
    expect(warned).toEqual([])
  })
})

describe('a bad client', () => {
  it.each([
    ['says so', Buffer.alloc(MOST_BODY_BYTES + 1, 0x61)],
    ['does not say so', new ReadableStream({ pull: (to) => to.enqueue(Buffer.alloc(65_536, 0x61)) })],
  ])('that sends too much and %s gets 413', async (_what, body) => {
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    const answer = await fetch(`${witness.url}/add-checkpoint`, init).then(
      (response) => response.status,
      () => 'ended',
    )
    expect([413, 'ended']).toContain(answer)
    expect((await ask(0, 8)).status).toBe(200)
  })

  it('that sends one byte less is answered as any other', async () => {
    expect((await post(witness.url, Buffer.alloc(MOST_BODY_BYTES, 0x61))).status).toBe(400)
  })

  it.each([
    ['half a head', 'POST /add-checkpoint HTTP/1.1\r\nhost: w'],
    ['half a body', 'POST /add-checkpoint HTTP/1.1\r\nhost: w\r\ncontent-length: 100\r\n\r\nold 0'],
  ])('that sends %s is cut off, and holds nobody up', async (_what, text) => {
    const socket = connect(Number(new URL(witness.url).port), '127.0.0.1')
    let said = ''
    socket.setEncoding('utf8').on('data', (part: string) => {
      said += part
    })
    socket.on('error', () => undefined)
    socket.write(text)
    expect((await ask(0, 8)).status).toBe(200)
    await new Promise((resolve) => socket.once('close', resolve))
    expect(said).toContain('408')
    expect(await outcomes()).toEqual(['cosigned'])
    expect(warned).toEqual([])
  })

  it('that leaves after asking changes nothing that matters', async () => {
    const body = await bodyOf(log, logSigner, 0, 8)
    const socket = connect(Number(new URL(witness.url).port), '127.0.0.1')
    socket.write(
      `POST /add-checkpoint HTTP/1.1\r\nhost: w\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      () => socket.destroy(),
    )
    await new Promise((resolve) => socket.once('close', resolve))
    await witness.close()
    witness = await runWitness(options())
    expect([200, 409]).toContain((await ask(0, 8)).status)
    expect((await ask(8, 9)).status).toBe(200)
  })
})

describe('a witness does not start', () => {
  const codeOf = async (change: Partial<WitnessOptions>) => {
    const outcome = await runWitness({ ...options(), folder: join(folder, 'second'), ...change }).catch(
      (error) => error,
    )
    return outcome instanceof WitnessError ? outcome.code : outcome
  }

  it.each<[string, string, () => Partial<WitnessOptions>]>([
    ['without a log', 'log_unfit', () => ({ logs: [] })],
    ['with a key that is none', 'log_unfit', () => ({ logs: [`${logSigner.verifierKey}x`] })],
    ['with the key of a witness as that of a log', 'log_unfit', () => ({ logs: [witness.verifierKey] })],
    ['with a file that holds anything else', 'log_unfit', () => ({ logs: [import.meta.filename] })],
    ['on an address that is none', 'listen_failed', () => ({ listen: 'localhost' })],
    ['on a port that is none', 'listen_failed', () => ({ listen: 'localhost:65536' })],
    ['on a port that is taken', 'listen_failed', () => ({ listen: witness.url.slice('http://'.length) })],
    ['in a folder that is taken', 'folder_taken', () => ({ folder: join(folder, 'witness') })],
    ['in a folder that is a file', 'folder_unfit', () => ({ folder: import.meta.filename })],
  ])('%s: %s', async (_what, code, change) => {
    expect(await codeOf(change())).toBe(code)
  })

  it('and gives its folder back', async () => {
    expect(await codeOf({ listen: witness.url.slice('http://'.length) })).toBe('listen_failed')
    const second = await runWitness({ ...options(), folder: join(folder, 'second'), listen: '[::1]:0' })
    expect((await fetch(second.url)).status).toBe(200)
    await second.close()
  })
})

function otherLog(): string {
  const origin = 'other.example/log'
  const note = noteSigner(origin, Buffer.alloc(32, 5)).sign(
    checkpointText({ origin, size: 1, root: Buffer.alloc(32, 1) }),
  )
  return encodeAddCheckpoint({ oldSize: 0, proof: [], note })
}
