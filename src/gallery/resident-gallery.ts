/** Rows in one block of memory: with 512 dimensions a block is 8 MiB, and takes a few milliseconds to compare. */
export const BLOCK_ROWS = 4096

export interface ResidentRow {
  readonly template: string
  readonly booking: string
  /** Number of the subject, from 0, the same for all its photographs. */
  readonly subject: number
}

/** Every template of one model in memory, in blocks of float32; rows stay dense when one is removed. */
export class ResidentGallery {
  readonly dimension: number
  readonly blocks: Float32Array[] = []
  readonly rows: ResidentRow[] = []
  readonly #places = new Map<string, number>()
  readonly #subjects = new Map<string, number>()

  /** @param dimension even, as the scan takes numbers two by two. */
  constructor(dimension: number) {
    if (dimension % 2 !== 0) throw new RangeError(`A template of ${dimension} numbers cannot be scanned: odd.`)
    this.dimension = dimension
  }

  /** Subjects ever seen; numbers of subjects are below it. */
  get subjects(): number {
    return this.#subjects.size
  }

  /** @param vector unit length, `dimension` numbers; copied. A known template is left as it is. */
  add(
    id: { readonly template: string; readonly booking: string; readonly subject: string },
    vector: Float32Array,
  ): void {
    if (this.#places.has(id.template)) return
    const place = this.rows.length
    if (place % BLOCK_ROWS === 0 && this.blocks.length * BLOCK_ROWS === place) {
      this.blocks.push(new Float32Array(BLOCK_ROWS * this.dimension))
    }
    this.vectorAt(place).set(vector)
    this.rows.push({ template: id.template, booking: id.booking, subject: this.#subjectNumber(id.subject) })
    this.#places.set(id.template, place)
  }

  /** The last row takes the place of the removed one, and the freed memory is cleared. */
  remove(template: string): void {
    const place = this.#places.get(template)
    const last = this.rows.at(-1)
    if (place === undefined || last === undefined) return
    const end = this.rows.length - 1
    this.vectorAt(place).set(this.vectorAt(end))
    this.vectorAt(end).fill(0)
    this.rows[place] = last
    this.rows.pop()
    this.#places.set(last.template, place)
    this.#places.delete(template)
  }

  /** The vector of a row, in place. */
  vectorAt(place: number): Float32Array {
    const block = this.blocks[Math.floor(place / BLOCK_ROWS)]
    const start = (place % BLOCK_ROWS) * this.dimension
    if (block === undefined) throw new RangeError(`There is no row ${place}.`)
    return block.subarray(start, start + this.dimension)
  }

  #subjectNumber(subject: string): number {
    const known = this.#subjects.get(subject)
    if (known !== undefined) return known
    this.#subjects.set(subject, this.#subjects.size)
    return this.#subjects.size - 1
  }
}
