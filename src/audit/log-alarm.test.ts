import { rename, rm, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { type Store, StoreError, sql } from '../store/index.ts'
import { integrate } from './integrate.ts'
import { eachWithLog } from './integrator.fixture.ts'
import { bundledEntries, until } from './log-folder.fixture.ts'

const NOBODY = { agency: null }
const t = eachWithLog()

describe('when the log cannot be written', () => {
  const newest = async (count: number) => (await t().open().entries({ limit: count }, null)).entries

  it('acts are refused; when it can be again, they are not, and the log says so', async () => {
    const integrator = await t().start()
    await rename(t().folder, `${t().folder}.away`)
    await writeFile(t().folder, 'in the way')
    await t().add(1)
    await until(() => !integrator.healthy())
    await until(async () => (await t().failure()) !== null)
    await expect(t().add(1)).rejects.toMatchObject({ code: 'log_failing' })
    expect(t().troubles).toHaveLength(1)
    t().clock.advance(60_000)
    await rm(t().folder)
    await rename(`${t().folder}.away`, t().folder)
    await until(() => integrator.healthy())
    await until(async () => (await t().failure()) === null)
    await t().add(1)
    await t().stopAll()
    expect(await t().published()).toBe(3)
    const alarm = (await newest(5)).find((entry) => entry.act === 'log.alarm')
    expect(alarm).toMatchObject({ seq: 1, actor: null, facts: { reason: 'folder_closed' } })
    expect(Date.parse(String(alarm?.facts.until)) - Date.parse(String(alarm?.facts.since))).toBe(60_000)
    expect(alarm?.sentence).toContain('no act was possible')
  })

  it('a t().folder that was emptied under it is written again', async () => {
    await t().add(300)
    const integrator = await t().start()
    await rm(t().folder, { recursive: true })
    await t().add(1)
    await until(() => integrator.healthy() && t().troubles.length > 0)
    await until(
      async () =>
        (await t()
          .published()
          .catch(() => 0)) === 302,
    )
    expect(await bundledEntries(t().folder, 302)).toHaveLength(302)
  })

  it('a database with a damaged log stops acts, and says what is wrong', async () => {
    await t().add(6)
    const integrator = await t().start()
    await t().tamper((tx) => sql`delete from log_node where level = 1`.execute(tx))
    await t().add(1)
    await until(() => !integrator.healthy())
    await expect(t().add(1)).rejects.toMatchObject({ code: 'log_failing', message: expect.stringContaining('missing') })
    expect(await t().published()).toBe(6)
  })

  it('an entry changed in the database before it was published stops acts', async () => {
    await t().add(3)
    await integrate(t().store)
    await t().tamper((tx) =>
      sql`update log_entry set leaf = replace(leaf, '"faces":2', '"faces":1') where seq = 2`.execute(tx),
    )
    await t().start()
    expect(await t().failure()).toMatchObject({ code: 'log_damaged', reason: expect.stringContaining('Entry 2') })
    expect(await t().published()).toBeNull()
  })

  it('a process refuses even where the database cannot be told', async () => {
    const deaf: Pick<Store, 'transaction'> = { transaction: () => Promise.reject(new Error('no space anywhere')) }
    const integrator = await t().start(t().open(deaf))
    expect(integrator.healthy()).toBe(false)
    expect(await t().failure()).toBeNull()
    await expect(t().add(1)).rejects.toMatchObject({ code: 'log_failing' })
  })

  it('a database that is away is no alarm: every act says so itself', async () => {
    const gone = new StoreError('database_unavailable', 'inner words', 'inner remedy')
    const integrator = await t().start(t().open({ transaction: () => Promise.reject(gone) }))
    expect(integrator.healthy()).toBe(true)
    expect(t().troubles).toEqual([])
    await t().add(1)
  })

  it('the alarm of a process that is gone ends at the next good start', async () => {
    await t().store.transaction(NOBODY, (tx) =>
      sql`update log_health set failing_since = '2026-11-22T15:00:00Z', code = 'disk_full', reason = 'Full.',
        holder = 'gone', seen_at = now()`.execute(tx),
    )
    await expect(t().add(1)).rejects.toMatchObject({ code: 'log_failing' })
    await t().start()
    await t().add(1)
    await t().stopAll()
    const [, alarm] = await newest(2)
    expect(alarm).toMatchObject({ act: 'log.alarm', facts: { since: '2026-11-22T15:00:00.00Z', reason: 'disk_full' } })
  })

  it('the alarm of another process is not ended while that one repeats it', async () => {
    await t().start()
    const say = (ago: string) =>
      t().store.transaction(NOBODY, (tx) =>
        sql`update log_health set failing_since = now(), code = 'disk_full', reason = 'Full.', holder = 'other',
          seen_at = now() - ${ago}::interval`.execute(tx),
      )
    await say('0 s')
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(await t().failure()).toMatchObject({ code: 'disk_full' })
    await say('11 s')
    await until(async () => (await t().failure()) === null)
  })
})
