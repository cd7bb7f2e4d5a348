import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done, fixedClock, refuse } from '../base/index.ts'
import { openTestStore, sql, type TestStore, type Tx } from '../store/index.ts'
import { append } from './append.ts'
import { COMPLETED, RECEIVED, STARTED } from './entries.fixture.ts'
import { readTree } from './records.ts'
import { leavesFrom } from './records-read.ts'
import { CompactRange } from './tlog/compact-range.ts'
import { leafHash } from './tlog/tree-hash.ts'

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

const leaves = () => store.transaction(NOBODY, (tx) => leavesFrom(tx, 0, 1_000_000, 1_000_000))
const size = async () => (await leaves()).length
const record = (tx: Tx, id: string) => sql`insert into act_record (id) values (${id})`.execute(tx)
const records = async () =>
  (await store.transaction(NOBODY, (tx) => sql<{ id: string }>`select id from act_record order by id`.execute(tx))).rows

describe('append', () => {
  it('writes entries from 0 on, each with its place and leaf hash', async () => {
    const first = await store.transaction(NOBODY, (tx) => append(tx, deps, STARTED))
    const second = await store.transaction({ agency: 'agcy_1' }, (tx) => append(tx, deps, RECEIVED))
    expect([first.seq, second.seq]).toEqual([0, 1])
    const rows = await leaves()
    expect(rows.map((row) => row.seq)).toEqual([0, 1])
    expect(JSON.parse(rows[1]?.leaf ?? '')).toEqual({ v: 1, seq: 1, at: '2026-11-22T15:24:03.17Z', ...RECEIVED })
    expect(second.leafHash).toBe(Buffer.from(leafHash(Buffer.from(rows[1]?.leaf ?? ''))).toString('hex'))
  })

  it('can write two entries in one transaction', async () => {
    const before = await size()
    const places = await store.transaction(NOBODY, async (tx) => [
      (await append(tx, deps, RECEIVED)).seq,
      (await append(tx, deps, COMPLETED)).seq,
    ])
    expect(places).toEqual([before, before + 1])
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
    const next = await store.transaction(NOBODY, (tx) => append(tx, deps, STARTED))
    expect(next.seq).toBe(before.length)
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
    await asOwner((tx) => sql`revoke insert on log_entry from countenance_service`.execute(tx))
    const failing = store.transaction(NOBODY, async (tx) => {
      await record(tx, 'unlogged')
      await append(tx, deps, RECEIVED)
    })
    await expect(failing).rejects.toThrow('permission denied')
    await asOwner((tx) => sql`grant insert on log_entry to countenance_service`.execute(tx))
    expect(await records()).toEqual([])
  })

  it('has no gap and no fork after concurrent acts, some of them failing', async () => {
    const before = await size()
    const acts = Array.from({ length: 40 }, (_, act) =>
      store.transaction({ agency: `agcy_${act}` }, async (tx) => {
        const { seq } = await append(tx, deps, RECEIVED)
        if (act % 4 === 3) throw new Error('changed its mind')
        return seq
      }),
    )
    const results = await Promise.allSettled(acts)
    const places = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, place) => before + place))
    const rows = await leaves()
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, place) => place))
    const expected = new CompactRange()
    for (const row of rows) expected.append(Buffer.from(row.leaf))
    const stored = await store.transaction(NOBODY, (tx) => readTree(tx))
    expect(stored.root()).toEqual(expected.root())
  })

  it('lets two concurrent acts wait for each other', async () => {
    let first = -1
    const slow = store.transaction(NOBODY, async (tx) => {
      first = (await append(tx, deps, STARTED)).seq
      await new Promise((resolve) => setTimeout(resolve, 150))
    })
    while (first < 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const second = await store.transaction(NOBODY, (tx) => append(tx, deps, STARTED))
    await slow
    expect(second.seq).toBe(first + 1)
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
    const update = (tx: Tx) => sql`update log_entry set leaf = leaf`.execute(tx)
    await expect(store.transaction(NOBODY, update)).rejects.toThrow('permission denied')
    await expect(asOwner(update)).rejects.toThrow('only ever added to')
  })

  it('refuse a gap, a second entry of one place, and a leaf that says another place', async () => {
    const insert = (seq: number, leaf: string) =>
      store.transaction(NOBODY, (tx) => sql`insert into log_entry (seq, leaf) values (${seq}, ${leaf})`.execute(tx))
    const next = await size()
    const leafAt = (seq: number) => `{"seq":${seq},"act":"x"}`
    await expect(insert(next + 1, leafAt(next + 1))).rejects.toThrow('foreign key')
    await expect(insert(0, leafAt(0))).rejects.toThrow('duplicate key')
    await expect(insert(next, leafAt(next + 1))).rejects.toThrow('check constraint')
    await expect(insert(next, 'not json')).rejects.toThrow('json')
    expect(await size()).toBe(next)
  })

  it('show one log to every agency', async () => {
    const seen = await store.transaction({ agency: 'agcy_other' }, (tx) => leavesFrom(tx, 0, 10, 10))
    expect(seen.length).toBe(10)
  })
})
