import type { Entry } from './entry.ts'
import { parseEntry } from './entry.ts'
import { readHeader } from './export-header.ts'
import { type ExportChunks, type ExportLine, readLines } from './export-lines.ts'
import { SequenceCheck } from './sequence-check.ts'
import { type Checkpoint, parseCheckpoint } from './tlog/checkpoint.ts'
import { CompactRange } from './tlog/compact-range.ts'
import { openNote, parseVerifierKey } from './tlog/note.ts'
import { sameHash } from './tlog/tree-hash.ts'
import { type ExportFault, MOST_FAULTS, type VerifyReport } from './verify-report.ts'

export interface VerifyOptions {
  /** The log's key as published elsewhere. Without it the export's own key is used, and the report says so. */
  readonly verifierKey?: string
  /** A checkpoint (signed note) kept from before: the export must continue it. */
  readonly earlierCheckpoint?: string
}

/**
 * Checks a log export with nothing but the export: every line, their order, the root, the signature.
 * @param chunks the file, in pieces cut anywhere; it is read once, in bounded memory.
 */
export async function verifyExport(chunks: ExportChunks, options: VerifyOptions = {}): Promise<VerifyReport> {
  const lines = readLines(chunks)
  const first = await lines.next()
  const header = readHeader(first.done ? undefined : first.value, options.verifierKey)
  const check = new ExportCheck(header.checkpoint, header.faults)
  if (header.checkpoint !== null) {
    if (options.earlierCheckpoint !== undefined) check.expectEarlier(options.earlierCheckpoint, options.verifierKey)
    for await (const line of lines) if (!check.take(line)) break
    check.finish()
  }
  return check.report(options.verifierKey === undefined ? 'export' : 'given')
}

class ExportCheck {
  readonly #promised: Checkpoint | null
  readonly #faults: ExportFault[]
  readonly #warnings: ExportFault[] = []
  readonly #sequence: SequenceCheck
  readonly #tree = new CompactRange()
  #inOrder = true
  #lastAt = ''
  #earlier: Checkpoint | null = null
  #lastLine = 1

  constructor(promised: Checkpoint | null, faults: readonly ExportFault[]) {
    this.#promised = promised
    this.#faults = [...faults]
    this.#sequence = new SequenceCheck(promised?.size ?? 0)
  }

  expectEarlier(note: string, key: string | undefined): void {
    const verifier = key === undefined ? null : parseVerifierKey(key)
    const opened = openNote(note, verifier === null ? [] : [verifier])
    const text = opened.ok ? opened.text : note.slice(0, note.lastIndexOf('\n\n') + 1)
    const earlier = parseCheckpoint(text)
    const trusted = opened.ok || (verifier === null && opened.fault === 'signature_unknown')
    if (earlier === null || !trusted) {
      const sentence = 'The earlier checkpoint cannot be read, or is not signed with the key given.'
      this.#faults.push({ line: 1, code: 'checkpoint_unreadable', sentence })
    }
    this.#earlier = trusted ? earlier : null
    this.#compareEarlier()
  }

  /** False when reading on is of no use. */
  take(line: ExportLine): boolean {
    this.#lastLine = line.number
    const entry = this.#readEntry(line)
    const misplaced = this.#sequence.take(line.number, entry?.seq ?? null)
    if (misplaced !== null) {
      this.#inOrder = false
      this.#faults.push(misplaced)
    }
    if (entry !== null) this.#followTime(line.number, entry)
    this.#tree.append(line.bytes)
    this.#compareEarlier()
    if (this.#faults.length < MOST_FAULTS) return true
    const sentence = `Reading stopped after ${MOST_FAULTS} faults.`
    this.#faults.push({ line: line.number, code: 'too_many_faults', sentence })
    return false
  }

  finish(): void {
    if (this.#faults.length > MOST_FAULTS) return
    const missing = this.#sequence.finish(this.#lastLine)
    this.#faults.push(...missing)
    if (this.#earlier !== null && this.#earlier.size > this.#tree.size && missing.length === 0) {
      const sentence = `${this.#earlier.size} entries were signed before; this export has ${this.#tree.size}.`
      this.#faults.push({ line: this.#lastLine, code: 'history_differs', sentence })
    }
    const comparable = this.#inOrder && missing.length === 0 && this.#promised !== null
    if (!comparable || sameHash(this.#tree.root(), (this.#promised as Checkpoint).root)) return
    const sentence = 'The entries do not have the root that was signed: at least one of them was changed.'
    this.#faults.push({ line: this.#lastLine, code: 'root_differs', sentence })
  }

  report(keySource: VerifyReport['keySource']): VerifyReport {
    return {
      ok: this.#faults.length === 0,
      size: this.#tree.size,
      root: Buffer.from(this.#tree.root()).toString('hex'),
      origin: this.#promised?.origin ?? '',
      faults: this.#faults,
      warnings: this.#warnings,
      keySource,
    }
  }

  #readEntry(line: ExportLine): Entry | null {
    const fault = (code: ExportFault['code'], sentence: string) => {
      this.#faults.push({ line: line.number, code, sentence })
      return null
    }
    if (line.text === null) return fault('line_unreadable', 'This line is not UTF-8 text of a length the log writes.')
    const entry = parseEntry(line.text)
    return entry.ok ? entry.value : fault(entry.problem.code, entry.problem.message)
  }

  #followTime(line: number, entry: Entry): void {
    if (entry.at < this.#lastAt && this.#warnings.length < MOST_FAULTS) {
      const sentence = `Entry ${entry.seq} is of ${entry.at}, the one before of ${this.#lastAt}: a clock was set back.`
      this.#warnings.push({ line, code: 'time_went_back', sentence })
    }
    this.#lastAt = entry.at
  }

  #compareEarlier(): void {
    if (this.#earlier?.size !== this.#tree.size || sameHash(this.#earlier.root, this.#tree.root())) return
    const sentence = `The first ${this.#tree.size} entries are not those that were signed before.`
    this.#faults.push({ line: this.#lastLine, code: 'history_differs', sentence })
  }
}
