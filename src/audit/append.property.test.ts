import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fixedClock } from '../base/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { append } from './append.ts'
import { COMPLETED, RECEIVED, STARTED } from './entries.fixture.ts'
import { readTree } from './records.ts'
import { leavesFrom } from './records-read.ts'
import { CompactRange } from './tlog/compact-range.ts'

const NOBODY = { agency: null }
const deps = { clock: fixedClock('2026-11-22T15:24:03.170Z') }

let store: TestStore

beforeAll(async () => {
  store = await openTestStore()
})

afterAll(() => store.close())

/** A transaction that writes some entries, waits a little between them, and then commits or not. */
const transactions = fc.array(
  fc.record({
    entries: fc.integer({ min: 0, max: 4 }),
    pause: fc.integer({ min: 0, max: 3 }),
    end: fc.constantFrom('commit', 'commit', 'throw', 'unfit'),
  }),
  { minLength: 1, maxLength: 12 },
)

type Plan = typeof transactions extends fc.Arbitrary<readonly (infer P)[]> ? P : never

class Undone extends Error {}

function run(plan: Plan): Promise<readonly number[]> {
  return store.transaction(NOBODY, async (tx) => {
    const places: number[] = []
    for (let entry = 0; entry < plan.entries; entry += 1) {
      places.push((await append(tx, deps, entry % 2 === 0 ? RECEIVED : COMPLETED)).seq)
      await new Promise((resolve) => setTimeout(resolve, plan.pause))
    }
    if (plan.end === 'throw') throw new Undone()
    // A fact that the registry does not know undoes everything before it.
    if (plan.end === 'unfit') await append(tx, deps, { ...STARTED, facts: { version: '' } })
    return places
  })
}

it('whatever runs at once and whatever is undone, the log has no gap, no double and one root', async () => {
  let size = 0
  await fc.assert(
    fc.asyncProperty(transactions, async (plans) => {
      const results = await Promise.allSettled(plans.map(run))
      for (const [place, result] of results.entries()) {
        expect(result.status === 'fulfilled').toBe(plans[place]?.end === 'commit')
      }
      const places = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
      const expected = Array.from({ length: places.length }, (_, more) => size + more)
      expect(places.toSorted((a, b) => a - b)).toEqual(expected)
      for (const result of results) {
        if (result.status !== 'fulfilled') continue
        // Entries of one act stand together: nothing else can come between them.
        expect(result.value).toEqual(result.value.map((_, more) => (result.value[0] ?? 0) + more))
      }
      size += places.length
      const rows = await store.transaction(NOBODY, (tx) => leavesFrom(tx, 0, size + 10, size + 10))
      expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: size }, (_, seq) => seq))
      expect(rows.map((row) => JSON.parse(row.leaf).seq)).toEqual(rows.map((row) => row.seq))
      const tree = new CompactRange()
      for (const row of rows) tree.append(Buffer.from(row.leaf))
      expect((await store.transaction(NOBODY, readTree)).root()).toEqual(tree.root())
    }),
    { numRuns: 25 },
  )
})
