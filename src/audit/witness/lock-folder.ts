import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { WitnessError } from './witness-error.ts'

/**
 * Takes a folder for one writer, with a lock of the operating system on its file `lock`: it is gone when the process is,
 * however that ended. The file stays empty; SQLite is here only because Node offers no other file lock.
 * @returns how to give it back. @throws WitnessError `folder_taken`, `folder_unfit`
 */
export function lockFolder(folder: string): () => void {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(join(folder, 'lock'), { timeout: 0 })
    lock.exec('pragma journal_mode = memory; begin exclusive')
    return () => lock?.close()
  } catch (cause) {
    lock?.close()
    if (!isBusy(cause)) {
      const remedy = 'Let the account that runs the witness write there; a network file system may not do.'
      throw new WitnessError('folder_unfit', `The folder ${folder} cannot be locked.`, remedy, cause)
    }
    throw new WitnessError(
      'folder_taken',
      `Another witness writes the folder ${folder}.`,
      'Stop the other one, or give this one a folder of its own.',
      cause,
    )
  }
}

/** SQLITE_BUSY: another process, or another opener in this one, has it. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}
