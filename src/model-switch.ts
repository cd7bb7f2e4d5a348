import type { Engine, ModelIdentity } from './engine/index.ts'
import { type GallerySearch, openFlatSearch } from './gallery/index.ts'
import type { Store } from './store/index.ts'

/** The engine and the gallery that every room was given, while the model behind them changes. */
export interface ModelSwitch {
  /** Always the engine in use; work begun with a former one ends with it. */
  readonly engine: Engine
  /** One index for each model: a query finds the gallery of the model that made it, or none. */
  readonly gallery: GallerySearch
  /** Loads the gallery of a model that is about to be used, so that the first search does not wait for it. */
  prepare(model: ModelIdentity): Promise<void>
  /** All new work goes to this engine; the former one closes when its last work is done. */
  use(engine: Engine): void
  close(): Promise<void>
}

export function openModelSwitch(store: Store, first: Engine): ModelSwitch {
  const engine = new SwitchedEngine(first)
  const gallery = new SwitchedGallery(store, first.model)
  return {
    engine,
    gallery,
    prepare: (model) => gallery.prepare(model),
    use: (next) => {
      gallery.use(next.model)
      engine.use(next)
    },
    close: () => engine.close(),
  }
}

interface Running {
  readonly engine: Engine
  busy: number
}

class SwitchedEngine implements Engine {
  #current: Running
  readonly #open = new Set<Engine>()
  readonly #counted: Engine['counts'][] = []

  constructor(first: Engine) {
    this.#current = this.#begin(first)
  }

  get model(): Engine['model'] {
    return this.#current.engine.model
  }

  get manifest(): Engine['manifest'] {
    return this.#current.engine.manifest
  }

  get counts(): Engine['counts'] {
    const sum = (of: (counts: Engine['counts']) => number) => this.#counted.reduce((all, one) => all + of(one), 0)
    return { analyses: sum(({ analyses }) => analyses), templates: sum(({ templates }) => templates) }
  }

  analyse: Engine['analyse'] = (bytes) => this.#during((engine) => engine.analyse(bytes))

  makeTemplate: Engine['makeTemplate'] = (bytes, faceIndex) =>
    this.#during((engine) => engine.makeTemplate(bytes, faceIndex))

  displayCopy: Engine['displayCopy'] = (bytes) => this.#during((engine) => engine.displayCopy(bytes))

  use(next: Engine): void {
    const former = this.#current
    this.#current = this.#begin(next)
    this.#endIfIdle(former)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((engine) => engine.close()))
    this.#open.clear()
  }

  #begin(engine: Engine): Running {
    this.#open.add(engine)
    this.#counted.push(engine.counts)
    return { engine, busy: 0 }
  }

  async #during<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    const running = this.#current
    running.busy += 1
    try {
      return await work(running.engine)
    } finally {
      running.busy -= 1
      this.#endIfIdle(running)
    }
  }

  #endIfIdle(running: Running): void {
    if (running === this.#current || running.busy > 0 || !this.#open.delete(running.engine)) return
    running.engine.close().catch(() => undefined)
  }
}

class SwitchedGallery implements GallerySearch {
  readonly #store: Store
  #model: ModelIdentity
  /** The former one stays until the next change: a search may hold a query of it. */
  #former: ModelIdentity | null = null
  readonly #indexes = new Map<string, GallerySearch>()
  #dropped = 0

  constructor(store: Store, model: ModelIdentity) {
    this.#store = store
    this.#model = model
  }

  get comparisons(): number {
    return [...this.#indexes.values()].reduce((sum, index) => sum + index.comparisons, this.#dropped)
  }

  search: GallerySearch['search'] = (query, options) => {
    const known = [this.#model, this.#former].find((model) => model?.sha256 === options.model.sha256)
    // An index refuses a query of another model, so an unknown one is refused by the current index.
    return this.#indexOf(known ?? this.#model).search(query, options)
  }

  size(): Promise<number> {
    return this.#indexOf(this.#model).size()
  }

  async prepare(model: ModelIdentity): Promise<void> {
    await this.#indexOf(model).size()
  }

  use(model: ModelIdentity): void {
    this.#former = this.#model
    this.#model = model
    for (const [sha256, index] of this.#indexes) {
      if (sha256 === this.#model.sha256 || sha256 === this.#former.sha256) continue
      this.#dropped += index.comparisons
      this.#indexes.delete(sha256)
    }
  }

  #indexOf(model: ModelIdentity): GallerySearch {
    const known = this.#indexes.get(model.sha256)
    if (known !== undefined) return known
    const index = openFlatSearch(this.#store, model)
    this.#indexes.set(model.sha256, index)
    return index
  }
}
