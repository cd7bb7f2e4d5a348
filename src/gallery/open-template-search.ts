import type { ModelIdentity } from '../engine/index.ts'
import { openCertifiedSearch } from './certified-search.ts'
import { EmbeddedIndex } from './embedded-index.ts'
import { followSource } from './follow-source.ts'
import type { GallerySearch } from './gallery-search.ts'
import type { KnownTemplate, TemplateSource } from './template-source.ts'
import { checkVector } from './usable-vector.ts'

/** A template that is nobody's booking. */
export interface LooseTemplate {
  readonly subject: string
  /** Unit length. */
  readonly vector: Float32Array
}

/** Nothing is filtered by what no booking recorded. */
const NO_FACTS = { source: 1, bookedAt: '1970-01-01', birthYear: null, sex: 'U', sealed: false } as const

/**
 * The gallery's own certified search over templates in memory, for an evaluation: equal scores in the order given.
 * @throws GalleryError `vector_unusable`
 */
export function openTemplateSearch(
  model: ModelIdentity,
  templates: readonly LooseTemplate[],
  threads = 0,
): GallerySearch {
  const index = new EmbeddedIndex({ dimension: model.dimension, threads, openFiles: null })
  const source = new LooseTemplates(model.dimension, templates)
  return openCertifiedSearch(source, followSource(source, index), model)
}

class LooseTemplates implements TemplateSource {
  readonly #rows: readonly KnownTemplate[]
  readonly #bySubject: ReadonlyMap<string, readonly KnownTemplate[]>

  constructor(dimension: number, templates: readonly LooseTemplate[]) {
    this.#rows = templates.map(({ subject, vector }, at) => {
      const id = String(at).padStart(12, '0')
      const known = { seq: at + 1, template: id, booking: id, subject, facts: NO_FACTS }
      return { ...known, vector: checkVector(vector, dimension) }
    })
    this.#bySubject = Map.groupBy(this.#rows, ({ subject }) => subject)
  }

  async state() {
    const last = this.#rows.length
    const wide = BigInt(last)
    const sum = (wide * (wide + 1n)) / 2n
    const squares = (wide * (wide + 1n) * (2n * wide + 1n)) / 6n
    return { position: last, rows: last, sum, squares }
  }

  async changesAfter(seq: number) {
    return this.#rows
      .slice(seq)
      .map(({ seq: own, facts, vector }) => ({ kind: 'added' as const, seq: own, facts, vector }))
  }

  async templatesAt(seqs: readonly number[]) {
    return seqs.flatMap((seq) => this.#rows[seq - 1] ?? [])
  }

  async templatesOf(subjects: readonly string[], except: readonly string[]) {
    const known = new Set(except)
    const all = subjects.flatMap((subject) => this.#bySubject.get(subject) ?? [])
    return all.filter(({ template }) => !known.has(template))
  }

  async sourceNumbers() {
    return []
  }
}
