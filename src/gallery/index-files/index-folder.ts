import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { eraseFile } from './erase-file.ts'
import { IndexDamage } from './index-damage.ts'

/** Names in the folder of the index. */
export interface IndexPaths {
  readonly folder: string
  readonly snapshot: string
  readonly journal: string
  /** Drafts, before they take the place of the two files. */
  readonly nextSnapshot: string
  readonly nextJournal: string
  /** The two files that drafts replace, until their bytes are overwritten. */
  readonly oldSnapshot: string
  readonly oldJournal: string
  /** Frames on their way into their places. */
  readonly patch: string
  readonly lock: string
}

export function indexPaths(folder: string): IndexPaths {
  return {
    folder,
    snapshot: join(folder, 'snapshot'),
    journal: join(folder, 'journal'),
    nextSnapshot: join(folder, 'snapshot.next'),
    nextJournal: join(folder, 'journal.next'),
    oldSnapshot: join(folder, 'snapshot.old'),
    oldJournal: join(folder, 'journal.old'),
    patch: join(folder, 'frame.tmp'),
    lock: join(folder, 'lock'),
  }
}

/**
 * Puts drafts in the place of the two files. The rename of the snapshot decides: killed before it, `settleFolder` gives
 * the old files back; killed after it, it completes the new ones.
 */
export async function replaceFiles(paths: IndexPaths): Promise<void> {
  await renameIfThere(paths.snapshot, paths.oldSnapshot)
  await renameIfThere(paths.journal, paths.oldJournal)
  await rename(paths.nextSnapshot, paths.snapshot)
  await rename(paths.nextJournal, paths.journal)
  await syncFolder(paths.folder)
  await eraseFile(paths.oldSnapshot)
  await eraseFile(paths.oldJournal)
}

/** Finishes or takes back a replacement that was cut short; erases drafts and replaced files. The writer alone may. @throws IndexDamage */
export async function settleFolder(paths: IndexPaths): Promise<void> {
  await settle(paths).catch((error: unknown) => {
    throw new IndexDamage(`The folder of the index cannot be put in order: ${String(error)}.`)
  })
}

async function settle(paths: IndexPaths): Promise<void> {
  if (!(await isThere(paths.snapshot)) && (await isThere(paths.oldSnapshot))) {
    await rename(paths.oldSnapshot, paths.snapshot)
    if (!(await isThere(paths.journal))) await renameIfThere(paths.oldJournal, paths.journal)
  }
  const decided = (await isThere(paths.snapshot)) && !(await isThere(paths.journal))
  if (decided) await renameIfThere(paths.nextJournal, paths.journal)
  for (const path of [paths.nextSnapshot, paths.nextJournal, paths.oldSnapshot, paths.oldJournal]) await eraseFile(path)
}

/** Erases drafts that will not be used. */
export async function dropDrafts(paths: IndexPaths): Promise<void> {
  await eraseFile(paths.nextSnapshot).catch(() => rm(paths.nextSnapshot, { force: true }))
  await eraseFile(paths.nextJournal).catch(() => rm(paths.nextJournal, { force: true }))
}

/** A name is on disk only when its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}

async function renameIfThere(from: string, to: string): Promise<void> {
  if (await isThere(from)) await rename(from, to)
}
