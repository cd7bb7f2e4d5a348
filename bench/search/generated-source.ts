import type { IndexChange, RowFacts } from '../../src/gallery/coarse-index.ts'
import type { KnownTemplate, SourceState, TemplateSource } from '../../src/gallery/template-source.ts'
import type { FaceSet } from './generate.ts'

const FACTS: RowFacts = { source: 1, bookedAt: '2024-05-31', birthYear: 1990, sex: 'F', sealed: false }
const PAGE = 4096
/** Templates that are kept once they were asked for. */
const MOST_KEPT = 40_000

/**
 * A generated gallery in the place of the database: vectors are made anew from their rows, and only those that were
 * asked for by row are kept for the next time, so that making them is not measured. Row n has the seq n + 1; later additions and removals follow in the order they are made.
 */
export class GeneratedSource implements TemplateSource {
  readonly #set: FaceSet
  readonly #onPage: (vectors: readonly Float32Array[]) => void
  /** Changes after the first `rows`: an added row, or the seq of a removed one. */
  readonly #later: IndexChange[] = []
  readonly #removed = new Set<number>()
  /** The row of the set that each later added seq has. */
  readonly #laterRows = new Map<number, number>()
  readonly #kept = new Map<number, KnownTemplate>()
  /** Milliseconds of processor that making pages took: not the index's. */
  pageMs = 0

  /** @param onPage sees each vector of the set once, in order, as the feed gives them */
  constructor(set: FaceSet, onPage: (vectors: readonly Float32Array[]) => void = () => {}) {
    this.#set = set
    this.#onPage = onPage
  }

  /** Enrols one more photograph; the row to ask the set for its vector with. */
  append(): number {
    const row = this.#set.spec.rows + this.#laterRows.size
    const seq = this.#position() + 1
    this.#laterRows.set(seq, row)
    this.#later.push({ kind: 'added', seq, facts: FACTS, vector: this.#set.template(row) })
    return row
  }

  remove(seq: number): void {
    this.#removed.add(seq)
    this.#later.push({ kind: 'removed', seq: this.#position() + 1, row: seq })
  }

  async state(): Promise<SourceState> {
    const { rows } = this.#set.spec
    const n = BigInt(rows)
    let sum = (n * (n + 1n)) / 2n
    let squares = (n * (n + 1n) * (2n * n + 1n)) / 6n
    for (const seq of this.#laterRows.keys()) {
      sum += BigInt(seq)
      squares += BigInt(seq) ** 2n
    }
    for (const seq of this.#removed) {
      sum -= BigInt(seq)
      squares -= BigInt(seq) ** 2n
    }
    return { position: this.#position(), rows: rows + this.#laterRows.size - this.#removed.size, sum, squares }
  }

  async changesAfter(seq: number): Promise<readonly IndexChange[]> {
    const { rows } = this.#set.spec
    if (seq >= rows) return this.#later.filter((change) => change.seq > seq)
    const start = process.cpuUsage()
    const vectors = Array.from({ length: Math.min(PAGE, rows - seq) }, (_, at) => this.#set.template(seq + at))
    this.#onPage(vectors)
    const changes = vectors.map((vector, at): IndexChange => {
      return { kind: 'added', seq: seq + at + 1, facts: FACTS, vector }
    })
    const { user, system } = process.cpuUsage(start)
    this.pageMs += (user + system) / 1000
    return changes
  }

  async templatesAt(seqs: readonly number[]): Promise<readonly KnownTemplate[]> {
    return seqs.filter((seq) => !this.#removed.has(seq)).map((seq) => this.#known(seq))
  }

  async templatesOf(subjects: readonly string[], except: readonly string[]): Promise<readonly KnownTemplate[]> {
    const { identities, firstRowOf } = this.#set
    const seqs = subjects.flatMap((subject) => {
      const identity = Number(subject.slice(4))
      if (identity >= identities) return [...this.#laterRows.keys()].filter((seq) => this.#subjectOf(seq) === subject)
      const [first = 0, end = 0] = [firstRowOf[identity], firstRowOf[identity + 1]]
      return Array.from({ length: end - first }, (_, at) => first + at + 1)
    })
    const all = await this.templatesAt(seqs)
    return all.filter(({ template }) => !except.includes(template))
  }

  async sourceNumbers(ids: readonly string[]): Promise<readonly number[]> {
    return ids.map(() => 1)
  }

  #position(): number {
    return this.#set.spec.rows + this.#later.length
  }

  #known(seq: number): KnownTemplate {
    const kept = this.#kept.get(seq)
    if (kept !== undefined) return kept
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
    const made = this.#make(seq)
    this.#kept.set(seq, made)
    return made
  }

  #make(seq: number): KnownTemplate {
    const name = String(seq).padStart(10, '0')
    const vector = this.#set.template(this.#rowOf(seq))
    const subject = this.#subjectOf(seq)
    return { seq, template: `tpl_${name}`, booking: `bkg_${name}`, subject, facts: FACTS, vector }
  }

  #rowOf(seq: number): number {
    return this.#laterRows.get(seq) ?? seq - 1
  }

  #subjectOf(seq: number): string {
    const row = this.#rowOf(seq)
    const { rows } = this.#set.spec
    return `sub_${row < rows ? this.#set.identityOf[row] : this.#set.identities + row - rows}`
  }
}
