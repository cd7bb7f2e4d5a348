import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { eraseFile } from './erase-file.ts'
import { errorCode } from './error-code.ts'
import { indexPaths } from './index-folder.ts'
import { lockFolder } from './lock-folder.ts'

/**
 * Overwrites and removes the index files of every model but those kept: an index that is no longer followed would keep
 * people who were removed since. A folder that another process writes is left alone.
 * @param folder of all index files; may be missing
 * @param keep names of the folders in use
 * @returns names of the folders that are gone
 */
export async function sweepIndexFolders(folder: string, keep: readonly string[]): Promise<readonly string[]> {
  const gone: string[] = []
  for (const name of await namesIn(folder)) {
    if (!keep.includes(name) && (await eraseFolder(join(folder, name)))) gone.push(name)
  }
  return gone
}

async function eraseFolder(path: string): Promise<boolean> {
  const unlock = await lockFolder(path, indexPaths(path).lock)
  if (unlock === null) return false
  for (const name of await namesIn(path)) if (name !== 'lock') await eraseFile(join(path, name))
  await unlock()
  await rm(path, { recursive: true, force: true })
  return true
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  })
}
