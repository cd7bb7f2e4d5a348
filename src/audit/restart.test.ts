import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../base/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { append } from './append.ts'
import { COMPLETED, RECEIVED, STARTED } from './entries.fixture.ts'
import type { UncheckedEntry } from './entry.ts'
import { ORIGIN, SEED } from './export.fixture.ts'
import { openLog } from './open-log.ts'
import { verifyExport } from './verify-export.ts'

const NOBODY = { agency: null }
const clock = fixedClock('2026-11-22T15:24:03.170Z')

let store: TestStore

beforeAll(async () => {
  store = await openTestStore()
})

afterAll(() => store.close())

/** The log as a server started anew opens it. */
const start = (signingKey: Uint8Array = SEED, origin = ORIGIN) => openLog(store, { origin, signingKey, clock })

async function write(count: number): Promise<void> {
  for (let entry = 0; entry < count; entry += 1) {
    await store.transaction(NOBODY, (tx) => append(tx, { clock }, entry % 2 === 0 ? RECEIVED : COMPLETED))
  }
}

async function exported(log: ReturnType<typeof openLog>): Promise<string> {
  let file = ''
  for await (const line of log.exportLog(null)) file += line
  return file
}

describe('after a restart', () => {
  it('with the same key, each checkpoint extends every one before it', async () => {
    const notes: string[] = []
    for (const more of [1, 6, 2, 13, 1]) {
      await write(more)
      notes.push((await start().checkpoint()).note)
    }
    const log = start()
    const file = await exported(log)
    for (const earlierCheckpoint of notes) {
      const report = await verifyExport([file], { verifierKey: log.verifierKey, earlierCheckpoint })
      expect(report).toMatchObject({ ok: true, faults: [] })
    }
  })

  it('with the same key, a size signed before keeps its note', async () => {
    const before = await start().checkpoint()
    clock.advance(60_000)
    expect(await start().checkpoint()).toEqual(before)
  })

  it.each([
    ['another key', Buffer.alloc(32, 9), ORIGIN],
    ['another name', SEED, 'elsewhere.example/log'],
  ])('with %s nothing is signed, proved or exported', async (_what, key, origin) => {
    const size = (await start().checkpoint()).size
    const impostor = start(key, origin)
    await expect(impostor.checkpoint()).rejects.toMatchObject({ code: 'checkpoint_untrusted' })
    await expect(impostor.proof(0)).rejects.toMatchObject({ code: 'checkpoint_untrusted' })
    await expect(exported(impostor)).rejects.toMatchObject({ code: 'checkpoint_untrusted' })
    expect((await start().checkpoint()).size).toBe(size)
    const report = await impostor.verify(null)
    expect(report).toMatchObject({ ok: false, faults: [{ code: 'checkpoint_untrusted' }] })
  })

  it('an export made while others write holds exactly what was signed', async () => {
    const log = start()
    const writing = write(30)
    const files = await Promise.all([exported(log), exported(start()), exported(log)])
    await writing
    for (const file of files) {
      const report = await verifyExport([file], { verifierKey: log.verifierKey })
      expect(report).toMatchObject({ ok: true, size: file.trim().split('\n').length - 1 })
    }
    expect(await log.verify(null)).toMatchObject({ ok: true })
  })
})

describe('an entry that the log cannot carry is refused, and nothing of it is kept', () => {
  const facts = (changes: object) => ({ ...RECEIVED, facts: { ...RECEIVED.facts, ...changes } })
  const suspended = (reason: unknown) => ({ ...RECEIVED, act: 'account.suspended', facts: { reason } })

  it.each<readonly [string, object]>([
    ['a text of 2,001 characters', suspended('x'.repeat(2001))],
    ['a text of a megabyte', suspended('x'.repeat(1_000_000))],
    ['a text with NUL', suspended('a\u0000')],
    ['half a character', suspended('\ud800')],
    ['a code of 201 characters', { ...STARTED, facts: { version: 'x'.repeat(201) } }],
    ['a code of two lines', { ...STARTED, facts: { version: '1\n2' } }],
    ['a code with a line separator', { ...STARTED, facts: { version: '1\u20282' } }],
    ['a list of 501', { ...RECEIVED, act: 'account.opened', facts: { roles: Array(501).fill('examiner') } }],
    ['a count below nothing', facts({ faces: -1 })],
    ['half a count', facts({ faces: 0.5 })],
    ['a count beyond what is exact', facts({ faces: 2 ** 53 })],
    ['no number', facts({ faces: Number.NaN })],
    ['a digest in capitals', facts({ imageDigest: 'AB'.repeat(32) })],
    ['a digest that is short', facts({ imageDigest: 'ab' })],
    ['a fact nobody registered', facts({ name: 'Jo' })],
    ['a fact too few', { ...RECEIVED, facts: { faces: 1 } }],
    ['an actor with a space', { ...RECEIVED, actor: 'acct 1' }],
    ['an id of 201 characters', { ...RECEIVED, about: 'x'.repeat(201) }],
    ['an act nobody registered', { ...RECEIVED, act: 'probe.sold' }],
    ['an inherited name as act', { ...RECEIVED, act: 'constructor' }],
  ])('%s', async (_what, entry) => {
    const before = (await start().checkpoint()).size
    const attempt = store.transaction(NOBODY, (tx) =>
      append(tx, { clock }, entry as UncheckedEntry as unknown as typeof RECEIVED),
    )
    await expect(attempt).rejects.toMatchObject({ code: 'entry_unfit' })
    expect((await start().checkpoint()).size).toBe(before)
  })

  it('what just fits is carried, whole', async () => {
    const reason = '😀'.repeat(1000)
    const entry = { ...RECEIVED, act: 'account.suspended', facts: { reason } } as const
    await store.transaction(NOBODY, (tx) => append(tx, { clock }, entry))
    const [newest] = (await start().entries({ limit: 1 }, null)).entries
    expect(newest?.facts).toEqual({ reason })
    expect(newest?.sentence).toContain(reason)
  })
})
