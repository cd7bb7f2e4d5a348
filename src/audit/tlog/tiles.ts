import { TILE_WIDTH } from './tile-path.ts'
import { TlogError } from './tlog-error.ts'
import { nodeHash } from './tree-hash.ts'

const HASH_BYTES = 32

/** One to 256 hashes, one after the other. @throws RangeError on any other number, or a hash that has not 32 bytes. */
export function encodeTile(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0 || hashes.length > TILE_WIDTH) {
    throw new RangeError(`A tile has 1 to ${TILE_WIDTH} hashes, not ${hashes.length}.`)
  }
  if (hashes.some((hash) => hash.length !== HASH_BYTES)) throw new RangeError(`A hash has ${HASH_BYTES} bytes.`)
  return Buffer.concat(hashes)
}

/** The hashes of a tile, which must be `width` in number. They share its memory. @throws TlogError `tile_malformed`. */
export function decodeTile(bytes: Uint8Array, width: number, path: string | null = null): readonly Uint8Array[] {
  if (bytes.length !== width * HASH_BYTES) {
    throw new TlogError('tile_malformed', `The tile has ${bytes.length} bytes, not ${width * HASH_BYTES}.`, path)
  }
  return Array.from({ length: width }, (_, place) => bytes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES))
}

/**
 * The root of a perfect subtree from the hashes of a tile: how the levels that a tile does not hold are computed.
 * @param hashes a power of two of them. @throws RangeError on any other number.
 */
export function foldTile(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes
  while (level.length > 1) {
    if (level.length % 2 === 1) throw new RangeError(`${hashes.length} hashes are not a perfect subtree.`)
    level = pairs(level)
  }
  const root = level[0]
  if (root === undefined) throw new RangeError('No hashes are not a subtree.')
  return root
}

function pairs(hashes: readonly Uint8Array[]): readonly Uint8Array[] {
  const parents: Uint8Array[] = []
  for (let place = 0; place < hashes.length; place += 2) {
    parents.push(nodeHash(hashes[place] as Uint8Array, hashes[place + 1] as Uint8Array))
  }
  return parents
}
