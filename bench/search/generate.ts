import { RandomNormals } from './random-normals.ts'

/** What a set of face-like templates follows from; the same spec gives the same numbers on every machine. */
export interface FaceSetSpec {
  /**
   * `isotropic`: identities spread over all directions, the hardest case for graph indexes. `low-dimensional`: spread
   * as eigenvalues i^-0.75 say, closer to what is reported of real models.
   */
  readonly kind: 'isotropic' | 'low-dimensional'
  readonly rows: number
  readonly dimension: number
  readonly seed: number
}

export type ProbeKind = 'mated' | 'non-mated' | 'hard' | 'hard .30-.45'

export interface Probe {
  readonly kind: ProbeKind
  readonly vector: Float32Array
  /** The enrolled row it was made of; null for a non-mated probe. */
  readonly mate: number | null
}

const CLUSTERS = 24
/** How far identities lean towards the centre of their demographic cluster. */
const LEANING = 0.22
const GALLERY_COSINE = { mean: 0.83, deviation: 0.05 }
const PROBE_COSINE = { mean: 0.78, deviation: 0.05 }
/** Of a poor photograph and the enrolled template it was made of. */
const HARD_COSINE = {
  isotropic: { mean: 0.3, deviation: 0.06 },
  'low-dimensional': { mean: 0.45, deviation: 0.05 },
} as const

/** Streams of random numbers, apart from those of rows (below 2^32). */
const STREAM = { identities: 2 ** 33, clusters: 2 ** 34, centres: 2 ** 35, probes: 2 ** 36 } as const

/**
 * Face-like templates of unit length, each made anew from its row number: identities around 24 demographic centres,
 * photographs of one identity at cosines about .83 to its centre. Rows of an identity follow each other.
 */
export class FaceSet {
  readonly spec: FaceSetSpec
  /** The identity of each row. */
  readonly identityOf: Int32Array
  /** The first row of each identity, and after the last one the number of rows. */
  readonly firstRowOf: Int32Array
  readonly #weights: Float64Array
  readonly #clusters: readonly Float64Array[]
  readonly #centre: Float64Array
  #centreOf = -1

  constructor(spec: FaceSetSpec) {
    this.spec = spec
    const { dimension, kind, seed } = spec
    this.#weights = new Float64Array(dimension).map((_, at) => (kind === 'isotropic' ? 1 : (at + 1) ** -0.375))
    const length = Math.sqrt(this.#weights.reduce((sum, weight) => sum + weight * weight, 0))
    this.#weights = this.#weights.map((weight) => weight / length)
    const random = new RandomNormals(seed, STREAM.clusters)
    this.#clusters = Array.from({ length: CLUSTERS }, () => unit(this.#draw(random)))
    this.#centre = new Float64Array(dimension)
    const { identityOf, firstRowOf } = shareOut(spec)
    this.identityOf = identityOf
    this.firstRowOf = firstRowOf
  }

  get identities(): number {
    return this.firstRowOf.length - 1
  }

  /** The template of a row; rows past the last one are identities of their own, to be enrolled later. */
  template(row: number): Float32Array {
    const { rows, seed } = this.spec
    const identity = row < rows ? (this.identityOf[row] as number) : this.identities + row - rows
    const random = new RandomNormals(seed, row)
    return new Float32Array(this.#around(this.#identityCentre(identity), cosineOf(GALLERY_COSINE, random), random))
  }

  /** @param number of the probe, from 0; each kind has its own */
  probe(kind: ProbeKind, number: number): Probe {
    const stream = STREAM.probes + ['mated', 'non-mated', 'hard', 'hard .30-.45'].indexOf(kind) * 2 ** 32 + number
    const random = new RandomNormals(this.spec.seed, stream)
    const mate = Math.floor(random.uniform() * this.spec.rows)
    const hard = kind === 'hard' ? cosineOf(HARD_COSINE[this.spec.kind], random) : 0.3 + 0.15 * random.uniform()
    const isHard = kind.startsWith('hard')
    const identity = kind === 'mated' ? (this.identityOf[mate] as number) : 2 ** 31 + number
    const middle = isHard ? unit(new Float64Array(this.template(mate))) : this.#identityCentre(identity)
    const vector = this.#around(middle, isHard ? hard : cosineOf(PROBE_COSINE, random), random)
    return { kind, vector: new Float32Array(vector), mate: kind === 'non-mated' ? null : mate }
  }

  /** `cosine` times the middle and the rest of the length in a direction across it. */
  #around(middle: Float64Array, cosine: number, random: RandomNormals): Float64Array {
    const noise = this.#draw(random)
    const along = dot(noise, middle)
    for (let at = 0; at < noise.length; at += 1) noise[at] = (noise[at] as number) - along * (middle[at] as number)
    const across = Math.sqrt((1 - cosine * cosine) / dot(noise, noise))
    for (let at = 0; at < noise.length; at += 1) {
      noise[at] = cosine * (middle[at] as number) + across * (noise[at] as number)
    }
    return noise
  }

  /** Good until the next call. */
  #identityCentre(identity: number): Float64Array {
    if (identity === this.#centreOf) return this.#centre
    const random = new RandomNormals(this.spec.seed, STREAM.centres + identity)
    const cluster = this.#clusters[(random.next() >>> 0) % CLUSTERS] as Float64Array
    random.fill(this.#centre, this.#weights)
    for (let at = 0; at < cluster.length; at += 1) {
      this.#centre[at] = (this.#centre[at] as number) + LEANING * (cluster[at] as number)
    }
    unit(this.#centre)
    this.#centreOf = identity
    return this.#centre
  }

  #draw(random: RandomNormals): Float64Array {
    const values = new Float64Array(this.spec.dimension)
    random.fill(values, this.#weights)
    return values
  }
}

/** Photographs per identity: geometric with mean 2, or two each in the low-dimensional set. */
function shareOut({ kind, rows, seed }: FaceSetSpec) {
  const random = new RandomNormals(seed, STREAM.identities)
  const identityOf = new Int32Array(rows)
  const firsts: number[] = []
  for (let row = 0; row < rows; ) {
    let count = 1
    if (kind === 'low-dimensional') count = 2
    else while (random.uniform() < 0.5) count += 1
    const end = Math.min(rows, row + count)
    identityOf.fill(firsts.length, row, end)
    firsts.push(row)
    row = end
  }
  return { identityOf, firstRowOf: Int32Array.from([...firsts, rows]) }
}

function cosineOf({ mean, deviation }: { mean: number; deviation: number }, random: RandomNormals): number {
  return Math.min(0.99, Math.max(0.01, mean + deviation * random.normal()))
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at += 1) sum += (one[at] as number) * (other[at] as number)
  return sum
}

/** Scales an array to length 1, in place. */
function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector))
  for (let at = 0; at < vector.length; at += 1) vector[at] = (vector[at] as number) / length
  return vector
}
