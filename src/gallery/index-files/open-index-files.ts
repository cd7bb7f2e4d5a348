import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { IndexFiles } from './index-files.ts'
import { indexPaths } from './index-folder.ts'
import type { IndexShape } from './index-shape.ts'
import { lockFolder } from './lock-folder.ts'
import { RECORD_TAIL_BYTES } from './record-places.ts'
import { indexDiskError } from './write-all.ts'

export interface IndexFilesOptions extends IndexShape {
  /** Made when missing, mode 0700. */
  readonly folder: string
}

/**
 * The snapshot and the journal of an embedded index, sealed, in a folder beside the database. One writer: while another
 * process holds the folder, or once a write has failed, they are not `writable`; changes then do nothing and answer
 * false, and the search in memory goes on.
 * @throws StoreError `disk_full`
 */
export async function openIndexFiles(options: IndexFilesOptions): Promise<IndexFiles> {
  const { key, model, rowBytes } = options
  if (key.length !== 32) throw new RangeError('The key of an index has 32 bytes.')
  if (!/^[0-9a-f]{64}$/.test(model.sha256)) throw new RangeError('A model is named by 64 hexadecimal digits.')
  if (rowBytes < RECORD_TAIL_BYTES) throw new RangeError('A record has at least 32 bytes.')
  const paths = indexPaths(resolve(options.folder))
  try {
    await mkdir(paths.folder, { recursive: true, mode: 0o700 })
    return new IndexFiles(paths, { key, model, rowBytes }, await lockFolder(paths.folder, paths.lock))
  } catch (error) {
    throw indexDiskError(error)
  }
}
