/** The same numbers for the same seed, on every machine. */
export interface SeededRandom {
  /** Even over 0 (included) to 1 (not). */
  even(): number
  /** Normal, mean 0 and standard deviation 1. */
  normal(): number
}

/** mulberry32 (public domain, T. Ettinger), and Marsaglia's polar method on top of it. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  let spare: number | undefined
  const even = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const normal = () => {
    if (spare !== undefined) {
      const kept = spare
      spare = undefined
      return kept
    }
    for (;;) {
      const [x, y] = [2 * even() - 1, 2 * even() - 1]
      const square = x * x + y * y
      if (square === 0 || square >= 1) continue
      const factor = Math.sqrt((-2 * Math.log(square)) / square)
      spare = y * factor
      return x * factor
    }
  }
  return { even, normal }
}
