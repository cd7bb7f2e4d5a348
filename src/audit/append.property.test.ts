import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fixedClock } from '../base/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { append } from './append.ts'
import { RECEIVED, STARTED } from './entries.fixture.ts'
import { integrate } from './integrate.ts'
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

/** A transaction that writes some entries, waits a little between them, and then commits or not; or an integration. */
const transactions = fc.array(
  fc.record({
    entries: fc.integer({ min: 0, max: 4 }),
    start: fc.integer({ min: 0, max: 6 }),
    pause: fc.integer({ min: 0, max: 3 }),
    end: fc.constantFrom('commit', 'commit', 'throw', 'unfit', 'integrate'),
  }),
  { minLength: 1, maxLength: 12 },
)

type Plan = typeof transactions extends fc.Arbitrary<readonly (infer P)[]> ? P : never

class Undone extends Error {}

/** What is committed of a plan. */
interface Written {
  readonly numbers: readonly number[]
  /** How many plans had been committed before this one wrote its first entry. */
  readonly after: readonly Written[]
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function run(plan: Plan, next: () => number, committed: Written[]): Promise<void> {
  await pause(plan.start)
  if (plan.end === 'integrate') return void (await integrate(store))
  const after = [...committed]
  const numbers = await store.transaction(NOBODY, async (tx) => {
    const written: number[] = []
    for (let entry = 0; entry < plan.entries; entry += 1) {
      written.push(next())
      await append(tx, deps, { ...RECEIVED, facts: { ...RECEIVED.facts, faces: written.at(-1) as number } })
      await pause(plan.pause)
    }
    if (plan.end === 'throw') throw new Undone()
    // A fact that the registry does not know undoes everything before it.
    if (plan.end === 'unfit') await append(tx, deps, { ...STARTED, facts: { version: '' } })
    return written
  })
  committed.push({ numbers, after })
}

it('whatever runs at once, is undone or integrated in between: no gap, no double, no early bird, one root', async () => {
  let size = 0
  let last = 0
  await fc.assert(
    fc.asyncProperty(transactions, async (plans) => {
      const committed: Written[] = []
      const next = () => {
        last += 1
        return last
      }
      await Promise.allSettled(plans.map((plan) => run(plan, next, committed)))
      const before = size
      size = await integrate(store)
      const rows = await store.transaction(NOBODY, (tx) => leavesFrom(tx, 0, size + 10, size + 10))
      expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: size }, (_, seq) => seq))
      expect(rows.map((row) => JSON.parse(row.leaf).seq)).toEqual(rows.map((row) => row.seq))
      const numbers = rows.slice(before).map((row) => JSON.parse(row.leaf).facts.faces as number)
      const expected = committed.flatMap((one) => one.numbers)
      expect(numbers.toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b))
      const placeOf = (number: number | undefined) => numbers.indexOf(number as number)
      for (const { numbers: own, after } of committed) {
        expect(own.map(placeOf)).toEqual(own.map(placeOf).toSorted((a, b) => a - b))
        if (own.length === 0) continue
        for (const earlier of after.flatMap((one) => one.numbers)) {
          expect(placeOf(earlier)).toBeLessThan(placeOf(own[0]))
        }
      }
      const tree = new CompactRange()
      for (const row of rows) tree.append(Buffer.from(row.leaf))
      expect((await store.transaction(NOBODY, readTree)).root()).toEqual(tree.root())
    }),
    { numRuns: 25 },
  )
})
