import type { CoarseAnswer, CoarseAsk, CoarseIndex, IndexChange, RowFacts, RowsDigest } from './coarse-index.ts'
import { exactScore } from './exact-score.ts'
import { passesFilter } from './passes-filter.ts'
import type { KnownTemplate, TemplateSource } from './template-source.ts'

export const SOME_FACTS: RowFacts = { source: 1, bookedAt: '2024-05-31', birthYear: 1990, sex: 'F', sealed: false }

/** For tests: templates of one model in memory, with the feed that the database would give. */
export class MemorySource implements TemplateSource {
  readonly rows: KnownTemplate[] = []
  readonly #changes: IndexChange[] = []
  #seq = 0
  readonly #page: number

  constructor(page = 4000) {
    this.#page = page
  }

  add(template: string, subject: string, vector: Float32Array, facts: RowFacts = SOME_FACTS): number {
    this.#seq += 1
    const seq = this.#seq
    this.rows.push({ seq, template, booking: `bkg_${template}`, subject, facts, vector })
    this.#changes.push({ kind: 'added', seq, facts, vector })
    return seq
  }

  remove(row: number): void {
    this.#seq += 1
    this.rows.splice(
      this.rows.findIndex(({ seq }) => seq === row),
      1,
    )
    // As in the database: the arrival of a row that is gone is no longer told.
    this.#changes.splice(
      this.#changes.findIndex((change) => change.kind === 'added' && change.seq === row),
      1,
    )
    this.#changes.push({ kind: 'removed', seq: this.#seq, row })
  }

  setFacts(row: number, facts: RowFacts): void {
    this.#seq += 1
    const at = this.rows.findIndex(({ seq }) => seq === row)
    this.rows[at] = { ...(this.rows[at] as KnownTemplate), facts }
    // As in the database: an arrival is told with the facts of now.
    const arrival = this.#changes.findIndex((change) => change.kind === 'added' && change.seq === row)
    this.#changes[arrival] = { ...(this.#changes[arrival] as IndexChange), facts } as IndexChange
    this.#changes.push({ kind: 'facts', seq: this.#seq, row, facts })
  }

  async state() {
    return { position: this.#seq, ...digestOf(this.rows.map(({ seq }) => seq)) }
  }

  async changesAfter(seq: number) {
    return this.#changes.filter((change) => change.seq > seq).slice(0, this.#page)
  }

  async templatesAt(seqs: readonly number[]) {
    return this.rows.filter(({ seq }) => seqs.includes(seq))
  }

  async templatesOf(subjects: readonly string[], except: readonly string[]) {
    return this.rows.filter(({ subject, template }) => subjects.includes(subject) && !except.includes(template))
  }

  async sourceNumbers(ids: readonly string[]) {
    return ids.map((id) => Number(id.replace('src_', '')))
  }
}

/** For tests: an index that holds vectors in the clear and gives bounds as loose as it is told. */
export class MemoryIndex implements CoarseIndex {
  readonly held = new Map<number, { readonly facts: RowFacts; readonly vector: Float32Array }>()
  readonly asked: CoarseAsk[] = []
  #position = 0
  readonly #slack: (seq: number) => number

  /** @param slack how far above the exact score the bound of a row is, 0 or more */
  constructor(slack: (seq: number) => number = () => 1e-6) {
    this.#slack = slack
  }

  async position() {
    return this.#position
  }

  async apply(changes: readonly IndexChange[]) {
    for (const change of changes) {
      if (change.kind === 'added') this.held.set(change.seq, { facts: change.facts, vector: change.vector })
      const known = change.kind === 'added' ? undefined : this.held.get(change.row)
      if (change.kind === 'removed') this.held.delete(change.row)
      if (change.kind === 'facts' && known !== undefined) this.held.set(change.row, { ...known, facts: change.facts })
      this.#position = change.seq
    }
  }

  async scan(queries: readonly Float32Array[], ask: CoarseAsk) {
    this.asked.push(ask)
    return queries.map((query) => this.#scanOne(Float64Array.from(query), ask))
  }

  async differing(rows: readonly Extract<IndexChange, { kind: 'added' }>[]) {
    const same = ({ seq, facts, vector }: (typeof rows)[number]) =>
      JSON.stringify([facts, [...vector]]) ===
      JSON.stringify([this.held.get(seq)?.facts, [...(this.held.get(seq)?.vector ?? [])]])
    return rows.filter((row) => !same(row)).map(({ seq }) => seq)
  }

  async digest() {
    return digestOf([...this.held.keys()])
  }

  clear(): void {
    this.held.clear()
    this.#position = 0
  }

  async close() {}

  #scanOne(query: Float64Array, { k, floor, filter }: CoarseAsk): CoarseAnswer {
    const compared = [...this.held].filter(([, { facts }]) => passesFilter(filter, facts))
    const all = compared
      .map(([seq, { vector }]) => ({ seq, upper: exactScore(query, vector) + this.#slack(seq) }))
      .filter(({ upper }) => upper >= floor)
      .sort((one, other) => other.upper - one.upper || one.seq - other.seq)
    const pruned = all.length < compared.length ? floor : Number.NEGATIVE_INFINITY
    const rows = all.slice(0, k)
    return {
      searched: compared.length,
      enrolled: this.held.size,
      rows,
      bound: Math.max(pruned, all[k]?.upper ?? Number.NEGATIVE_INFINITY),
    }
  }
}

function digestOf(seqs: readonly number[]): RowsDigest {
  const wide = seqs.map(BigInt)
  return {
    rows: seqs.length,
    sum: wide.reduce((sum, seq) => sum + seq, 0n),
    squares: wide.reduce((sum, seq) => sum + seq * seq, 0n),
  }
}
