import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ModelIdentity } from '../engine/index.ts'
import type { Store } from '../store/index.ts'
import { scanBlock } from './coarse-scan.ts'
import { GalleryError } from './gallery-error.ts'
import { type GallerySearch, type GallerySearchResult, MAX_LIMIT, type SearchOptions } from './gallery-search.ts'
import { checkVector, loadTemplates } from './load-templates.ts'
import { rankExactly } from './rank-exactly.ts'
import { BLOCK_ROWS, ResidentGallery } from './resident-gallery.ts'

/**
 * An exact search that compares the query with every template in memory. Before each search it takes up what was
 * committed since, by this process or another; the first one loads everything. Searches run one after another, and
 * give way to other work between blocks.
 */
export function openFlatSearch(store: Store, model: ModelIdentity): GallerySearch {
  return new FlatSearch(store, model)
}

class FlatSearch implements GallerySearch {
  readonly #store: Store
  readonly #model: ModelIdentity
  readonly #gallery: ResidentGallery
  #seq = 0
  #comparisons = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(store: Store, model: ModelIdentity) {
    this.#store = store
    this.#model = model
    this.#gallery = new ResidentGallery(model.dimension)
  }

  get comparisons(): number {
    return this.#comparisons
  }

  async search(query: Float32Array, options: SearchOptions): Promise<GallerySearchResult> {
    checkOptions(options, this.#model)
    const wide = Float64Array.from(checkVector(query, this.#model.dimension))
    return await this.#inTurn(async () => {
      await this.#load()
      const coarse = await this.#scan(wide)
      const candidates = rankExactly(this.#gallery, wide, coarse, options)
      return { candidates, searched: this.#gallery.rows.length, model: this.#model }
    })
  }

  async size(): Promise<number> {
    return await this.#inTurn(async () => {
      await this.#load()
      return this.#gallery.rows.length
    })
  }

  async #load(): Promise<void> {
    this.#seq = await loadTemplates(this.#store, this.#gallery, this.#model.sha256, this.#seq)
  }

  async #scan(query: Float64Array): Promise<Float64Array> {
    const { blocks, rows } = this.#gallery
    const coarse = new Float64Array(blocks.length * BLOCK_ROWS)
    for (const [at, block] of blocks.entries()) {
      const first = at * BLOCK_ROWS
      const count = Math.min(BLOCK_ROWS, Math.max(0, rows.length - first))
      scanBlock(block, query, count, coarse, first)
      this.#comparisons += count
      await nextTurn()
    }
    return coarse
  }

  /** Memory changes while it is brought up to date, so nothing else may read it then. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }
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
