import type { Engine, ModelIdentity } from './engine/index.ts'
import type { GallerySearch } from './gallery/index.ts'

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

/** Opens the search over the gallery of one model. */
export type OpenGallery = (model: ModelIdentity) => GallerySearch

export interface SwitchOptions {
  /** How long the index of a former model stays, for searches that hold a query of it. */
  readonly graceMs?: number
  /** After an index was closed for good; gets the models still in use. */
  readonly onDropped?: (inUse: readonly ModelIdentity[]) => void
}

const GRACE_MS = 60_000

export function openModelSwitch(openGallery: OpenGallery, first: Engine, options: SwitchOptions = {}): ModelSwitch {
  const engine = new SwitchedEngine(first)
  const gallery = new SwitchedGallery(openGallery, first.model, options)
  return {
    engine,
    gallery,
    prepare: (model) => gallery.prepare(model),
    use: (next) => {
      gallery.use(next.model)
      engine.use(next)
    },
    close: async () => {
      await gallery.close()
      await engine.close()
    },
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
  readonly #open: OpenGallery
  readonly #options: SwitchOptions
  #model: ModelIdentity
  /** The former one stays for a while: a search may hold a query of it. */
  #former: ModelIdentity | null = null
  readonly #indexes = new Map<string, GallerySearch>()
  #dropped = 0

  constructor(open: OpenGallery, model: ModelIdentity, options: SwitchOptions) {
    this.#open = open
    this.#model = model
    this.#options = options
  }

  get comparisons(): number {
    return [...this.#indexes.values()].reduce((sum, index) => sum + index.comparisons, this.#dropped)
  }

  search: GallerySearch['search'] = (query, options) => this.#indexFor(options.model).search(query, options)

  searchMany: GallerySearch['searchMany'] = (queries, options) =>
    this.#indexFor(options.model).searchMany(queries, options)

  size(): Promise<number> {
    return this.#indexOf(this.#model).size()
  }

  async prepare(model: ModelIdentity): Promise<void> {
    await this.#indexOf(model).size()
  }

  use(model: ModelIdentity): void {
    const former = this.#model
    this.#former = former
    this.#model = model
    this.#dropUnused()
    const leave = () => {
      if (this.#former?.sha256 !== former.sha256) return
      this.#former = null
      this.#dropUnused()
    }
    setTimeout(leave, this.#options.graceMs ?? GRACE_MS).unref()
  }

  async close(): Promise<void> {
    await Promise.all([...this.#indexes.values()].map((index) => index.close()))
  }

  #dropUnused(): void {
    const inUse = [this.#model, this.#former].filter((model) => model !== null)
    for (const [sha256, index] of this.#indexes) {
      if (inUse.some((model) => model.sha256 === sha256)) continue
      this.#indexes.delete(sha256)
      const told = () => {
        this.#dropped += index.comparisons
        this.#options.onDropped?.(inUse)
      }
      index.close().then(told, told)
    }
  }

  /** An index refuses a query of another model, so an unknown one is refused by the current index. */
  #indexFor(model: ModelIdentity): GallerySearch {
    const known = [this.#model, this.#former].find((one) => one?.sha256 === model.sha256)
    return this.#indexOf(known ?? this.#model)
  }

  #indexOf(model: ModelIdentity): GallerySearch {
    const known = this.#indexes.get(model.sha256)
    if (known !== undefined) return known
    const index = this.#open(model)
    this.#indexes.set(model.sha256, index)
    return index
  }
}
