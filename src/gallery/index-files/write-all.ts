import type { FileHandle } from 'node:fs/promises'
import { StoreError } from '../../store/index.ts'
import { errorCode } from './error-code.ts'

/** Writes all bytes at a place; the system may take fewer at a time. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done)
    done += bytesWritten
  }
}

const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** No room on the disk, within a quota or within the size a file may have becomes a code; all else passes unchanged. */
export function indexDiskError(error: unknown): unknown {
  if (!FULL.includes(errorCode(error))) return error
  return new StoreError(
    'disk_full',
    'The disk that keeps the search index is full, so its files do not have the last changes.',
    'Free space on the data disk; the index is completed from the database.',
    error,
  )
}
