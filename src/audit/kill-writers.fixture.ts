import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { systemClock } from '../base/index.ts'
import type { TestStore } from '../store/index.ts'
import { ORIGIN, SEED } from './export.fixture.ts'
import { bundledEntries, checkedFolder } from './log-folder.fixture.ts'
import { openLog } from './open-log.ts'

const WRITER = join(import.meta.dirname, 'log-writer.fixture.ts')

export interface Writer {
  readonly child: ChildProcess
  /** The numbers of the entries it was told were committed, and what was refused. */
  readonly said: () => readonly string[]
}

/** Starts a writing process; `shell` is put before it, such as a limit. */
export function startWriter(
  store: Pick<TestStore, 'address'>,
  folder: string,
  plan: { readonly first: number; readonly writers: number; readonly most: number; readonly shell?: string },
): Writer {
  const words = [JSON.stringify(store.address), folder, plan.first, plan.writers, plan.most].map(String)
  const line = `${plan.shell ?? ''} exec "$@"`
  const child = spawn('bash', ['-c', line, 'bash', process.execPath, WRITER, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (more: string) => {
    text += more
  })
  return { child, said: () => text.split('\n').slice(0, -1) }
}

export interface KillReport {
  readonly kills: number
  readonly acknowledged: number
  /** Acknowledged entries that are not in the log, or there twice: none in an honest log. */
  readonly lost: readonly number[]
  readonly size: number
  /** Sizes of the checkpoints that were found right after each kill, with all their tiles. */
  readonly published: readonly number[]
}

const MOST_PER_LIFE = 1_000_000

/** Kills a writing process at random moments, again and again, and looks at the folder after each. */
export async function killWriters(store: TestStore, folder: string, kills: number): Promise<KillReport> {
  const acknowledged: number[] = []
  const published: number[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    const plan = { first: kill * MOST_PER_LIFE, writers: 8, most: MOST_PER_LIFE }
    const { child, said } = startWriter(store, folder, plan)
    const ended = once(child, 'close')
    // Some lives end while the folder is being checked at the start, most under load.
    if (kill % 10 !== 9) while (said().length === 0) await pause(5)
    await pause(Math.random() * 400)
    child.kill('SIGKILL')
    await ended
    acknowledged.push(...said().map(Number))
    published.push((await checkedFolder(folder))?.size ?? 0)
  }
  return { kills, published, acknowledged: acknowledged.length, ...(await settle(store, folder, acknowledged)) }
}

/** What is in the log after one good start. */
async function settle(store: TestStore, folder: string, acknowledged: readonly number[]) {
  const log = openLog(store, { origin: ORIGIN, signingKey: SEED, clock: systemClock, folder })
  await (await log.startIntegrator()).stop()
  const size = (await checkedFolder(folder))?.size ?? 0
  const counts = new Map<number, number>()
  for (const text of await bundledEntries(folder, size)) {
    const { act, facts } = JSON.parse(text)
    if (act === 'probe.received') counts.set(facts.faces, (counts.get(facts.faces) ?? 0) + 1)
  }
  const report = await log.verify(null)
  if (!report.ok || report.size !== size) throw new Error(`The log is not whole: ${JSON.stringify(report.faults)}`)
  return { size, lost: acknowledged.filter((number) => counts.get(number) !== 1) }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
