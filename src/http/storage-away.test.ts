import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StoreError, sql } from '../store/index.ts'
import { createServer } from './create-server.ts'
import { acts, openTestDoor, type StaffName, type TestDoor } from './door.fixture.ts'
import { addressOf, type Operation, operationsOf, perform } from './routes.fixture.ts'

let door: TestDoor
let operations: readonly Operation[]

beforeAll(async () => {
  door = await openTestDoor()
  operations = await operationsOf(door)
})

afterAll(() => door.close())

const TABLES = ['probe', 'certificate', 'account', 'moratorium', 'log_entry', 'log_node', 'sealed_blob', 'session']

/** How much every table holds, seen by the owner of the database. */
async function rows(): Promise<readonly number[]> {
  return door.store.transaction({ agency: null }, async (tx) => {
    await sql`set local role none`.execute(tx)
    const counts: number[] = []
    for (const table of TABLES) {
      const found = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(tx)
      counts.push(Number(found.rows[0]?.n))
    }
    return counts
  })
}

/** The database goes away when the act has written everything and has yet to commit. */
async function withoutCommit(who: StaffName, operation: Operation, url: string) {
  const lost = new StoreError('database_unavailable', 'inner words', 'inner remedy')
  const store: typeof door.store = Object.create(door.store)
  let sessionRead = false
  store.transaction = (scope, work) => {
    if (!sessionRead) {
      sessionRead = true
      return door.store.transaction(scope, work)
    }
    return door.store.transaction(scope, async (tx) => {
      await work(tx)
      throw lost
    })
  }
  store.act = (scope, work) =>
    door.store.act(scope, async (tx) => {
      await work(tx)
      throw lost
    })
  const app = await createServer({ ...door.deps, store })
  const answer = await perform({ ...door, app }, who, operation, url)
  await app.close()
  return answer
}

describe('when the database goes away before an act is committed', () => {
  it.each<readonly [StaffName, string]>([
    ['officer', 'POST /api/probes'],
    ['supervisor', 'POST /api/policy/moratorium'],
    ['supervisor', 'POST /api/accounts/{id}/suspension'],
    ['supervisor', 'POST /api/accounts/{id}/certificates'],
    ['officer', 'PUT /api/session/password'],
    ['officer', 'DELETE /api/session'],
    ['auditor', 'GET /api/log/entries'],
  ])('%s: %s answers 503 and leaves nothing', async (who, name) => {
    const operation = operations.find((one) => one.name === name)
    if (operation === undefined) throw new Error(`There is no operation ${name}.`)
    const url = addressOf(operation.path, { id: door.staff.uncertified.actor.account })
    const [before, entries, incidents] = [await rows(), await acts(door), door.incidents.length]
    // The log of the door reads through its own store: reading it is an act like any other.
    const answer = name.includes('/log/') ? await readingUnlogged(operation) : await withoutCommit(who, operation, url)
    expect(answer.json()).toMatchObject({ status: 503, code: 'database_unavailable' })
    expect(answer.body).not.toContain('inner')
    expect(await rows()).toEqual(before)
    expect(await acts(door)).toEqual(entries)
    expect(door.incidents).toHaveLength(incidents)
  })
})

async function readingUnlogged(operation: Operation) {
  const entries = () => Promise.reject(new StoreError('database_unavailable', 'inner words', 'inner remedy'))
  const app = await createServer({ ...door.deps, log: { ...door.deps.log, entries } })
  const answer = await perform({ ...door, app }, 'auditor', operation)
  await app.close()
  return answer
}
