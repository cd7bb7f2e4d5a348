import type { FileHandle } from 'node:fs/promises'

const PIECE_BYTES = 4 * 1024 * 1024

/** Reads a file from front to back in large pieces, the next one while the last is in use. */
export class ReadWindow {
  readonly #handle: FileHandle
  /** Room for what is left of a piece, in front of the next one. */
  readonly #room: number
  readonly #pieceBytes: number
  #buffer: Buffer
  #spare: Buffer
  /** Unread bytes are from `#start` to `#end` of the buffer; the first of them is byte `#offset` of the file. */
  #start: number
  #end: number
  #offset: number
  /** Where the next piece begins in the file, and its bytes on their way into the spare buffer. */
  #next: number
  #coming: Promise<number> | null = null

  /** @param most the most bytes that will be viewed at once */
  constructor(handle: FileHandle, offset: number, most: number) {
    this.#handle = handle
    this.#room = most
    this.#pieceBytes = Math.max(PIECE_BYTES, most)
    this.#buffer = Buffer.allocUnsafe(this.#room + this.#pieceBytes)
    this.#spare = Buffer.allocUnsafe(this.#buffer.length)
    this.#start = this.#room
    this.#end = this.#room
    this.#offset = offset
    this.#next = offset
  }

  /** The place in the file, bytes. */
  get offset(): number {
    return this.#offset
  }

  /** The next bytes, or fewer where the file ends; good until the next call. */
  async view(bytes: number): Promise<Buffer> {
    let more = true
    while (more && this.#end - this.#start < bytes) more = await this.#turn()
    return this.#buffer.subarray(this.#start, Math.min(this.#end, this.#start + bytes))
  }

  /** Passes over bytes that were viewed. */
  skip(bytes: number): void {
    this.#start += bytes
    this.#offset += bytes
  }

  /** Puts what is left in front of the next piece and goes on with that. @returns false at the end of the file. */
  async #turn(): Promise<boolean> {
    const bytes = await (this.#coming ?? this.#read())
    const left = this.#end - this.#start
    this.#buffer.copy(this.#spare, this.#room - left, this.#start, this.#end)
    const used = this.#buffer
    this.#buffer = this.#spare
    this.#spare = used
    this.#start = this.#room - left
    this.#end = this.#room + bytes
    this.#next += bytes
    this.#coming = bytes === 0 ? null : this.#read()
    // A failure is told to the one who asks for these bytes; nobody may.
    this.#coming?.catch(() => undefined)
    return bytes > 0
  }

  async #read(): Promise<number> {
    return (await this.#handle.read(this.#spare, this.#room, this.#pieceBytes, this.#next)).bytesRead
  }
}
