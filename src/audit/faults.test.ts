import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import { killWriters, startWriter } from './kill-writers.fixture.ts'
import { bundledEntries, checkedFolder } from './log-folder.fixture.ts'

let store: TestStore
let parent: string
let folder: string
beforeEach(async () => {
  store = await openTestStore()
  parent = await mkdtemp(join(tmpdir(), 'countenance-faults-'))
  folder = join(parent, 'log')
})
afterEach(async () => {
  await store.close()
  await rm(parent, { recursive: true, force: true })
})

it('killed at random moments under load, nothing acknowledged is lost; checkpoints never lack their tiles', async () => {
  const report = await killWriters(store, folder, 12)
  expect(report.acknowledged).toBeGreaterThan(100)
  expect(report.lost).toEqual([])
  expect(report.size).toBeGreaterThanOrEqual(report.acknowledged)
  expect(report.published).toEqual(report.published.toSorted((a, b) => a - b))
})

it('with no space for its folder acts stop; with space again all that was acknowledged is there', async () => {
  // Files of more than 16 KiB fail, as on a full disk; the signal that comes with it would end the process.
  const full = startWriter(store, folder, {
    first: 0,
    writers: 4,
    most: 1_000_000,
    shell: `trap '' XFSZ; ulimit -f 16;`,
  })
  const [code] = await once(full.child, 'close')
  expect(code).toBe(0)
  const acknowledged = full.said().filter((line) => /^\d+$/.test(line))
  const refused = full.said().filter((line) => line.startsWith('refused'))
  expect(new Set(refused)).toEqual(new Set(['refused log_failing']))
  const health = sql<{ code: string }>`select code from log_health`
  expect((await store.transaction({ agency: null }, (tx) => health.execute(tx))).rows).toEqual([{ code: 'disk_full' }])

  const free = startWriter(store, folder, { first: 1_000_000, writers: 1, most: 1 })
  expect((await once(free.child, 'close'))[0]).toBe(0)
  expect(free.said()).toEqual(['1000000'])
  const size = (await checkedFolder(folder))?.size ?? 0
  const entries = (await bundledEntries(folder, size)).map((text) => JSON.parse(text))
  const kept = new Set(entries.map((entry) => String(entry.facts.faces)))
  expect(acknowledged.filter((number) => !kept.has(number))).toEqual([])
  expect(entries.find((entry) => entry.act === 'log.alarm')?.facts.reason).toBe('disk_full')
})
