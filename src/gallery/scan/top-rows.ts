/** The rows of one query with the highest upper bounds, equal ones in the order of their places. */
export interface TopList {
  /** Best first. */
  readonly places: Uint32Array<ArrayBuffer>
  readonly uppers: Float64Array<ArrayBuffer>
}

/** Collects the best rows offered, at most `room` of them; a heap with the worst one on top. */
export class TopRows {
  readonly #room: number
  #places: Uint32Array
  #uppers: Float64Array
  #size = 0

  /** @param room at least 1 */
  constructor(room: number) {
    this.#room = room
    const first = Math.min(room, 1024)
    this.#places = new Uint32Array(first)
    this.#uppers = new Float64Array(first)
  }

  /** A row below this is of no interest; minus infinity while there is room. */
  get cut(): number {
    return this.#size < this.#room ? Number.NEGATIVE_INFINITY : (this.#uppers[0] as number)
  }

  offer(place: number, upper: number): void {
    if (this.#size < this.#room) {
      if (this.#size === this.#places.length) this.#grow()
      this.#size += 1
      this.#rise(this.#size - 1, place, upper)
    } else if (isWorse(this.#uppers[0] as number, this.#places[0] as number, upper, place)) {
      this.#sink(place, upper)
    }
  }

  /** What was collected, best first; the collection is empty afterwards. */
  take(): TopList {
    const list = { places: new Uint32Array(this.#size), uppers: new Float64Array(this.#size) }
    while (this.#size > 0) {
      const last = this.#size - 1
      list.places[last] = this.#places[0] as number
      list.uppers[last] = this.#uppers[0] as number
      this.#size = last
      if (last > 0) this.#sink(this.#places[last] as number, this.#uppers[last] as number)
    }
    return list
  }

  /** Lets a row rise from a free place at the bottom. */
  #rise(from: number, place: number, upper: number): void {
    let at = from
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!isWorse(upper, place, this.#uppers[above] as number, this.#places[above] as number)) break
      this.#move(above, at)
      at = above
    }
    this.#put(at, place, upper)
  }

  /** Puts a row in the place of the worst and lets it sink. */
  #sink(place: number, upper: number): void {
    let at = 0
    for (;;) {
      const below = this.#worseChild(at)
      if (below >= this.#size) break
      if (!isWorse(this.#uppers[below] as number, this.#places[below] as number, upper, place)) break
      this.#move(below, at)
      at = below
    }
    this.#put(at, place, upper)
  }

  #worseChild(at: number): number {
    const left = 2 * at + 1
    const right = left + 1
    if (right >= this.#size) return left
    const uppers = this.#uppers
    const places = this.#places
    const rightIsWorse = isWorse(
      uppers[right] as number,
      places[right] as number,
      uppers[left] as number,
      places[left] as number,
    )
    return rightIsWorse ? right : left
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#places[from] as number, this.#uppers[from] as number)
  }

  #put(at: number, place: number, upper: number): void {
    this.#places[at] = place
    this.#uppers[at] = upper
  }

  #grow(): void {
    const length = Math.min(this.#room, this.#places.length * 4)
    const [places, uppers] = [this.#places, this.#uppers]
    this.#places = new Uint32Array(length)
    this.#uppers = new Float64Array(length)
    this.#places.set(places)
    this.#uppers.set(uppers)
  }
}

/** Whether the one ranks after the other. */
function isWorse(upper: number, place: number, otherUpper: number, otherPlace: number): boolean {
  return upper < otherUpper || (upper === otherUpper && place > otherPlace)
}
