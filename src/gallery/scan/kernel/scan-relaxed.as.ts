/**
 * The kernels for relaxed SIMD: int8 codes by queries in two digits of seven bits, for which the relaxed instruction
 * has one result on every machine; the same sums, hence the same bits. What they take and give: `scan.as.ts`.
 * AssemblyScript, not TypeScript: `npm run build:kernel`.
 */
import { emit, entriesOf, finish, lanes, lastPlace, QUERY_NUMBERS, rowBits, upperBound } from './parts.as'

/** What a query's codes are raised by, so that none is negative; must be that of `quantise-query.ts`. */
const RAISED: i32 = 8192

/** The digits together, less what raising the query added. Sums may wrap around on the way, not in the end. */
// @ts-ignore: decorator
@inline
function joined(high: v128, low: v128, tail: usize): i32 {
  return (lanes(high) << 7) + lanes(low) - RAISED * load<i32>(tail, 8)
}

/** One query, one row at a time; for each 16 codes the high digits of the query, then the low ones. */
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
      let at = rows + <usize>row * stride
      const tail = at + codes
      let high = i32x4.splat(0), low = i32x4.splat(0)
      let query = queries + QUERY_NUMBERS
      while (at < tail) {
        const block = v128.load(at)
        high = i32x4.relaxed_dot_i8x16_i7x16_add_s(block, v128.load(query), high)
        low = i32x4.relaxed_dot_i8x16_i7x16_add_s(block, v128.load(query, 16), low)
        at += 16
        query += 32
      }
      to = emit(to, row, 0, upperBound(joined(high, low, tail), tail, queries), cut)
    }
  }
  return finish(out, to, end)
}

/** `groups` of four queries with each row; for each 16 codes the high digits of the four, then the low ones. */
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
  let e = i32x4.splat(0), f = i32x4.splat(0), g = i32x4.splat(0), h = i32x4.splat(0)
  const tail = at + codes
  let query = group + 4 * QUERY_NUMBERS
  while (at < tail) {
    const block = v128.load(at)
    a = i32x4.relaxed_dot_i8x16_i7x16_add_s(block, v128.load(query), a)
    b = i32x4.relaxed_dot_i8x16_i7x16_add_s(block, v128.load(query, 16), b)
    c = i32x4.relaxed_dot_i8x16_i7x16_add_s(block, v128.load(query, 32), c)
    d = i32x4.relaxed_dot_i8x16_i7x16_add_s(block, v128.load(query, 48), d)
    e = i32x4.relaxed_dot_i8x16_i7x16_add_s(block, v128.load(query, 64), e)
    f = i32x4.relaxed_dot_i8x16_i7x16_add_s(block, v128.load(query, 80), f)
    g = i32x4.relaxed_dot_i8x16_i7x16_add_s(block, v128.load(query, 96), g)
    h = i32x4.relaxed_dot_i8x16_i7x16_add_s(block, v128.load(query, 112), h)
    at += 16
    query += 128
  }
  to = emit(to, row, name, upperBound(joined(a, e, tail), tail, group), load<f64>(cuts))
  to = emit(to, row, name + 1, upperBound(joined(b, f, tail), tail, group + QUERY_NUMBERS), load<f64>(cuts, 8))
  to = emit(to, row, name + 2, upperBound(joined(c, g, tail), tail, group + 2 * QUERY_NUMBERS), load<f64>(cuts, 16))
  return emit(to, row, name + 3, upperBound(joined(d, h, tail), tail, group + 3 * QUERY_NUMBERS), load<f64>(cuts, 24))
}
