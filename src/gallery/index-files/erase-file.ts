import { open, rm } from 'node:fs/promises'
import { writeAll } from './write-all.ts'

const ZEROS = Buffer.alloc(1024 * 1024)

/**
 * Overwrites a file's bytes with zeros on disk, then removes it; nothing when there is none.
 * Where the disk writes over its own blocks the old bytes are gone. A file system that copies on write, a snapshot or
 * backup of it, and an SSD that moves blocks keep them out of reach of any file: there they stay sealed, and only a new
 * key for the index, with the old one destroyed, makes them unreadable.
 */
export async function eraseFile(path: string): Promise<void> {
  const handle = await open(path, 'r+').catch(() => null)
  if (handle !== null) {
    try {
      const { size } = await handle.stat()
      for (let at = 0; at < size; at += ZEROS.length) {
        await writeAll(handle, ZEROS.subarray(0, size - at), at)
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  await rm(path, { force: true })
}
