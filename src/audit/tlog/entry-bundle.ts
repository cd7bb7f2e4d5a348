import { TILE_WIDTH } from './tile-path.ts'
import { TlogError } from './tlog-error.ts'

/** The most bytes an entry may have: its length is written in two. */
export const MOST_ENTRY_BYTES = 65_535

/** @throws TlogError `entry_too_long` when an entry cannot be written into a bundle. */
export function checkEntry(entry: Uint8Array): void {
  if (entry.length <= MOST_ENTRY_BYTES) return
  throw new TlogError('entry_too_long', `An entry has at most ${MOST_ENTRY_BYTES} bytes; this one has ${entry.length}.`)
}

/**
 * One to 256 entries, each after its length (two bytes, big-endian).
 * @throws TlogError `entry_too_long`. @throws RangeError on any other number of entries.
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0 || entries.length > TILE_WIDTH) {
    throw new RangeError(`A bundle has 1 to ${TILE_WIDTH} entries, not ${entries.length}.`)
  }
  const parts = entries.flatMap((entry) => {
    checkEntry(entry)
    return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
  })
  return Buffer.concat(parts)
}

/**
 * The entries of a bundle, which must be `width` in number. They share its memory.
 * @throws TlogError `bundle_malformed` when it ends early or goes on.
 */
export function decodeBundle(bytes: Uint8Array, width: number, path: string | null = null): readonly Uint8Array[] {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const start = at + 2
    at = start + (((bytes[at] as number) << 8) | (bytes[at + 1] ?? 0))
    if (start > bytes.length || at > bytes.length) {
      throw new TlogError('bundle_malformed', `The bundle ends inside its entry ${entries.length}.`, path)
    }
    entries.push(bytes.subarray(start, at))
  }
  if (entries.length === width) return entries
  throw new TlogError('bundle_malformed', `The bundle has ${entries.length} entries, not ${width}.`, path)
}
