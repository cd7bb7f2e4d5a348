import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import type { LoadedIndex } from './index-files.ts'
import { changeAt, type HistoryKind, pagesOf, rowsAt } from './test-history.fixture.ts'
import { dropFolders, loadFolder, makeFolder, openTestFiles, RowsCopy } from './test-index.fixture.ts'

const PROGRAM = fileURLToPath(new URL('./grow-index.fixture.ts', import.meta.url))
const ROUNDS = 6

let folder = ''
afterEach(() => dropFolders([folder]))

/** Starts the program and kills it a random time after it is ready. */
async function growAndKill(kind: HistoryKind): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, folder, kind], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout as NodeJS.EventEmitter, 'data'), ended])
  await sleep(Math.random() * 120)
  child.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
}

/** What the files hold is what the history is at the position they state. */
function expectHistory(loaded: LoadedIndex, copy: RowsCopy, kind: HistoryKind): number {
  if (loaded.state !== 'loaded') throw new Error(JSON.stringify(loaded))
  const right = rowsAt(kind, loaded.position)
  const next = changeAt(kind, loaded.position + 1)
  // Bytes go before the removal is stated: killed between the two, the row is gone and the database says so again.
  if (next.kind === 'removed' && !copy.rows.has(next.row)) right.rows.delete(next.row)
  expect(copy.text()).toEqual(right.text())
  return loaded.position
}

describe('a process killed again and again', () => {
  it.each<[string, HistoryKind]>([
    ['while it adds rows', 'append'],
    ['while it removes rows', 'remove'],
    ['while it writes new snapshots', 'rewrite'],
  ])('%s leaves files that hold the rows of the position they state', async (_, kind) => {
    folder = await makeFolder()
    let reached = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      await growAndKill(kind)
      const { loaded, copy } = await loadFolder(folder)
      const position = expectHistory(loaded, copy, kind)
      expect(position).toBeGreaterThanOrEqual(reached)
      reached = position
    }
    expect(reached).toBeGreaterThan(50)
  })

  it('before its first snapshot is complete leaves nothing or an empty index', async () => {
    folder = await makeFolder()
    for (let round = 0; round < 4; round += 1) {
      const child = spawn(process.execPath, [PROGRAM, folder, 'append'], { stdio: 'ignore' })
      await sleep(100 + Math.random() * 300)
      child.kill('SIGKILL')
      await once(child, 'exit')
      const { loaded, copy } = await loadFolder(folder)
      if (loaded.state !== 'missing') expectHistory(loaded, copy, 'append')
    }
  })

  it('while another process reads gives that reader a true state or none', async () => {
    folder = await makeFolder()
    const child = spawn(process.execPath, [PROGRAM, folder, 'rewrite'], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    for (let loads = 0; loads < 5; ) {
      const files = await openTestFiles(folder)
      expect([files.writable, files.shouldRewrite()]).toEqual([false, false])
      const copy = new RowsCopy()
      const loaded = await files.load(copy)
      if (loaded.state === 'loaded') expectHistory(loaded, copy, 'rewrite')
      if (loaded.state === 'loaded') loads += 1
      expect(await files.appendPosition(1e9)).toBe(false)
      expect(await files.rewrite(0, pagesOf(copy))).toBe(false)
      await files.close()
    }
    expect(child.exitCode).toBeNull()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const { loaded, copy } = await loadFolder(folder)
    expectHistory(loaded, copy, 'rewrite')
  })
})
