import { type FileHandle, open } from 'node:fs/promises'
import { canonicalJson } from '../../base/index.ts'

/** What a witness did about a request. */
export interface DecisionLine {
  /** UTC, to 0.01 s. */
  readonly time: string
  /** As the request has it, at most 200 characters; null when it is malformed. */
  readonly origin: string | null
  /** The size cosigned before; null for none or an unknown log. */
  readonly old: number | null
  /** The size of the checkpoint; null when it is malformed. */
  readonly new: number | null
  readonly outcome: DecisionOutcome
}

export type DecisionOutcome =
  | 'cosigned'
  | 'malformed'
  | 'bad_signature'
  | 'unknown_log'
  | 'bad_proof'
  | 'conflict_old_size'
  | 'conflict_root'
  | 'disk_failed'

/** The decisions of a witness, one line of JSON each; lines are only ever added. */
export class DecisionLog {
  readonly #file: FileHandle
  /** The end of the file may be half a line: of a process that was killed, or of a disk that was full. */
  #torn = true
  #last: Promise<void> = Promise.resolve()

  private constructor(file: FileHandle) {
    this.#file = file
  }

  static async open(path: string): Promise<DecisionLog> {
    return new DecisionLog(await open(path, 'a+', 0o600))
  }

  /** Adds a line, after those asked for before. */
  add(line: DecisionLine): Promise<void> {
    const added = this.#last.then(() => this.#write(`${canonicalJson({ ...line })}\n`))
    this.#last = added.catch(() => undefined)
    return added
  }

  async close(): Promise<void> {
    await this.#last
    await this.#file.close()
  }

  async #write(line: string): Promise<void> {
    const whole = this.#torn && (await this.#endsInside()) ? `\n${line}` : line
    this.#torn = true
    await this.#file.appendFile(whole)
    this.#torn = false
  }

  async #endsInside(): Promise<boolean> {
    const { size } = await this.#file.stat()
    if (size === 0) return false
    const { buffer } = await this.#file.read(Buffer.alloc(1), 0, 1, size - 1)
    return buffer[0] !== 0x0a
  }
}
