import { describe, expect, it } from 'vitest'
import { emptyTally } from './index-pair.ts'
import { rewritePays } from './rewrite-pays.ts'
import { dropFolders, makeFolder, openTestFiles, recordsOf } from './test-index.fixture.ts'

const pays = (change: Partial<ReturnType<typeof emptyTally>>) => rewritePays({ ...emptyTally(), ...change })

describe('a new snapshot pays', () => {
  it.each([
    [0, 4096],
    [32_768, 4096],
    [80_000, 10_000],
  ])('with %i rows in the snapshot once the journal has more than %i entries', (snapshotRows, journalEntries) => {
    expect(pays({ snapshotRows, journalEntries })).toBe(false)
    expect(pays({ snapshotRows, journalEntries: journalEntries + 1 })).toBe(true)
  })

  it.each([
    [0, 0, 4096],
    [80_000, 16_000, 12_000],
  ])('with %i and %i rows once more than %i are dead', (snapshotRows, journalRows, dead) => {
    expect(pays({ snapshotRows, journalRows, dead })).toBe(false)
    expect(pays({ snapshotRows, journalRows, dead: dead + 1 })).toBe(true)
  })

  it('once the journal has more than 16384 frames', () => {
    expect(pays({ snapshotRows: 1e6, journalEntries: 16_384, journalFrames: 16_384 })).toBe(false)
    expect(pays({ snapshotRows: 1e6, journalEntries: 16_385, journalFrames: 16_385 })).toBe(true)
  })

  it('is told by the files: after 4097 rows in the journal, or 4097 removed, also when loaded again', async () => {
    const folder = await makeFolder()
    const nothing = { onRecords: () => undefined, onChange: () => undefined }
    let files = await openTestFiles(folder)
    const reopen = async () => {
      await files.close()
      files = await openTestFiles(folder)
      await files.load(nothing)
    }
    await files.rewrite(8192, [recordsOf(1, 8192)])
    await files.appendAdded(recordsOf(8193, 4096), 12_288)
    expect(files.shouldRewrite()).toBe(false)
    await files.appendAdded(recordsOf(12_289, 1), 12_289)
    expect(files.shouldRewrite()).toBe(true)
    await reopen()
    expect(files.shouldRewrite()).toBe(true)
    await files.rewrite(8192, [recordsOf(1, 8192)])
    expect(files.shouldRewrite()).toBe(false)
    await files.close()
    await dropFolders([folder])
  })
})
