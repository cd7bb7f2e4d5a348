import type { ModelIdentity } from '../engine/index.ts'
import type { CoarseAnswer, CoarseIndex, CoarseRow, IndexFilter } from './coarse-index.ts'
import { exactScore } from './exact-score.ts'
import type { FollowedIndex } from './follow-source.ts'
import { GalleryError } from './gallery-error.ts'
import { type GallerySearch, type GallerySearchResult, MAX_LIMIT, type SearchOptions } from './gallery-search.ts'
import { passesFilter } from './passes-filter.ts'
import { byRank, CertifiedRanking, type Leader } from './rank-certified.ts'
import type { KnownTemplate, TemplateSource } from './template-source.ts'
import { checkVector } from './usable-vector.ts'

/** Rows asked of the index first; doubled until the list is proved. */
const FIRST_K = 1024
/** How often a search begins anew because the gallery changed while it ran. */
const TRIES = 5

/**
 * A search whose every list is proved to be the exact one: the index names the rows with the highest upper bounds,
 * those are scored exactly with the templates of the database, until no other row can belong on the list. Before each
 * search the index takes up what was committed since; searches run one after another.
 */
export function openCertifiedSearch(source: TemplateSource, index: FollowedIndex, model: ModelIdentity): GallerySearch {
  return new CertifiedSearch(source, index, model)
}

/** The gallery and its index were seen at two moments, or differ: worth another look before it is said aloud. */
class Unsettled extends Error {}

class CertifiedSearch implements GallerySearch {
  readonly #source: TemplateSource
  readonly #index: FollowedIndex
  readonly #model: ModelIdentity
  #comparisons = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(source: TemplateSource, index: FollowedIndex, model: ModelIdentity) {
    this.#source = source
    this.#index = index
    this.#model = model
  }

  get comparisons(): number {
    return this.#comparisons
  }

  async search(query: Float32Array, options: SearchOptions): Promise<GallerySearchResult> {
    return (await this.searchMany([query], options))[0] as GallerySearchResult
  }

  async searchMany(queries: readonly Float32Array[], options: SearchOptions): Promise<readonly GallerySearchResult[]> {
    checkOptions(options, this.#model)
    for (const query of queries) checkVector(query, this.#model.dimension)
    return await this.#inTurn(() => this.#untilUnchanged(queries, options))
  }

  async size(): Promise<number> {
    return await this.#inTurn(async () => (await this.#index.follow()).rows)
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#index.close())
  }

  async #untilUnchanged(queries: readonly Float32Array[], options: SearchOptions) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#searchOnce(queries, options)
      } catch (error) {
        if (!(error instanceof Unsettled)) throw error
        if (tries === TRIES) throw new GalleryError('coverage_incomplete', `${error.message} No list is given.`)
      }
    }
  }

  async #searchOnce(queries: readonly Float32Array[], options: SearchOptions): Promise<GallerySearchResult[]> {
    const { rows } = await this.#index.follow()
    const filter = await this.#indexFilter(options)
    const answers = await this.#scan(queries, { k: FIRST_K, floor: options.threshold, filter }, rows)
    const results: GallerySearchResult[] = []
    for (const [at, query] of queries.entries()) {
      const answer = answers[at] as CoarseAnswer
      const ranking = await this.#rank(query, answer, { ...options, filter })
      const candidates = await this.#withOthers(query, ranking.list, filter)
      const { searched, enrolled } = answer
      const proof = { searched, enrolled, certified: true, k: ranking.scored, bound: ranking.bound } as const
      results.push({ ...proof, candidates, model: this.#model })
    }
    return results
  }

  async #rank(query: Float32Array, first: CoarseAnswer, options: Ranking): Promise<CertifiedRanking> {
    const ranking = new CertifiedRanking(Float64Array.from(query), options)
    const read = (rows: readonly CoarseRow[]) => this.#read(rows)
    let answer = first
    for (let k = FIRST_K; !(await ranking.settle(answer, read)); ) {
      k *= 2
      const { filter, threshold } = options
      answer = (await this.#scan([query], { k, floor: threshold, filter }, first.enrolled))[0] as CoarseAnswer
    }
    return ranking
  }

  async #scan(queries: readonly Float32Array[], ask: Parameters<CoarseIndex['scan']>[1], enrolled: number) {
    const answers = await this.#index.scan(queries, ask)
    for (const answer of answers) {
      this.#comparisons += answer.searched
      if (answer.enrolled !== enrolled) throw incomplete(answer.enrolled, enrolled)
    }
    return answers
  }

  async #read(rows: readonly CoarseRow[]): Promise<readonly KnownTemplate[]> {
    const templates = await this.#source.templatesAt(rows.map(({ seq }) => seq))
    if (templates.length !== rows.length) throw new Unsettled('Photographs that were found are no longer enrolled.')
    return templates
  }

  /** The searched photographs of each subject that are not the best one. */
  async #withOthers(query: Float32Array, list: readonly Leader[], filter: IndexFilter) {
    const [subjects, known] = [list.map(({ subject }) => subject), list.map(({ template }) => template)]
    const all = list.length === 0 ? [] : await this.#source.templatesOf(subjects, known)
    const wide = Float64Array.from(query)
    return list.map((leader) => {
      const own = all.filter(({ subject }) => subject === leader.subject)
      const others = own
        .filter(({ facts }) => passesFilter(filter, facts))
        .map(({ booking, template, vector }) => ({ booking, template, score: exactScore(wide, vector) }))
      return { ...leader, others: others.sort(byRank) }
    })
  }

  async #indexFilter({ filter }: SearchOptions): Promise<IndexFilter> {
    const sources = filter.sources === null ? null : await this.#source.sourceNumbers(filter.sources)
    return { ...filter, sources }
  }

  /** An index changes while it follows the database, so nothing else may read it then. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }
}

interface Ranking {
  readonly limit: number
  readonly threshold: number
  readonly filter: IndexFilter
}

function incomplete(held: number, enrolled: number): Unsettled {
  return new Unsettled(`The index searched a gallery of ${held} photographs, and ${enrolled} are enrolled.`)
}

function checkOptions({ model, limit, threshold }: SearchOptions, own: ModelIdentity): void {
  if (model.sha256 !== own.sha256 || model.dimension !== own.dimension) {
    throw new GalleryError('model_differs', 'The query was made by another model than the gallery; models never mix.')
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new GalleryError('limit_out_of_range', `A candidate list holds 1 to ${MAX_LIMIT} candidates.`)
  }
  if (!(threshold >= -1 && threshold <= 1)) {
    throw new GalleryError('threshold_unusable', 'A threshold is a cosine, from -1 to 1.')
  }
}
