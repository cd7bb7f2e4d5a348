/** Unit-length templates one after another in one array, with whose they are. */
export interface TemplateTable {
  readonly dimension: number
  /** `rows.length` times `dimension` numbers. */
  readonly vectors: Float32Array
  /** For each row the place of its person in `people`. */
  readonly rows: Int32Array
  readonly people: readonly string[]
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
