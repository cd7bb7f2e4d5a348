import { type Bytes, toHex } from './bytes.ts'
import { GrowingTree, leafHash } from './merkle.ts'
import { checkNote, type NoteFinding, readCheckpoint, type SignedRoot } from './note.ts'
import { readLines } from './read-lines.ts'

/** What this browser found by itself, from the bytes of the export alone. */
export interface BrowserReport {
  readonly entries: number
  /** Recomputed from every entry, 64 hex digits. */
  readonly root: string
  /** Named by the signed checkpoint; null when the first line is not one. */
  readonly signed: SignedRoot | null
  readonly signature: NoteFinding
  /** Places (0-based) whose entry does not say that it stands there; at most ten. */
  readonly misplaced: readonly number[]
}

/** True only when everything fits and the signature was really checked. */
export function isWhole({ entries, root, signed, signature, misplaced }: BrowserReport): boolean {
  return (
    signed !== null &&
    signature === 'signed' &&
    misplaced.length === 0 &&
    signed.size === entries &&
    signed.root === root
  )
}

/**
 * Recomputes every leaf and the root of a log export.
 * @param verifierKey the key as the log publishes it; the export may not bring its own.
 */
export async function verifyExport(
  stream: ReadableStream<Uint8Array>,
  verifierKey: string,
  onProgress: (entries: number, all: number) => void,
): Promise<BrowserReport> {
  const lines = readLines(stream)
  const first = await lines.next()
  const note = first.done ? '' : checkpointIn(first.value)
  const signed = readCheckpoint(note)
  const tree = new GrowingTree()
  const misplaced: number[] = []
  for await (const line of lines) {
    if (misplaced.length < 10 && seqOf(line) !== tree.size) misplaced.push(tree.size)
    await tree.append(await leafHash(line))
    if (tree.size % 200 === 0) onProgress(tree.size, signed?.size ?? tree.size)
  }
  onProgress(tree.size, signed?.size ?? tree.size)
  return {
    entries: tree.size,
    root: toHex(await tree.root()),
    signed,
    signature: await checkNote(note, verifierKey),
    misplaced,
  }
}

function checkpointIn(line: Bytes): string {
  const header = parse(line)
  return typeof header?.checkpoint === 'string' ? header.checkpoint : ''
}

function seqOf(line: Bytes): unknown {
  return parse(line)?.seq
}

function parse(line: Bytes): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line))
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}
