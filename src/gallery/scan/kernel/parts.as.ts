/** The parts the kernels share. AssemblyScript, not TypeScript: `npm run build:kernel`. */

/** Bytes of the numbers of one query: scale, reach and slack, float64, and eight of padding. */
export const QUERY_NUMBERS: usize = 32

/** What is written for a row that reaches the cut: row i32, query i32, upper f64. */
const ENTRY: usize = 16

/** The bits of the 64 rows from `word` on, those outside first..end cleared. */
// @ts-ignore: decorator
@inline
export function rowBits(bits: usize, word: i32, first: i32, end: i32): u64 {
  let set = load<u64>(bits + <usize>(word >> 3))
  if (word < first) set &= ~(<u64>0) << <u64>(first - word)
  if (end - word < 64) set &= (<u64>1 << <u64>(end - word)) - 1
  return set
}

/** The sum of four lanes. */
// @ts-ignore: decorator
@inline
export function lanes(sum: v128): i32 {
  return (
    i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3)
  )
}

/** The upper bound of a score, rounded in this order in every kernel. `tail` is where the codes of the row end. */
// @ts-ignore: decorator
@inline
export function upperBound(dot: i32, tail: usize, query: usize): f64 {
  const scale = <f64>load<f32>(tail) * load<f64>(query)
  return <f64>dot * scale + <f64>load<f32>(tail, 4) * load<f64>(query, 8) + load<f64>(query, 16)
}

/** Writes the entry when it reaches the cut. @returns where the next one goes */
// @ts-ignore: decorator
@inline
export function emit(to: usize, row: i32, query: i32, upper: f64, cut: f64): usize {
  if (!(upper >= cut)) return to
  store<i32>(to, row)
  store<i32>(to, query, 4)
  store<f64>(to, upper, 8)
  return to + ENTRY
}

/** Where the entries start: the word before them counts them. */
// @ts-ignore: decorator
@inline
export function entriesOf(out: usize): usize {
  return out + ENTRY
}

/** The first address that leaves no room for `most` more entries. */
// @ts-ignore: decorator
@inline
export function lastPlace(out: usize, room: i32, most: i32): usize {
  return entriesOf(out) + <usize>(room - most) * ENTRY
}

/** Writes how many entries there are. @returns the row to go on with */
// @ts-ignore: decorator
@inline
export function finish(out: usize, to: usize, row: i32): i32 {
  store<i32>(out, <i32>((to - entriesOf(out)) / ENTRY))
  return row
}
