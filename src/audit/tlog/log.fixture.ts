import { type Checkpoint, checkpointText } from './checkpoint.ts'
import { cosigner, parseWitnessKey, type WitnessKey } from './cosignature.ts'
import { growTree, type TreeState } from './grow-tree.ts'
import { type NoteSigner, type NoteVerifier, noteSigner, parseVerifierKey } from './note.ts'
import { type ReadTile, TileTree } from './tile-tree.ts'
import { emptyRoot } from './tree-hash.ts'

export const ORIGIN = 'county.example/log'
export const TIME = 1_795_000_000

export function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('The fixture is broken.')
  return value
}

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
export const entryAt = (index: number): Uint8Array => Buffer.from(`entry ${index}`)
export const entriesFrom = (start: number, end: number) =>
  Array.from({ length: end - start }, (_, place) => entryAt(start + place))

/** The log's key, and three witnesses. */
export const logSigner: NoteSigner = noteSigner(ORIGIN, Buffer.alloc(32, 1))
export const logVerifier: NoteVerifier = known(parseVerifierKey(logSigner.verifierKey))
export const trustedLog = { origin: ORIGIN, verifiers: [logVerifier] }
export const cosigners = [11, 12, 13].map((fill, place) =>
  cosigner(`witness.example/w${place + 1}`, Buffer.alloc(32, fill)),
)
export const witnesses: readonly WitnessKey[] = cosigners.map((one) => known(parseWitnessKey(one.verifierKey)))

/** A log of tiles kept in memory; it grows in the steps it is told. */
export class MemoryLog {
  readonly files = new Map<string, Uint8Array>()
  readonly read: ReadTile = (path) => Promise.resolve(this.files.get(path) ?? null)
  state: TreeState = { size: 0, root: emptyRoot() }

  static async of(...sizes: readonly number[]): Promise<MemoryLog> {
    const log = new MemoryLog()
    for (const size of sizes) await log.grow(entriesFrom(log.state.size, size))
    return log
  }

  async grow(entries: readonly Uint8Array[]): Promise<void> {
    const { files, size, root } = await growTree(this.read, this.state, entries)
    for (const file of files) this.files.set(file.path, file.bytes)
    this.state = { size, root }
  }

  get tree(): TileTree {
    return new TileTree(this.read, this.state.size)
  }

  get checkpoint(): Checkpoint {
    return { origin: ORIGIN, ...this.state }
  }

  /** The signed checkpoint. */
  get note(): string {
    return logSigner.sign(checkpointText(this.checkpoint))
  }
}

/** Every way to flip one bit of these bytes. */
export function* bitFlips(bytes: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
    yield changed
  }
}
