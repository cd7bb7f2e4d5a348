import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What drafts end with; those of a process that was killed are removed at the next start. */
export const DRAFT_END = '.tmp'

/** Writes a draft beside `path`, mode 0600, and waits until its bytes are on disk. On failure nothing is left. */
export async function writeDraft(path: string, text: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}${DRAFT_END}`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    return draft
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Gives a draft its name, and waits until the name is on disk. After a failure either file may be what is there. */
export async function publishDraft(draft: string, path: string): Promise<void> {
  await rename(draft, path)
  await syncFolder(dirname(path))
}

/** Writes a file whole or not at all: when this returns, bytes and name outlast a power cut. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await publishDraft(await writeDraft(path, text), path)
}

/** A new name is on disk only when its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
