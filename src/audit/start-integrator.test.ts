import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixedClock } from '../base/index.ts'
import { openTestStore, type Store, StoreError, sql, type TestStore, type Tx } from '../store/index.ts'
import { append } from './append.ts'
import { RECEIVED, STARTED } from './entries.fixture.ts'
import { ORIGIN, SEED } from './export.fixture.ts'
import { setFailureHere } from './failure-here.ts'
import { integrate } from './integrate.ts'
import { bundledEntries, checkedFolder, filesIn, until } from './log-folder.fixture.ts'
import { openLog } from './open-log.ts'
import { logFailure } from './records-health.ts'
import type { Integrator } from './start-integrator.ts'

const NOBODY = { agency: null }
const clock = fixedClock('2026-11-22T15:24:03.170Z')

let store: TestStore
let parent: string
let folder: string
let running: Integrator[]
let troubles: unknown[]
beforeEach(async () => {
  store = await openTestStore()
  parent = await mkdtemp(join(tmpdir(), 'countenance-log-'))
  folder = join(parent, 'log')
  running = []
  troubles = []
})
afterEach(async () => {
  for (const integrator of running) await integrator.stop()
  setFailureHere(null)
  await store.close()
  await rm(parent, { recursive: true, force: true })
})

const logOf = (over: Pick<Store, 'transaction'> = store, signingKey: Uint8Array = SEED) =>
  openLog(over, { origin: ORIGIN, signingKey, clock, folder })

async function start(log = logOf()): Promise<Integrator> {
  const integrator = await log.startIntegrator((error) => troubles.push(error))
  running.push(integrator)
  return integrator
}

async function stopAll(): Promise<void> {
  for (const integrator of running.splice(0)) await integrator.stop()
}

const add = (count: number) =>
  store.transaction(NOBODY, async (tx) => {
    for (let entry = 0; entry < count; entry += 1) await append(tx, { clock }, RECEIVED)
  })

const published = async () => (await checkedFolder(folder))?.size ?? null
const failure = () => store.transaction(NOBODY, logFailure)

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

describe('the integrator', () => {
  it('has published the log as it is when it has started, and follows it', async () => {
    await add(3)
    await start()
    expect(await published()).toBe(3)
    await add(4)
    await until(async () => (await published()) === 7)
    const kept = await bundledEntries(folder, 7)
    expect(kept.map((text) => JSON.parse(text).seq)).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('publishes the empty log', async () => {
    await start()
    expect(await published()).toBe(0)
    expect(await filesIn(folder)).toEqual(['checkpoint'])
  })

  it('writes a full tile once, and takes its partial ones away', async () => {
    await start()
    await add(200)
    await until(async () => (await published()) === 200)
    await add(100)
    await until(async () => (await published()) === 300)
    const first = await stat(join(folder, 'tile/entries/000'))
    await add(300)
    await stopAll()
    expect(await published()).toBe(600)
    expect((await stat(join(folder, 'tile/entries/000'))).ino).toBe(first.ino)
    const files = await filesIn(folder)
    expect(files.filter((file) => file.startsWith('tile/0/'))).toEqual(['tile/0/000', 'tile/0/001', 'tile/0/002.p/88'])
    expect(files.filter((file) => file.includes('draft'))).toEqual([])
  })

  it('leaves nothing waiting when it stops', async () => {
    await start()
    await Promise.all(Array.from({ length: 20 }, () => add(2)))
    await stopAll()
    expect(await published()).toBe(40)
  })

  it('may run in several servers: each entry gets one place, the folder stays whole', async () => {
    await Promise.all([start(), start(), start()])
    await Promise.all(Array.from({ length: 30 }, () => add(10)))
    await stopAll()
    expect(await published()).toBe(300)
    expect(troubles).toEqual([])
    expect(await logOf().verify(null)).toMatchObject({ ok: true, size: 300 })
  })

  it('is overtaken by a reader who asks for a checkpoint, and publishes that one', async () => {
    await start()
    await add(2)
    const { note } = await logOf().checkpoint()
    await until(async () => (await published()) === 2)
    expect((await logOf().file('checkpoint', null))?.toString()).toBe(note)
  })

  it('gives places without a folder too', async () => {
    const log = openLog(store, { origin: ORIGIN, signingKey: SEED, clock })
    await add(2)
    await start(log)
    const rows = sql`select 1 from log_entry where seq is null`
    expect((await store.transaction(NOBODY, (tx) => rows.execute(tx))).rows).toEqual([])
  })
})

describe('at the start the folder', () => {
  beforeEach(async () => {
    await add(600)
    await start()
    await stopAll()
  })

  it.each<readonly [string, (path: string) => Promise<unknown>]>([
    ['a checkpoint that is gone', () => rm(join(folder, 'checkpoint'))],
    ['a full tile that is gone', () => rm(join(folder, 'tile/0/001'))],
    ['a partial tile that is gone', () => rm(join(folder, 'tile/1/000.p/2'))],
    ['a bundle that was changed', () => writeFile(join(folder, 'tile/entries/000'), 'x'.repeat(5000))],
    ['a tile that was cut off', () => writeFile(join(folder, 'tile/0/000'), 'x')],
    ['all tiles gone', () => rm(join(folder, 'tile'), { recursive: true })],
    ['everything gone', () => rm(folder, { recursive: true })],
  ])('is made whole again from the database: %s', async (_what, damage) => {
    await damage(folder)
    await start()
    expect(await published()).toBe(600)
    expect(troubles).toEqual([])
  })

  it('loses the drafts of a writer that was cut off', async () => {
    await writeFile(join(folder, '.drafts', 'half'), 'x')
    await start()
    expect((await filesIn(folder)).filter((file) => file.startsWith('.drafts'))).toEqual([])
  })

  it('stops everything when it is ahead of the database', async () => {
    await tamper(async (tx) => {
      await sql`delete from log_entry where seq >= 400`.execute(tx)
      await sql`delete from log_node where (index + 1) * (2 ^ level) > 400`.execute(tx)
      await sql`delete from log_checkpoint`.execute(tx)
    })
    const integrator = await start()
    expect(integrator.healthy()).toBe(false)
    expect(troubles).toMatchObject([{ code: 'log_would_fork', message: expect.stringContaining('600 entries') }])
    expect(await failure()).toMatchObject({ code: 'log_would_fork' })
    await expect(add(1)).rejects.toMatchObject({ code: 'log_failing', message: expect.stringContaining('only 400') })
    expect(await published()).toBe(600)
  })

  it('stops everything when it is of another history', async () => {
    await tamper((tx) => sql`truncate log_entry, log_node, log_checkpoint`.execute(tx))
    await store.transaction(NOBODY, async (tx) => {
      for (let entry = 0; entry < 700; entry += 1) await append(tx, { clock }, STARTED)
    })
    const integrator = await start()
    expect(integrator.healthy()).toBe(false)
    expect(await failure()).toMatchObject({ code: 'log_would_fork' })
    expect(await published()).toBe(600)
  })

  it('stops everything when somebody else signed it', async () => {
    await rm(join(folder, 'checkpoint'))
    await writeFile(join(folder, 'checkpoint'), 'not a note')
    const integrator = await start()
    expect(integrator.healthy()).toBe(false)
    expect(await failure()).toMatchObject({ code: 'checkpoint_untrusted' })
  })
})

describe('when the log cannot be written', () => {
  const newest = async (count: number) => (await logOf().entries({ limit: count }, null)).entries

  it('acts are refused; when it can be again, they are not, and the log says so', async () => {
    const integrator = await start()
    await rename(folder, `${folder}.away`)
    await writeFile(folder, 'in the way')
    await add(1)
    await until(() => !integrator.healthy())
    await until(async () => (await failure()) !== null)
    await expect(add(1)).rejects.toMatchObject({ code: 'log_failing' })
    expect(troubles).toHaveLength(1)
    clock.advance(60_000)
    await rm(folder)
    await rename(`${folder}.away`, folder)
    await until(() => integrator.healthy())
    await until(async () => (await failure()) === null)
    await add(1)
    await stopAll()
    expect(await published()).toBe(3)
    const alarm = (await newest(5)).find((entry) => entry.act === 'log.alarm')
    expect(alarm).toMatchObject({ seq: 1, actor: null, facts: { reason: 'unexpected' } })
    expect(Date.parse(String(alarm?.facts.until)) - Date.parse(String(alarm?.facts.since))).toBe(60_000)
    expect(alarm?.sentence).toContain('no act was possible')
  })

  it('a database with a damaged log stops acts, and says what is wrong', async () => {
    await add(6)
    const integrator = await start()
    await tamper((tx) => sql`delete from log_node where level = 1`.execute(tx))
    await add(1)
    await until(() => !integrator.healthy())
    await expect(add(1)).rejects.toMatchObject({ code: 'log_failing', message: expect.stringContaining('missing') })
    expect(await published()).toBe(6)
  })

  it('an entry changed in the database before it was published stops acts', async () => {
    await add(3)
    await integrate(store)
    await tamper((tx) =>
      sql`update log_entry set leaf = replace(leaf, '"faces":2', '"faces":1') where seq = 2`.execute(tx),
    )
    await start()
    expect(await failure()).toMatchObject({ code: 'log_damaged', reason: expect.stringContaining('Entry 2') })
    expect(await published()).toBeNull()
  })

  it('a process refuses even where the database cannot be told', async () => {
    const deaf: Pick<Store, 'transaction'> = { transaction: () => Promise.reject(new Error('no space anywhere')) }
    const integrator = await start(logOf(deaf))
    expect(integrator.healthy()).toBe(false)
    expect(await failure()).toBeNull()
    await expect(add(1)).rejects.toMatchObject({ code: 'log_failing' })
  })

  it('a database that is away is no alarm: every act says so itself', async () => {
    const gone = new StoreError('database_unavailable', 'inner words', 'inner remedy')
    const integrator = await start(logOf({ transaction: () => Promise.reject(gone) }))
    expect(integrator.healthy()).toBe(true)
    expect(troubles).toEqual([])
    await add(1)
  })

  it('the alarm of a process that is gone ends at the next good start', async () => {
    await store.transaction(NOBODY, (tx) =>
      sql`update log_health set failing_since = '2026-11-22T15:00:00Z', code = 'disk_full', reason = 'Full.',
        holder = 'gone', seen_at = now()`.execute(tx),
    )
    await expect(add(1)).rejects.toMatchObject({ code: 'log_failing' })
    await start()
    await add(1)
    await stopAll()
    const [, alarm] = await newest(2)
    expect(alarm).toMatchObject({ act: 'log.alarm', facts: { since: '2026-11-22T15:00:00.00Z', reason: 'disk_full' } })
  })

  it('the alarm of another process is not ended while that one repeats it', async () => {
    await start()
    const say = (ago: string) =>
      store.transaction(NOBODY, (tx) =>
        sql`update log_health set failing_since = now(), code = 'disk_full', reason = 'Full.', holder = 'other',
          seen_at = now() - ${ago}::interval`.execute(tx),
      )
    await say('0 s')
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(await failure()).toMatchObject({ code: 'disk_full' })
    await say('11 s')
    await until(async () => (await failure()) === null)
  })
})
