import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredFacts } from './append-frames.ts'
import type { IndexFiles } from './index-files.ts'
import type { IndexShape } from './index-shape.ts'
import type { StoredChange } from './load-pair.ts'
import { type IndexFilesOptions, openIndexFiles } from './open-index-files.ts'
import { factsOf } from './record-places.ts'

/** 16 codes and the 32 bytes after them. */
export const ROW_BYTES = 48
export const TEST_SHAPE: IndexShape = {
  key: Buffer.alloc(32, 9),
  model: { sha256: 'ab'.repeat(32), dimension: 16 },
  rowBytes: ROW_BYTES,
}

export async function makeFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'countenance-index-'))
}

export async function copyFolder(from: string): Promise<string> {
  const to = await makeFolder()
  for (const name of await readdir(from)) if (name !== 'lock') await copyFile(join(from, name), join(to, name))
  return to
}

export async function openTestFiles(folder: string, change: Partial<IndexFilesOptions> = {}): Promise<IndexFiles> {
  return await openIndexFiles({ folder, ...TEST_SHAPE, ...change })
}

/** A live record whose every byte follows from seq, its facts from `version`. */
export function recordOf(seq: number, version = 0): Buffer {
  const record = Buffer.concat([digestOf(`row ${seq}`), digestOf(`more ${seq}`)]).subarray(0, ROW_BYTES)
  digestOf(`facts ${seq} ${version}`).copy(record, ROW_BYTES - 20, 0, 12)
  record[ROW_BYTES - 11] = 1
  record.fill(0, ROW_BYTES - 10, ROW_BYTES - 8)
  record.writeDoubleLE(seq, ROW_BYTES - 8)
  return record
}

export function recordsOf(from: number, count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, at) => recordOf(from + at)))
}

export function factsOfRow(row: number, version: number): StoredFacts {
  return { row, facts: factsOf(recordOf(row, version)) }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Takes what files hold, as the index in memory does: live rows by seq. */
export class RowsCopy {
  readonly rows = new Map<number, Buffer>()
  /** Every seq handed over in a record, dead ones included. */
  readonly seqs: number[] = []

  readonly onRecords = (records: Uint8Array): void => {
    for (let at = 0; at < records.length; at += ROW_BYTES) {
      const record = Buffer.from(records.subarray(at, at + ROW_BYTES))
      this.seqs.push(record.readDoubleLE(ROW_BYTES - 8))
      if (record[ROW_BYTES - 11] !== 0) this.rows.set(record.readDoubleLE(ROW_BYTES - 8), record)
    }
  }

  readonly onChange = (change: StoredChange): void => {
    if (change.kind === 'removed') this.rows.delete(change.row)
    else this.rows.get(change.row)?.set(change.facts, ROW_BYTES - 20)
  }

  /** The rows as text, to compare. */
  text(): Record<number, string> {
    return Object.fromEntries([...this.rows].map(([seq, record]) => [seq, record.toString('hex')]))
  }
}

/** Opens a folder, loads it and closes it. */
export async function loadFolder(folder: string, change: Partial<IndexFilesOptions> = {}) {
  const files = await openTestFiles(folder, change)
  const copy = new RowsCopy()
  try {
    return { loaded: await files.load(copy), copy }
  } finally {
    await files.close()
  }
}

/** A folder with `rows` rows in its snapshot, at position `rows`, and what else is done to it. */
export async function folderOf(rows: number, then?: (files: IndexFiles) => Promise<unknown>): Promise<string> {
  const folder = await makeFolder()
  const files = await openTestFiles(folder)
  await files.rewrite(rows, [recordsOf(1, rows)])
  await then?.(files)
  await files.close()
  return folder
}

export async function dropFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
}

/** The bytes of every file in the folder. */
export async function allBytes(folder: string): Promise<Buffer> {
  const names = await readdir(folder)
  return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))))
}
