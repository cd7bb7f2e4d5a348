/** Unit-length templates one after another in one array, with whose they are. */
export interface TemplateTable {
  readonly dimension: number
  /** `rows.length` times `dimension` numbers. */
  readonly vectors: Float32Array
  /** For each row the place of its person in `people`. */
  readonly rows: Int32Array
  readonly people: readonly string[]
}

export interface ListedPerson {
  readonly subject: string
  /** Cosine of the person's most similar template, -1 to 1. */
  readonly score: number
}

export function templateTable(
  templates: readonly { readonly subject: string; readonly vector: Float32Array }[],
): TemplateTable {
  const dimension = templates[0]?.vector.length ?? 0
  const places = new Map<string, number>()
  const vectors = new Float32Array(templates.length * dimension)
  const rows = new Int32Array(templates.length)
  for (const [row, { subject, vector }] of templates.entries()) {
    if (vector.length !== dimension) throw new RangeError('All templates of a table have the same dimension.')
    const place = places.get(subject) ?? places.size
    places.set(subject, place)
    vectors.set(vector, row * dimension)
    rows[row] = place
  }
  return { dimension, vectors, rows, people: [...places.keys()] }
}

/** Cosine of two rows of unit length; sums in four lanes, in double precision. */
export function dotAt(one: Float32Array, from: number, other: Float32Array, start: number, dimension: number): number {
  // Written out: taken apart from an array, the four sums run four times slower.
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  const whole = dimension - (dimension % 4)
  for (let at = 0; at < whole; at += 4) {
    a += (one[from + at] as number) * (other[start + at] as number)
    b += (one[from + at + 1] as number) * (other[start + at + 1] as number)
    c += (one[from + at + 2] as number) * (other[start + at + 2] as number)
    d += (one[from + at + 3] as number) * (other[start + at + 3] as number)
  }
  for (let at = whole; at < dimension; at += 1) a += (one[from + at] as number) * (other[start + at] as number)
  return a + b + (c + d)
}

/**
 * The exact candidate list: every template is compared, each person counts with the most similar one, best first,
 * equal scores in the order of enrolment.
 * @param length L, most people on the list
 */
export function listPeople(table: TemplateTable, probe: Float32Array, length: number): readonly ListedPerson[] {
  const { dimension, vectors, rows, people } = table
  if (rows.length > 0 && probe.length !== dimension) throw new RangeError('A probe has the dimension of the gallery.')
  const best = new Float64Array(people.length).fill(Number.NEGATIVE_INFINITY)
  for (let row = 0; row < rows.length; row += 1) {
    const score = dotAt(probe, 0, vectors, row * dimension, dimension)
    const person = rows[row] as number
    if (score > (best[person] as number)) best[person] = score
  }
  const floor = kthHighest(best, length)
  const listed = people.flatMap((subject, person) => {
    const score = best[person] as number
    return score >= floor ? [{ subject, score }] : []
  })
  return listed.sort((one, other) => other.score - one.score).slice(0, length)
}

function kthHighest(scores: Float64Array, k: number): number {
  return k >= scores.length ? Number.NEGATIVE_INFINITY : (scores.slice().sort()[scores.length - k] as number)
}
