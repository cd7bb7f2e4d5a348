/**
 * Whether the log keeps what it acknowledged when its process is killed: a process with eight writers is killed at
 * random moments, again and again; after each kill the folder of the log is checked as an outsider would.
 * Run: `npx node bench/faults/kill.ts [kills, by default 100]`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killWriters } from '../../src/audit/kill-writers.fixture.ts'
import { openTestStore } from '../../src/store/index.ts'

const kills = Number(process.argv[2] ?? 100)
const store = await openTestStore()
const parent = await mkdtemp(join(tmpdir(), 'countenance-kill-'))
try {
  const started = performance.now()
  const { acknowledged, lost, size, published } = await killWriters(store, join(parent, 'log'), kills)
  const seconds = Math.round((performance.now() - started) / 1000)
  console.log(`${kills} kills in ${seconds} s; entries acknowledged ${acknowledged}, in the log ${size}`)
  console.log(
    `acknowledged entries lost or doubled: ${lost.length}; last checkpoint before the end: ${published.at(-1)}`,
  )
  if (lost.length > 0) process.exitCode = 1
} finally {
  await store.close()
  await rm(parent, { recursive: true, force: true })
}
