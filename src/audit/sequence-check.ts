import type { ExportFault } from './verify-report.ts'

interface Gap {
  readonly from: number
  readonly to: number
  readonly line: number
}

/** Follows the places of the entries of an export: each once, in order, none beyond the signed size. */
export class SequenceCheck {
  readonly #size: number
  #expected = 0
  #gaps: Gap[] = []

  constructor(size: number) {
    this.#size = size
  }

  /** Takes the next entry; `seq` is null when the line could not be read and may be the one expected. */
  take(line: number, seq: number | null): ExportFault | null {
    const place = seq ?? this.#expected
    if (place >= this.#size) {
      return {
        line,
        code: 'line_added',
        sentence: `Line ${line} is beyond the ${this.#size} entries that were signed.`,
      }
    }
    if (place < this.#expected) return this.#takeLate(line, place)
    if (place > this.#expected) this.#gaps.push({ from: this.#expected, to: place, line })
    this.#expected = place + 1
    return null
  }

  /** What is still missing after the last line. */
  finish(lastLine: number): readonly ExportFault[] {
    const missing = this.#gaps.map(({ from, to, line }): ExportFault => {
      const which = to - from === 1 ? `Entry ${from} is` : `Entries ${from} to ${to - 1} are`
      return { line, code: 'line_missing', sentence: `${which} missing before line ${line}.` }
    })
    if (this.#expected === this.#size) return missing
    const sentence = `The export ends before entry ${this.#expected}; ${this.#size} entries were signed.`
    return [...missing, { line: lastLine, code: 'end_missing', sentence }]
  }

  #takeLate(line: number, place: number): ExportFault {
    const gap = this.#gaps.find(({ from, to }) => from <= place && place < to)
    if (gap === undefined) {
      return { line, code: 'line_repeated', sentence: `Line ${line} holds entry ${place} a second time.` }
    }
    const parts = [
      { ...gap, to: place },
      { ...gap, from: place + 1 },
    ].filter(({ from, to }) => from < to)
    this.#gaps = this.#gaps.flatMap((other) => (other === gap ? parts : [other]))
    return { line, code: 'line_out_of_order', sentence: `Line ${line} holds entry ${place}, which belongs further up.` }
  }
}
