import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fixedClock } from '../base/index.ts'
import { openTestStore, sql, type TestStore, type Tx } from '../store/index.ts'
import { append } from './append.ts'
import { AuditError } from './audit-error.ts'
import { COMPLETED, RECEIVED, STARTED } from './entries.fixture.ts'
import { ORIGIN, SEED } from './export.fixture.ts'
import { integrate } from './integrate.ts'
import { type AuditLog, openLog } from './open-log.ts'
import { parseCheckpoint } from './tlog/checkpoint.ts'
import { noteSigner, openNote, parseVerifierKey } from './tlog/note.ts'
import { verifyInclusion } from './tlog/proof.ts'
import { verifyExport } from './verify-export.ts'

const NOBODY = { agency: null }
const auditor = { account: 'acct_auditor', agency: 'agcy_1' }
const clock = fixedClock('2026-11-22T15:24:03.170Z')

let store: TestStore
let log: AuditLog
beforeAll(async () => {
  store = await openTestStore()
  log = openLog(store, { origin: ORIGIN, signingKey: SEED, clock })
})
beforeEach(() => tamper((tx) => sql`truncate log_entry, log_node, log_checkpoint`.execute(tx)))
afterAll(() => store.close())

/** Entries that have their places, as a moment after the commit. */
async function write(count: number): Promise<void> {
  for (let entry = 0; entry < count; entry += 1) {
    await store.transaction(NOBODY, (tx) => append(tx, { clock }, entry % 2 === 0 ? RECEIVED : COMPLETED))
  }
  await integrate(store)
}

/** What somebody with the owner's rights over the database could do. */
function tamper(work: (tx: Tx) => Promise<unknown>): Promise<unknown> {
  return store.transaction(NOBODY, async (tx) => {
    await sql`set local role none`.execute(tx)
    for (const table of ['log_entry', 'log_node', 'log_checkpoint']) {
      await sql.raw(`alter table ${table} disable trigger all`).execute(tx)
    }
    await work(tx)
    for (const table of ['log_entry', 'log_node', 'log_checkpoint']) {
      await sql.raw(`alter table ${table} enable trigger all`).execute(tx)
    }
  })
}

const changeEntry = (tx: Tx) =>
  sql`update log_entry set leaf = replace(leaf, '"faces":2', '"faces":1') where seq = 2`.execute(tx)

async function exported(): Promise<string> {
  let file = ''
  for await (const line of log.exportLog(auditor)) file += line
  return file
}

const bytes = (hex: string) => Buffer.from(hex, 'hex')

describe('checkpoint', () => {
  it('is a note that the published key opens', async () => {
    await write(5)
    const checkpoint = await log.checkpoint()
    const verifier = parseVerifierKey(log.verifierKey)
    const opened = openNote(checkpoint.note, verifier ? [verifier] : [])
    expect(opened).toMatchObject({ ok: true, signers: [ORIGIN] })
    expect(parseCheckpoint(opened.ok ? opened.text : '')).toEqual({
      origin: ORIGIN,
      size: 5,
      root: bytes(checkpoint.root),
    })
    expect(checkpoint).toMatchObject({ origin: ORIGIN, size: 5, signedAt: '2026-11-22T15:24:03.17Z' })
  })

  it('can be signed of an empty log, and once only of one size', async () => {
    const empty = await log.checkpoint()
    expect(empty.root).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    clock.advance(60_000)
    expect(await log.checkpoint()).toEqual(empty)
    await write(1)
    expect((await log.checkpoint()).size).toBe(1)
  })

  it('is signed one after the other by any number of servers', async () => {
    const other = openLog(store, { origin: ORIGIN, signingKey: SEED, clock })
    await write(3)
    const [one, two] = await Promise.all([log.checkpoint(), other.checkpoint(), write(4)])
    const last = await log.checkpoint()
    expect(last.size).toBe(7)
    expect([one.size, two.size].every((size) => size >= 3 && size <= 7)).toBe(true)
  })

  it('is not signed for a log that was written anew', async () => {
    await write(6)
    const before = await log.checkpoint()
    await tamper(async (tx) => {
      await sql`delete from log_node`.execute(tx)
      await sql`delete from log_entry`.execute(tx)
    })
    await write(6)
    await expect(log.checkpoint()).resolves.toEqual(before)
    await tamper(async (tx) => {
      await sql`delete from log_node`.execute(tx)
      await sql`delete from log_entry`.execute(tx)
    })
    await store.transaction(NOBODY, (tx) => append(tx, { clock }, STARTED))
    await expect(log.checkpoint()).rejects.toMatchObject({ code: 'log_would_fork' })
    await write(5)
    await expect(log.checkpoint()).rejects.toMatchObject({ code: 'log_would_fork' })
    await write(5)
    await expect(log.checkpoint()).rejects.toBeInstanceOf(AuditError)
  })

  it('is not signed for a log that lost its end', async () => {
    await write(6)
    await log.checkpoint()
    await tamper(async (tx) => {
      await sql`delete from log_entry where seq >= 4`.execute(tx)
      await sql`delete from log_node where (index + 1) * (2 ^ level) > 4`.execute(tx)
    })
    await expect(log.checkpoint()).rejects.toMatchObject({ code: 'log_would_fork' })
  })

  it('is not signed when stored hashes were changed or are gone', async () => {
    await write(6)
    await log.checkpoint()
    await write(1)
    await tamper((tx) => sql`update log_node set hash = sha256('x') where level = 2 and index = 0`.execute(tx))
    await expect(log.checkpoint()).rejects.toMatchObject({ code: 'log_would_fork' })
    await tamper((tx) => sql`delete from log_node where level = 2 and index = 0`.execute(tx))
    await expect(log.checkpoint()).rejects.toMatchObject({ code: 'log_damaged' })
  })

  it('is not signed after a checkpoint that somebody else put there', async () => {
    await write(2)
    const impostor = noteSigner(ORIGIN, Buffer.alloc(32, 8))
    const note = impostor.sign(`${ORIGIN}\n1\n${Buffer.alloc(32).toString('base64')}\n`)
    await store.transaction(NOBODY, (tx) =>
      sql`insert into log_checkpoint (size, note, signed_at) values (1, ${note}, now())`.execute(tx),
    )
    await expect(log.checkpoint()).rejects.toMatchObject({ code: 'checkpoint_untrusted' })
  })

  it('needs a name and a key that can sign', () => {
    const unfit = [
      { origin: 'two words', signingKey: SEED },
      { origin: '', signingKey: SEED },
      { origin: ORIGIN, signingKey: SEED.subarray(1) },
    ]
    for (const options of unfit) {
      expect(() => openLog(store, { ...options, clock })).toThrow(
        expect.objectContaining({ code: 'log_settings_unfit' }),
      )
    }
  })
})

describe('entries', () => {
  it('are listed newest first with sentences, and listing is an entry', async () => {
    await write(3)
    const page = await log.entries({ limit: 2 }, auditor)
    expect(page.size).toBe(3)
    expect(page.entries.map((entry) => entry.seq)).toEqual([2, 1])
    expect(page.entries[0]?.sentence).toContain('handed in probe')
    expect(page.entries[0]?.leafHash).toMatch(/^[0-9a-f]{64}$/)
    const next = await log.entries({ limit: 1 }, auditor)
    expect(next.entries[0]).toMatchObject({
      act: 'log.read',
      actor: 'acct_auditor',
      agency: 'agcy_1',
      facts: { first: 1, last: 2 },
      sentence: 'acct_auditor read entries 1 to 2 of this log.',
    })
  })

  it('are paged without overlap', async () => {
    await write(5)
    const first = await log.entries({ limit: 3 }, auditor)
    const second = await log.entries({ limit: 3, before: first.entries.at(-1)?.seq ?? 0 }, auditor)
    expect([...first.entries, ...second.entries].map((entry) => entry.seq)).toEqual([4, 3, 2, 1, 0])
  })

  it('are found by the record they are about, and by agency', async () => {
    await write(4)
    await store.transaction(NOBODY, (tx) => append(tx, { clock }, STARTED))
    await store.transaction(NOBODY, (tx) => append(tx, { clock }, { ...RECEIVED, agency: 'agcy_2', about: 'prob_2' }))
    const about = await log.entries({ limit: 10, about: 'srch_00000000000000000001' }, auditor)
    expect(about.entries.map((entry) => entry.seq)).toEqual([3, 1])
    const agency = await log.entries({ limit: 10, agency: 'agcy_2' }, null)
    expect(agency.entries.map((entry) => entry.seq)).toEqual([5, 4])
  })

  it('are at most 200 and at least 1 a page, whatever was asked for', async () => {
    await write(3)
    expect((await log.entries({ limit: 0 }, null)).entries).toHaveLength(1)
    expect((await log.entries({ limit: -5 }, null)).entries).toHaveLength(1)
    await store.transaction(NOBODY, async (tx) => {
      for (let more = 0; more < 200; more += 1) await append(tx, { clock }, STARTED)
    })
    expect((await log.entries({ limit: 100_000 }, null)).entries).toHaveLength(200)
  })

  it('leave no entry when there was nothing to read', async () => {
    expect(await log.entries({ limit: 10 }, auditor)).toEqual({ entries: [], size: 0 })
    await write(1)
    expect((await log.entries({ limit: 10, about: 'nothing' }, auditor)).entries).toEqual([])
    expect((await log.checkpoint()).size).toBe(1)
  })

  it('are not given out when one of them cannot be read', async () => {
    await write(3)
    await tamper((tx) => sql`update log_entry set leaf = '{"seq":1,"act":"x"}' where seq = 1`.execute(tx))
    await expect(log.entries({ limit: 10 }, auditor)).rejects.toMatchObject({ code: 'log_damaged' })
  })
})

describe('proof', () => {
  it('shows that an entry is in the signed log', async () => {
    await write(7)
    for (let seq = 0; seq < 7; seq += 1) {
      const outcome = await log.proof(seq)
      if (!outcome.ok) throw new Error(outcome.problem.message)
      const { leafHash, size, root, path, checkpoint } = outcome.value
      expect(verifyInclusion({ index: seq, hash: bytes(leafHash) }, { size, root: bytes(root) }, path.map(bytes))).toBe(
        true,
      )
      expect(checkpoint).toContain(`${ORIGIN}\n7\n${bytes(root).toString('base64')}\n`)
    }
  })

  it('can be had for an older size, with its checkpoint where one was signed', async () => {
    await write(3)
    const signed = await log.checkpoint()
    await write(3)
    expect(await log.proof(1, 3)).toMatchObject({ ok: true, value: { root: signed.root, checkpoint: signed.note } })
    expect(await log.proof(1, 4)).toMatchObject({ ok: true, value: { size: 4, checkpoint: null } })
  })

  it('is refused for entries and sizes there are not', async () => {
    expect(await log.proof(0)).toMatchObject({ problem: { code: 'size_not_reached' } })
    await write(2)
    for (const seq of [2, -1, 0.5]) expect(await log.proof(seq)).toMatchObject({ problem: { code: 'entry_not_found' } })
    for (const size of [3, 0, 1.5])
      expect(await log.proof(0, size)).toMatchObject({ problem: { code: 'size_not_reached' } })
  })
})

describe('export', () => {
  it('is found whole by the offline verifier, and is an entry', async () => {
    await write(5)
    const report = await verifyExport([await exported()], { verifierKey: log.verifierKey })
    expect(report).toMatchObject({ ok: true, size: 5, origin: ORIGIN, keySource: 'given' })
    const [last] = (await log.entries({ limit: 1 }, null)).entries
    expect(last).toMatchObject({ act: 'log.exported', actor: 'acct_auditor', facts: { size: 5, root: report.root } })
  })

  it('reads a long log page by page while others write', async () => {
    await store.transaction(NOBODY, async (tx) => {
      for (let entry = 0; entry < 1100; entry += 1) await append(tx, { clock }, RECEIVED)
    })
    const lines: string[] = []
    for await (const line of log.exportLog(null)) {
      if (lines.length === 5) await write(3)
      lines.push(line)
    }
    expect(lines).toHaveLength(1101)
    expect(await verifyExport(lines, { verifierKey: log.verifierKey })).toMatchObject({ ok: true, size: 1100 })
  })

  it('continues the checkpoint of an earlier export', async () => {
    await write(4)
    const earlier = await log.checkpoint()
    await write(4)
    const options = { verifierKey: log.verifierKey, earlierCheckpoint: earlier.note }
    expect((await verifyExport([await exported()], options)).ok).toBe(true)
  })

  it('is found out when an entry was changed in the database', async () => {
    await write(5)
    await tamper(changeEntry)
    const report = await verifyExport([await exported()], { verifierKey: log.verifierKey })
    expect(report.faults.map((fault) => fault.code)).toEqual(['root_differs'])
  })

  it('is found out when an entry was taken out of the database', async () => {
    await write(5)
    await tamper((tx) => sql`delete from log_entry where seq = 2`.execute(tx))
    const report = await verifyExport([await exported()], { verifierKey: log.verifierKey })
    expect(report.faults.map((fault) => fault.code)).toEqual(['line_missing'])
  })
})

describe('verify', () => {
  const newest = async () => (await log.entries({ limit: 1 }, null)).entries[0]

  it('finds an honest log whole, and is an entry', async () => {
    await write(5)
    const report = await log.verify(auditor)
    expect(report).toMatchObject({ ok: true, size: 5, faults: [], keySource: 'given' })
    expect(await newest()).toMatchObject({ act: 'log.verified', facts: { size: 5, root: report.root } })
  })

  it('finds a changed entry, and writes that down', async () => {
    await write(5)
    await tamper(changeEntry)
    expect(await log.verify(auditor)).toMatchObject({ ok: false, faults: [{ code: 'root_differs' }] })
    expect(await newest()).toMatchObject({ act: 'log.faulted', facts: { size: 5, codes: ['root_differs'] } })
  })

  it('finds a log that does not continue what was signed, and writes that down', async () => {
    await write(5)
    await log.checkpoint()
    await tamper(async (tx) => {
      await sql`delete from log_node`.execute(tx)
      await sql`delete from log_entry`.execute(tx)
    })
    await write(2)
    expect(await log.verify(auditor)).toMatchObject({ ok: false, faults: [{ code: 'log_would_fork' }] })
    expect(await newest()).toMatchObject({ act: 'log.faulted', facts: { size: 2, codes: ['log_would_fork'] } })
  })

  it('says so even when the log is too damaged to be added to', async () => {
    await write(5)
    await tamper((tx) => sql`delete from log_node where level = 2`.execute(tx))
    expect(await log.verify(auditor)).toMatchObject({ ok: false, faults: [{ code: 'log_damaged' }] })
    await expect(write(1)).rejects.toMatchObject({ code: 'log_damaged' })
  })

  it('finds nothing wrong with a log nobody has written to', async () => {
    expect(await log.verify(null)).toMatchObject({ ok: true, size: 0 })
  })
})
