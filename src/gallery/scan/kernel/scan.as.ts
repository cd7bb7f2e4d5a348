/**
 * The plain kernels: int8 codes by int16 queries. AssemblyScript, not TypeScript: `npm run build:kernel`.
 *
 * Each looks at the rows first..end whose bit is set, writes those whose upper bound reaches the cut of a query, and
 * returns the row to go on with: `end`, or an earlier one when there was no more room.
 *   rows     the records of the shard, `stride` bytes each, `codes` of them codes (a multiple of 16)
 *   bits     one bit a row, padded to 64
 *   queries  numbers and codes, in the order the kernel takes them
 *   cuts     float64 for each query
 *   out      16 bytes for the count, then `room` entries
 */
import { emit, entriesOf, finish, lanes, lastPlace, QUERY_NUMBERS, rowBits, upperBound } from './parts.as'

/** One query, one row at a time: the best for long rows. */
export function scanOne(
  rows: usize, stride: usize, codes: usize, first: i32, end: i32,
  bits: usize, queries: usize, groups: i32, cuts: usize, out: usize, room: i32,
): i32 {
  const cut = load<f64>(cuts)
  const last = lastPlace(out, room, 1)
  let to = entriesOf(out)
  for (let word = first & ~63; word < end; word += 64) {
    let set = rowBits(bits, word, first, end)
    while (set != 0) {
      const row = word + <i32>ctz(set)
      if (to > last) return finish(out, to, row)
      set &= set - 1
      const at = rows + <usize>row * stride
      to = emit(to, row, 0, upperBound(dotOne(at, codes, queries + QUERY_NUMBERS), at + codes, queries), cut)
    }
  }
  return finish(out, to, end)
}

// @ts-ignore: decorator
@inline
function dotOne(at: usize, codes: usize, query: usize): i32 {
  let a = i32x4.splat(0), b = i32x4.splat(0), c = i32x4.splat(0), d = i32x4.splat(0)
  const pairs = at + (codes & ~31)
  while (at < pairs) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(at), v128.load(query)))
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 8), v128.load(query, 16)))
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 16), v128.load(query, 32)))
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 24), v128.load(query, 48)))
    at += 32
    query += 64
  }
  if ((codes & 16) != 0) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(at), v128.load(query)))
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 8), v128.load(query, 16)))
  }
  return lanes(i32x4.add(i32x4.add(a, b), i32x4.add(c, d)))
}

/** One query, two rows at a time: the best for short rows. */
export function scanTwo(
  rows: usize, stride: usize, codes: usize, first: i32, end: i32,
  bits: usize, queries: usize, groups: i32, cuts: usize, out: usize, room: i32,
): i32 {
  const cut = load<f64>(cuts)
  const last = lastPlace(out, room, 2)
  let to = entriesOf(out)
  for (let word = first & ~63; word < end; word += 64) {
    let set = rowBits(bits, word, first, end)
    while (set != 0) {
      const row = word + <i32>ctz(set)
      if (to > last) return finish(out, to, row)
      set &= set - 1
      // A row without a second one is taken twice, and written once.
      const next = set == 0 ? row : word + <i32>ctz(set)
      set &= set - 1
      const one = rows + <usize>row * stride, two = rows + <usize>next * stride
      let a = i32x4.splat(0), b = i32x4.splat(0), c = i32x4.splat(0), d = i32x4.splat(0)
      let query = queries + QUERY_NUMBERS
      for (let at: usize = 0; at < codes; at += 16) {
        const low = v128.load(query), high = v128.load(query, 16)
        a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(one + at), low))
        c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(two + at), low))
        b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(one + at, 8), high))
        d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(two + at, 8), high))
        query += 32
      }
      to = emit(to, row, 0, upperBound(lanes(i32x4.add(a, b)), one + codes, queries), cut)
      if (next != row) to = emit(to, next, 0, upperBound(lanes(i32x4.add(c, d)), two + codes, queries), cut)
    }
  }
  return finish(out, to, end)
}

/** `groups` of four queries, their codes side by side by eights, with each row. */
export function scanBatch(
  rows: usize, stride: usize, codes: usize, first: i32, end: i32,
  bits: usize, queries: usize, groups: i32, cuts: usize, out: usize, room: i32,
): i32 {
  const last = lastPlace(out, room, groups << 2)
  const groupBytes = 4 * QUERY_NUMBERS + 8 * codes
  let to = entriesOf(out)
  for (let word = first & ~63; word < end; word += 64) {
    let set = rowBits(bits, word, first, end)
    while (set != 0) {
      const row = word + <i32>ctz(set)
      if (to > last) return finish(out, to, row)
      set &= set - 1
      const at = rows + <usize>row * stride
      for (let group = 0; group < groups; group++) {
        to = scanGroup(at, codes, queries + <usize>group * groupBytes, cuts + <usize>(group << 5), to, row, group << 2)
      }
    }
  }
  return finish(out, to, end)
}

// @ts-ignore: decorator
@inline
function scanGroup(at: usize, codes: usize, group: usize, cuts: usize, to: usize, row: i32, name: i32): usize {
  let a = i32x4.splat(0), b = i32x4.splat(0), c = i32x4.splat(0), d = i32x4.splat(0)
  const tail = at + codes
  let query = group + 4 * QUERY_NUMBERS
  while (at < tail) {
    const low = v128.load_ext<i8>(at)
    a = i32x4.add(a, i32x4.dot_i16x8_s(low, v128.load(query)))
    b = i32x4.add(b, i32x4.dot_i16x8_s(low, v128.load(query, 16)))
    c = i32x4.add(c, i32x4.dot_i16x8_s(low, v128.load(query, 32)))
    d = i32x4.add(d, i32x4.dot_i16x8_s(low, v128.load(query, 48)))
    const high = v128.load_ext<i8>(at, 8)
    a = i32x4.add(a, i32x4.dot_i16x8_s(high, v128.load(query, 64)))
    b = i32x4.add(b, i32x4.dot_i16x8_s(high, v128.load(query, 80)))
    c = i32x4.add(c, i32x4.dot_i16x8_s(high, v128.load(query, 96)))
    d = i32x4.add(d, i32x4.dot_i16x8_s(high, v128.load(query, 112)))
    at += 16
    query += 128
  }
  to = emit(to, row, name, upperBound(lanes(a), tail, group), load<f64>(cuts))
  to = emit(to, row, name + 1, upperBound(lanes(b), tail, group + QUERY_NUMBERS), load<f64>(cuts, 8))
  to = emit(to, row, name + 2, upperBound(lanes(c), tail, group + 2 * QUERY_NUMBERS), load<f64>(cuts, 16))
  return emit(to, row, name + 3, upperBound(lanes(d), tail, group + 3 * QUERY_NUMBERS), load<f64>(cuts, 24))
}
