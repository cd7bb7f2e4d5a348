import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TileFile } from './tlog/grow-tree.ts'

const DRAFTS = '.drafts'

/**
 * The folder of the static tree (C2SP tlog-tiles) that any web server can serve. Files appear whole under their names:
 * what `write` has returned from outlasts a power cut. It may throw whatever the disk says.
 */
export class LogFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** Makes the folder and removes what a writer that was cut off left. Nobody else may be writing. */
  async prepare(): Promise<void> {
    await rm(join(this.path, DRAFTS), { recursive: true, force: true })
    await mkdir(join(this.path, DRAFTS), { recursive: true })
    await syncFolder(this.path)
    await syncFolder(dirname(this.path))
  }

  /** The bytes of a file; null when there is none. */
  async read(path: string): Promise<Buffer | null> {
    try {
      return await readFile(join(this.path, path))
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
      throw error
    }
  }

  /** Writes files that are not there with these bytes already. */
  async write(files: readonly TileFile[]): Promise<void> {
    await Promise.all(files.map((file) => this.#writeOne(file)))
    // Also those of files that were there: whoever wrote them may have been cut off before this.
    const folders = new Set(files.flatMap((file) => this.#foldersOf(file.path)))
    await Promise.all([...folders].map(syncFolder))
  }

  /** Removes the partial versions of a tile whose full one is there. */
  async dropPartials(path: string): Promise<void> {
    await rm(join(this.path, `${path}.p`), { recursive: true, force: true })
  }

  async #writeOne({ path, bytes }: TileFile): Promise<void> {
    if ((await this.read(path))?.equals(bytes) === true) return
    const target = join(this.path, path)
    const draft = join(this.path, DRAFTS, randomBytes(8).toString('hex'))
    try {
      const file = await open(draft, 'wx', 0o644)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await mkdir(dirname(target), { recursive: true })
      await rename(draft, target)
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined)
      throw error
    }
  }

  /** The folder of a file and those above it, up to the log's own. */
  #foldersOf(path: string): readonly string[] {
    const parts = path.split('/').slice(0, -1)
    return [this.path, ...parts.map((_, depth) => join(this.path, ...parts.slice(0, depth + 1)))]
  }
}

/** A new name is on disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
