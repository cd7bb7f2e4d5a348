import { rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { append } from './append.ts'
import { STARTED } from './entries.fixture.ts'
import { ORIGIN, SEED } from './export.fixture.ts'
import { eachWithLog } from './integrator.fixture.ts'
import { bundledEntries, filesIn, until } from './log-folder.fixture.ts'
import { openLog } from './open-log.ts'

const NOBODY = { agency: null }
const t = eachWithLog()

describe('the integrator', () => {
  it('has published the log as it is when it has started, and follows it', async () => {
    await t().add(3)
    await t().start()
    expect(await t().published()).toBe(3)
    await t().add(4)
    await until(async () => (await t().published()) === 7)
    const kept = await bundledEntries(t().folder, 7)
    expect(kept.map((text) => JSON.parse(text).seq)).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('publishes the empty log', async () => {
    await t().start()
    expect(await t().published()).toBe(0)
    expect(await filesIn(t().folder)).toEqual(['checkpoint'])
  })

  it('writes a full tile once, and takes its partial ones away', async () => {
    await t().start()
    await t().add(200)
    await until(async () => (await t().published()) === 200)
    await t().add(100)
    await until(async () => (await t().published()) === 300)
    const first = await stat(join(t().folder, 'tile/entries/000'))
    await t().add(300)
    await t().stopAll()
    expect(await t().published()).toBe(600)
    expect((await stat(join(t().folder, 'tile/entries/000'))).ino).toBe(first.ino)
    const files = await filesIn(t().folder)
    expect(files.filter((file) => file.startsWith('tile/0/'))).toEqual(['tile/0/000', 'tile/0/001', 'tile/0/002.p/88'])
    expect(files.filter((file) => file.includes('draft'))).toEqual([])
  })

  it('leaves nothing waiting when it stops', async () => {
    await t().start()
    await Promise.all(Array.from({ length: 20 }, () => t().add(2)))
    await t().stopAll()
    expect(await t().published()).toBe(40)
  })

  it('may run in several servers: each entry gets one place, the t().folder stays whole', async () => {
    await Promise.all([t().start(), t().start(), t().start()])
    await Promise.all(Array.from({ length: 30 }, () => t().add(10)))
    await t().stopAll()
    expect(await t().published()).toBe(300)
    expect(t().troubles).toEqual([])
    expect(await t().open().verify(null)).toMatchObject({ ok: true, size: 300 })
  })

  it('is overtaken by a reader who asks for a checkpoint, and publishes that one', async () => {
    await t().start()
    await t().add(2)
    const { note } = await t().open().checkpoint()
    await until(async () => (await t().published()) === 2)
    expect((await t().open().file('checkpoint', null))?.toString()).toBe(note)
  })

  it('gives places without a t().folder too', async () => {
    const log = openLog(t().store, { origin: ORIGIN, signingKey: SEED, clock: t().clock })
    await t().add(2)
    await t().start(log)
    const rows = sql`select 1 from log_entry where seq is null`
    expect((await t().store.transaction(NOBODY, (tx) => rows.execute(tx))).rows).toEqual([])
  })
})

describe('at the start the folder', () => {
  beforeEach(async () => {
    await t().add(600)
    await t().start()
    await t().stopAll()
  })

  it.each<readonly [string, (path: string) => Promise<unknown>]>([
    ['a checkpoint that is gone', () => rm(join(t().folder, 'checkpoint'))],
    ['a full tile that is gone', () => rm(join(t().folder, 'tile/0/001'))],
    ['a partial tile that is gone', () => rm(join(t().folder, 'tile/1/000.p/2'))],
    ['a bundle that was changed', () => writeFile(join(t().folder, 'tile/entries/000'), 'x'.repeat(5000))],
    ['a tile that was cut off', () => writeFile(join(t().folder, 'tile/0/000'), 'x')],
    ['all tiles gone', () => rm(join(t().folder, 'tile'), { recursive: true })],
    ['everything gone', () => rm(t().folder, { recursive: true })],
  ])('is made whole again from the database: %s', async (_what, damage) => {
    await damage(t().folder)
    await t().start()
    expect(await t().published()).toBe(600)
    expect(t().troubles).toEqual([])
  })

  it('loses the drafts of a writer that was cut off', async () => {
    await writeFile(join(t().folder, '.drafts', 'half'), 'x')
    await t().start()
    expect((await filesIn(t().folder)).filter((file) => file.startsWith('.drafts'))).toEqual([])
  })

  it('stops everything when it is ahead of the database', async () => {
    await t().tamper(async (tx) => {
      await sql`delete from log_entry where seq >= 400`.execute(tx)
      await sql`delete from log_node where (index + 1) * (2 ^ level) > 400`.execute(tx)
      await sql`delete from log_checkpoint`.execute(tx)
    })
    const integrator = await t().start()
    expect(integrator.healthy()).toBe(false)
    expect(t().troubles).toMatchObject([{ code: 'log_would_fork', message: expect.stringContaining('600 entries') }])
    expect(await t().failure()).toMatchObject({ code: 'log_would_fork' })
    await expect(t().add(1)).rejects.toMatchObject({
      code: 'log_failing',
      message: expect.stringContaining('only 400'),
    })
    expect(await t().published()).toBe(600)
  })

  it('stops everything when it is of another history', async () => {
    await t().tamper((tx) => sql`truncate log_entry, log_node, log_checkpoint`.execute(tx))
    await t().store.transaction(NOBODY, async (tx) => {
      for (let entry = 0; entry < 700; entry += 1) await append(tx, t(), STARTED)
    })
    const integrator = await t().start()
    expect(integrator.healthy()).toBe(false)
    expect(await t().failure()).toMatchObject({ code: 'log_would_fork' })
    expect(await t().published()).toBe(600)
  })

  it('stops everything when somebody else signed it', async () => {
    await rm(join(t().folder, 'checkpoint'))
    await writeFile(join(t().folder, 'checkpoint'), 'not a note')
    const integrator = await t().start()
    expect(integrator.healthy()).toBe(false)
    expect(await t().failure()).toMatchObject({ code: 'checkpoint_untrusted' })
  })
})
