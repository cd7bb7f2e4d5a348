import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ORIGIN, SIGNER } from './export.fixture.ts'
import { LogFolder } from './log-folder.ts'
import { checkTiles } from './tlog/check-tiles.ts'
import { type Checkpoint, parseCheckpoint } from './tlog/checkpoint.ts'
import { openNote, parseVerifierKey } from './tlog/note.ts'
import { TileTree } from './tlog/tile-tree.ts'

/** The checkpoint that an outsider finds in a folder, once its signature and all its tiles were checked; or null. */
export async function checkedFolder(path: string): Promise<Checkpoint | null> {
  const folder = new LogFolder(path)
  const note = await folder.read('checkpoint')
  if (note === null) return null
  const verifier = parseVerifierKey(SIGNER.verifierKey)
  const opened = openNote(note.toString(), verifier === null ? [] : [verifier])
  const checkpoint = opened.ok ? parseCheckpoint(opened.text) : null
  if (checkpoint === null || checkpoint.origin !== ORIGIN) throw new Error(`The checkpoint is unfit: ${note}`)
  const report = await checkTiles((file) => folder.read(file), checkpoint)
  if (!report.ok) throw new Error(`Tiles of ${checkpoint.size} entries: ${JSON.stringify(report)}`)
  return checkpoint
}

/** The texts of the entries in the bundles of a folder. */
export async function bundledEntries(path: string, size: number): Promise<readonly string[]> {
  const folder = new LogFolder(path)
  const tree = new TileTree((file) => folder.read(file), size)
  const bundles = []
  for (let index = 0; index * 256 < size; index += 1) bundles.push(await tree.bundle(index))
  return bundles.flat().map((entry) => Buffer.from(entry).toString())
}

/** Every file, by its path inside the folder. */
export async function filesIn(path: string): Promise<readonly string[]> {
  const found = await readdir(path, { recursive: true, withFileTypes: true })
  const files = found.filter((one) => one.isFile())
  return files.map((one) => join(one.parentPath, one.name).slice(path.length + 1)).sort()
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10))
}
