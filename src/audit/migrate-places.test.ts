import { afterAll, beforeAll, expect, it } from 'vitest'
import { fixedClock } from '../base/index.ts'
import { migrate, openTestStore, sql, type TestStore, type Tx } from '../store/index.ts'
import { append } from './append.ts'
import { RECEIVED, SAMPLES } from './entries.fixture.ts'
import { entryText } from './entry.ts'
import { ORIGIN, SEED, SIGNER } from './export.fixture.ts'
import { openLog } from './open-log.ts'
import { checkpointText } from './tlog/checkpoint.ts'
import { CompactRange } from './tlog/compact-range.ts'
import { verifyExport } from './verify-export.ts'

const NOBODY = { agency: null }
const OLD = 700
const clock = fixedClock('2026-11-22T15:24:03.170Z')

let store: TestStore
beforeAll(async () => {
  store = await openTestStore('1200')
})
afterAll(() => store.close())

/** Entries as the version before wrote them: with their places, one after the other. */
async function writeOld(tx: Tx, tree: CompactRange): Promise<void> {
  for (let seq = 0; seq < OLD; seq += 1) {
    const leaf = entryText(SAMPLES[seq % SAMPLES.length] as (typeof SAMPLES)[0], seq, '2026-11-22T15:24:03.17Z')
    await sql`insert into log_entry (seq, leaf) values (${seq}, ${leaf})`.execute(tx)
    for (const { level, index, hash } of tree.append(Buffer.from(leaf))) {
      await sql`insert into log_node (level, index, hash) values (${level}, ${index}, ${hash})`.execute(tx)
    }
  }
}

it('a log of the version before keeps its entries, and goes on', async () => {
  const tree = new CompactRange()
  await store.transaction(NOBODY, (tx) => writeOld(tx, tree))
  const note = SIGNER.sign(checkpointText({ origin: ORIGIN, size: OLD, root: tree.root() }))
  await store.transaction(NOBODY, (tx) =>
    sql`insert into log_checkpoint (size, note, signed_at) values (${OLD}, ${note}, now())`.execute(tx),
  )
  expect(await migrate(store.address)).toContain('1200-log-places.sql')
  const log = openLog(store, { origin: ORIGIN, signingKey: SEED, clock })
  expect(await log.checkpoint()).toMatchObject({ size: OLD, note })
  await store.transaction(NOBODY, async (tx) => {
    for (let entry = 0; entry < 30; entry += 1) await append(tx, { clock }, RECEIVED)
  })
  const lines: string[] = []
  for await (const line of log.exportLog(null)) lines.push(line)
  const options = { verifierKey: log.verifierKey, earlierCheckpoint: note }
  expect(await verifyExport(lines, options)).toMatchObject({ ok: true, size: OLD + 30 })
})

it('an empty log of the version before starts at 0', async () => {
  const empty = await openTestStore('1200')
  try {
    await migrate(empty.address)
    const log = openLog(empty, { origin: ORIGIN, signingKey: SEED, clock })
    await empty.transaction(NOBODY, (tx) => append(tx, { clock }, RECEIVED))
    expect((await log.entries({ limit: 5 }, null)).entries.map((entry) => entry.seq)).toEqual([0])
  } finally {
    await empty.close()
  }
})
