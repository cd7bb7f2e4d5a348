/** Steps of the table of normals, a power of two: the largest is 4.1 standard deviations. */
const STEPS = 16_384

/** The normal distribution, cut into parts of equal probability. */
const QUANTILES = Float32Array.from({ length: STEPS }, (_, step) => normalQuantile((step + 0.5) / STEPS))

/** Random numbers that follow from a seed alone, so that a vector can be made again from its number. */
export class RandomNormals {
  readonly #state = new Int32Array(4)

  /** The same two numbers, the same sequence. */
  constructor(seed: number, stream: number) {
    this.#state.set([seed ^ 0x9e3779b9, stream, (stream / 2 ** 32) ^ 0x243f6a88, 1])
    for (let round = 0; round < 12; round += 1) this.next()
  }

  /** 32 bits (the generator sfc32). */
  next(): number {
    const state = this.#state
    const [a = 0, b = 0, c = 0, count = 0] = state
    const result = (a + b + count) | 0
    state[3] = count + 1
    state[0] = b ^ (b >>> 9)
    state[1] = c + (c << 3)
    state[2] = ((c << 21) | (c >>> 11)) + result
    return result
  }

  /** From 0 up to 1, without 1. */
  uniform(): number {
    return (this.next() >>> 0) / 2 ** 32
  }

  /** Mean 0, standard deviation 1. */
  normal(): number {
    return QUANTILES[this.next() >>> 18] as number
  }

  /** Fills an array with normals, each times its weight: what `normal` gives, with the state at hand. */
  fill(target: Float64Array, weights: Float64Array): void {
    let [a = 0, b = 0, c = 0, count = 0] = this.#state
    for (let at = 0; at < target.length; at += 1) {
      const result = (a + b + count) | 0
      count = (count + 1) | 0
      a = b ^ (b >>> 9)
      b = (c + (c << 3)) | 0
      c = (((c << 21) | (c >>> 11)) + result) | 0
      target[at] = (QUANTILES[result >>> 18] as number) * (weights[at] as number)
    }
    this.#state.set([a, b, c, count])
  }
}

/** Acklam's rational approximation, relative error below 1.2e-9. */
function normalQuantile(part: number): number {
  if (part > 0.5) return -normalQuantile(1 - part)
  if (part < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(part))
    const top = polynomial(q, [-7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734])
    const numerator = (top * q + 4.374664141464968) * q + 2.938163982698783
    const bottom = polynomial(q, [7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416])
    return numerator / (bottom * q + 1)
  }
  const q = part - 0.5
  const r = q * q
  const top = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716]
  const bottom = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572]
  return ((polynomial(r, top) * r + 2.506628277459239) * q) / (polynomial(r, bottom) * r + 1)
}

/** Highest power first. */
function polynomial(value: number, factors: readonly number[]): number {
  return factors.reduce((sum, factor) => sum * value + factor, 0)
}
