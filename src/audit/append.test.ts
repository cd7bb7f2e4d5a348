import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done, fixedClock, refuse } from '../base/index.ts'
import { openTestStore, sql, type TestStore, type Tx } from '../store/index.ts'
import { append } from './append.ts'
import { type COMPLETED, RECEIVED, STARTED } from './entries.fixture.ts'
import { integrate } from './integrate.ts'
import { readTree } from './records.ts'
import { setLogFailure } from './records-health.ts'
import { leavesFrom } from './records-read.ts'
import { CompactRange } from './tlog/compact-range.ts'

const NOBODY = { agency: null }
const deps = { clock: fixedClock('2026-11-22T15:24:03.170Z') }

let store: TestStore
beforeAll(async () => {
  store = await openTestStore()
  await asOwner((tx) => sql`create table act_record (id text primary key)`.execute(tx))
  await asOwner((tx) => sql`grant select, insert on act_record to countenance_service`.execute(tx))
})
afterAll(() => store.close())

/** The service role gives way to the owner of the database, as only a test can. */
function asOwner<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return store.transaction(NOBODY, async (tx) => {
    await sql`set local role none`.execute(tx)
    return work(tx)
  })
}

/** The entries that have a place, once all that wait were given theirs. */
async function leaves() {
  await integrate(store)
  return await store.transaction(NOBODY, (tx) => leavesFrom(tx, 0, 1_000_000, 1_000_000))
}
const size = async () => (await leaves()).length
const waiting = async () => {
  const count = sql<{ count: number }>`select count(*) as count from log_entry where seq is null`
  return (await store.transaction(NOBODY, (tx) => count.execute(tx))).rows[0]?.count
}
const add = (entry: typeof STARTED | typeof RECEIVED | typeof COMPLETED) =>
  store.transaction(NOBODY, (tx) => append(tx, deps, entry))
const record = (tx: Tx, id: string) => sql`insert into act_record (id) values (${id})`.execute(tx)
const records = async () =>
  (await store.transaction(NOBODY, (tx) => sql<{ id: string }>`select id from act_record order by id`.execute(tx))).rows

/** An entry that can be told from the others. */
const numbered = (faces: number) => ({ ...RECEIVED, facts: { ...RECEIVED.facts, faces } })
const numbersFrom = async (from: number) =>
  (await leaves()).slice(from).map((row) => JSON.parse(row.leaf).facts.faces as number)

describe('append', () => {
  it('writes entries that have their place, from 0 on, once they were integrated', async () => {
    await add(STARTED)
    await store.transaction({ agency: 'agcy_1' }, (tx) => append(tx, deps, RECEIVED))
    expect(await waiting()).toBe(2)
    const rows = await leaves()
    expect(await waiting()).toBe(0)
    expect(rows.map((row) => row.seq)).toEqual([0, 1])
    expect(JSON.parse(rows[1]?.leaf ?? '')).toEqual({ v: 1, seq: 1, at: '2026-11-22T15:24:03.17Z', ...RECEIVED })
  })

  it('keeps the order within a transaction, and that of commits before it', async () => {
    const before = await size()
    for (let act = 0; act < 3; act += 1) {
      await store.transaction(NOBODY, async (tx) => {
        for (let entry = 0; entry < 3; entry += 1) await append(tx, deps, numbered(act * 3 + entry))
      })
    }
    expect(await numbersFrom(before)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('leaves no entry when the transaction is rolled back', async () => {
    const before = await leaves()
    const undone = store.transaction(NOBODY, async (tx) => {
      await record(tx, 'rolled back')
      await append(tx, deps, RECEIVED)
      throw new Error('the act failed')
    })
    await expect(undone).rejects.toThrow('the act failed')
    const refused = await store.act(NOBODY, async (tx) => {
      await append(tx, deps, RECEIVED)
      return refuse('not_now', 'Not now.', 'Wait.')
    })
    expect(refused.ok).toBe(false)
    expect(await leaves()).toEqual(before)
    await add(STARTED)
    expect((await leaves()).at(-1)?.seq).toBe(before.length)
  })

  it('takes the record of the act with it when it fails', async () => {
    const before = await size()
    const failing = store.act(NOBODY, async (tx) => {
      await record(tx, 'unlogged')
      const entry = { ...RECEIVED, facts: { ...RECEIVED.facts, name: 'Jo' } }
      await append(tx, deps, entry)
      return done('never')
    })
    await expect(failing).rejects.toMatchObject({ code: 'entry_unfit' })
    expect(await records()).toEqual([])
    expect(await size()).toBe(before)
  })

  it('takes the record of the act with it when the log cannot be written to', async () => {
    await asOwner((tx) => sql`revoke insert (leaf) on log_entry from countenance_service`.execute(tx))
    const failing = store.transaction(NOBODY, async (tx) => {
      await record(tx, 'unlogged')
      await append(tx, deps, RECEIVED)
    })
    await expect(failing).rejects.toThrow('permission denied')
    await asOwner((tx) => sql`grant insert (leaf) on log_entry to countenance_service`.execute(tx))
    expect(await records()).toEqual([])
  })

  it('refuses while any process says that the log cannot be written, and says why', async () => {
    const before = await size()
    const failure = { since: '2026-11-22T15:00:00.00Z', code: 'disk_full', reason: 'The disk is full.' }
    await store.transaction(NOBODY, (tx) => setLogFailure(tx, 'another', failure))
    const failing = store.transaction(NOBODY, async (tx) => {
      await record(tx, 'unlogged')
      await append(tx, deps, RECEIVED)
    })
    await expect(failing).rejects.toMatchObject({
      code: 'log_failing',
      message: expect.stringContaining('cannot be written since 2026-11-22T15:00:00.00Z: The disk is full.'),
    })
    await asOwner((tx) => sql`update log_health set failing_since = null, code = null, reason = null`.execute(tx))
    expect(await records()).toEqual([])
    expect(await size()).toBe(before)
  })

  it('refuses an entry that no bundle of the log could carry', async () => {
    const roles = Array.from({ length: 500 }, () => 'r'.repeat(200))
    const entry = { ...RECEIVED, act: 'account.opened', facts: { roles } } as unknown as typeof RECEIVED
    await expect(add(entry)).rejects.toMatchObject({ code: 'entry_unfit', message: expect.stringContaining('65535') })
  })

  it('has no gap and no fork after concurrent acts, some of them failing, with integrations in between', async () => {
    const before = await size()
    const acts = Array.from({ length: 40 }, (_, act) =>
      store.transaction({ agency: `agcy_${act}` }, async (tx) => {
        await append(tx, deps, numbered(act))
        if (act % 4 === 3) throw new Error('changed its mind')
      }),
    )
    await Promise.allSettled([...acts, integrate(store), integrate(store), ...acts.map(() => integrate(store))])
    const kept = Array.from({ length: 40 }, (_, act) => act).filter((act) => act % 4 !== 3)
    expect((await numbersFrom(before)).toSorted((a, b) => a - b)).toEqual(kept)
    const rows = await leaves()
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, place) => place))
    const expected = new CompactRange()
    for (const row of rows) expected.append(Buffer.from(row.leaf))
    const stored = await store.transaction(NOBODY, (tx) => readTree(tx))
    expect(stored.root()).toEqual(expected.root())
  })

  it('does not wait for another act, and an act that takes long holds up no place', async () => {
    const before = await size()
    let finish: (value?: unknown) => void = () => undefined
    const finished = new Promise((resolve) => {
      finish = resolve
    })
    const written = Promise.withResolvers<void>()
    const slow = store.transaction(NOBODY, async (tx) => {
      await append(tx, deps, numbered(1))
      written.resolve()
      await finished
    })
    await written.promise
    await add(numbered(2))
    expect(await numbersFrom(before)).toEqual([2])
    finish()
    await slow
    expect(await numbersFrom(before)).toEqual([2, 1])
  })
})

describe('the tables of the log', () => {
  it('are only ever added to, by the service or by the owner', async () => {
    for (const table of ['log_entry', 'log_node', 'log_checkpoint']) {
      for (const change of [`delete from ${table}`, `truncate ${table} cascade`]) {
        const run = (tx: Tx) => sql.raw(change).execute(tx)
        await expect(store.transaction(NOBODY, run), change).rejects.toThrow('permission denied')
        await expect(asOwner(run), change).rejects.toThrow('only ever added to')
      }
    }
  })

  it.each([
    ['the text of a placed entry', 'set leaf = leaf where seq = 0'],
    ['a place that was given', 'set seq = 1000 where seq = 0'],
    ['a place taken away', 'set seq = null where seq = 0'],
    ['a text with its place changed', `set seq = 7, leaf = replace(leaf, '"seq":0', '"seq":7') where seq = 0`],
    ['the text of one that waits', `set leaf = replace(leaf, '"faces":2', '"faces":1') where seq is null`],
    ['a place without its text', 'set seq = (select count(*) - 1 from log_entry) where seq is null'],
    [
      'a place with another text',
      `set seq = (select count(*) - 1 from log_entry), leaf = replace(left(leaf, -7), '"faces":2', '"faces":1')
         || ',"seq":' || (select count(*) - 1 from log_entry) || ',"v":1}' where seq is null`,
    ],
  ])('let nobody change %s', async (_what, change) => {
    const before = await leaves()
    await add(RECEIVED)
    const update = (tx: Tx) => sql.raw(`update log_entry ${change}`).execute(tx)
    await expect(store.transaction(NOBODY, update)).rejects.toThrow('only ever added to')
    await expect(asOwner(update)).rejects.toThrow('only ever added to')
    expect(await waiting()).toBe(1)
    expect((await leaves()).slice(0, -1)).toEqual(before)
  })

  it('refuse an entry that brings a place, a gap, a second entry of one place, and a leaf that says another', async () => {
    const next = await size()
    const leafAt = (seq: number) => `{"seq":${seq},"act":"x"}`
    const insert = (seq: number, leaf: string) => (tx: Tx) =>
      sql`insert into log_entry (seq, leaf) values (${seq}, ${leaf})`.execute(tx)
    await expect(store.transaction(NOBODY, insert(next, leafAt(next)))).rejects.toThrow('permission denied')
    await expect(asOwner(insert(next + 1, leafAt(next + 1)))).rejects.toThrow('foreign key')
    await expect(asOwner(insert(0, leafAt(0)))).rejects.toThrow('duplicate key')
    await expect(asOwner(insert(next, leafAt(next + 1)))).rejects.toThrow('check constraint')
    await expect(asOwner(insert(next, 'not json'))).rejects.toThrow('json')
    expect(await size()).toBe(next)
  })

  it('show one log to every agency', async () => {
    const seen = await store.transaction({ agency: 'agcy_other' }, (tx) => leavesFrom(tx, 0, 10, 10))
    expect(seen.length).toBe(10)
  })
})
