import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactScore, scanBlock, scoreError } from './coarse-scan.ts'
import type { GalleryCandidate } from './gallery-search.ts'
import { byRank, rankExactly } from './rank-exactly.ts'
import { BLOCK_ROWS, ResidentGallery } from './resident-gallery.ts'

const DIMENSION = 16

interface Photo {
  readonly id: number
  readonly subject: number
  readonly vector: Float32Array
}

/** Few directions and small whole numbers, so that copies and equal scores are common. */
const direction = fc
  .array(fc.integer({ min: -2, max: 2 }), { minLength: DIMENSION, maxLength: DIMENSION })
  .filter((numbers) => numbers.some((number) => number !== 0))
  .map(unit)
const pool = fc.array(direction, { minLength: 1, maxLength: 6 })
const county = fc
  .tuple(pool, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 8 })), { maxLength: 60 }), direction)
  .map(([directions, picks, query]) => ({
    query,
    photos: picks.map(([pick, subject], id): Photo => {
      return { id, subject, vector: directions[pick % directions.length] as Float32Array }
    }),
  }))
const options = fc.record({
  limit: fc.integer({ min: 1, max: 12 }),
  threshold: fc.double({ min: -1, max: 1, noNaN: true }),
})

describe('rankExactly', () => {
  it('lists what comparing every template and sorting lists', () => {
    fc.assert(
      fc.property(
        county,
        options,
        fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
        (given, want, noise) => {
          const gallery = residentOf(given.photos)
          const query = Float64Array.from(given.query)
          // Coarse scores may be wrong by any amount up to what the bound is derived from, and the list is still exact.
          const coarse = Float64Array.from(gallery.rows, (_, place) => {
            const error = (noise.next().value as number) * (scoreError(DIMENSION) * (1 - 1 / DIMENSION))
            return exactScore(query, gallery.vectorAt(place)) + error
          })
          expect(rankExactly(gallery, query, coarse, want)).toEqual(bruteForce(given.photos, query, want))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('lists the same from the scores of the scan, with real-valued vectors', () => {
    const real = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: DIMENSION, maxLength: DIMENSION })
    const photo = fc.tuple(real.filter((numbers) => Math.hypot(...numbers) > 0.1).map(unit), fc.nat({ max: 20 }))
    fc.assert(
      fc.property(fc.array(photo, { minLength: 1, maxLength: 40 }), options, (picks, want) => {
        const photos = picks.map(([vector, subject], id) => ({ id, subject, vector }))
        const gallery = residentOf(photos)
        const query = Float64Array.from(photos[0]?.vector ?? [])
        const coarse = new Float64Array(BLOCK_ROWS)
        scanBlock(gallery.blocks[0] as Float32Array, query, gallery.rows.length, coarse, 0)
        expect(rankExactly(gallery, query, coarse, want)).toEqual(bruteForce(photos, query, want))
      }),
      { numRuns: 200 },
    )
  })

  it('puts equal scores in the order of template ids, whatever the order of enrolment', () => {
    const vector = unit([1, 2, ...new Array(DIMENSION - 2).fill(0)])
    const photos = [4, 2, 7, 1].map((id) => ({ id, subject: id, vector }))
    const gallery = residentOf(photos)
    const coarse = new Float64Array(4).fill(1)
    const found = rankExactly(gallery, Float64Array.from(vector), coarse, { limit: 3, threshold: 0 })
    expect(found.map((candidate) => candidate.template)).toEqual(['tpl_001', 'tpl_002', 'tpl_004'])
  })

  it('takes a score that is exactly the threshold', () => {
    const vector = unit([1, ...new Array(DIMENSION - 1).fill(0)])
    const gallery = residentOf([{ id: 1, subject: 1, vector }])
    const rank = (threshold: number) =>
      rankExactly(
        gallery,
        Float64Array.from(vector, (value) => value / 2),
        new Float64Array([0.5]),
        { limit: 1, threshold },
      )
    expect(rank(0.5)).toHaveLength(1)
    expect(rank(0.5 + 2 ** -53)).toHaveLength(0)
  })
})

describe('scoreError', () => {
  it('bounds what the scan and the exact sum differ by', () => {
    const dimension = 512
    const gallery = new ResidentGallery(dimension)
    for (let id = 0; id < 203; id += 1) {
      const vector = unit(Array.from({ length: dimension }, () => Math.random() - 0.5))
      gallery.add({ template: `t${id}`, booking: `b${id}`, subject: `s${id}` }, vector)
    }
    const query = Float64Array.from(gallery.vectorAt(7))
    const coarse = new Float64Array(BLOCK_ROWS)
    scanBlock(gallery.blocks[0] as Float32Array, query, gallery.rows.length, coarse, 0)
    const errors = gallery.rows.map((_, place) =>
      Math.abs((coarse[place] ?? 0) - exactScore(query, gallery.vectorAt(place))),
    )
    expect(Math.max(...errors)).toBeLessThanOrEqual(scoreError(dimension))
    expect(coarse[7]).toBeCloseTo(1, 6)
    expect(scoreError(dimension)).toBeLessThan(1.2e-13)
  })
})

describe('ResidentGallery', () => {
  it('keeps every other row when one is removed, over several blocks', () => {
    const gallery = new ResidentGallery(2)
    const count = BLOCK_ROWS + 3
    const add = (id: number) =>
      gallery.add({ template: `t${id}`, booking: `b${id}`, subject: 's' }, new Float32Array([id, 1]))
    for (let id = 0; id < count; id += 1) add(id)
    for (const id of [0, 5, count - 1, count - 2, BLOCK_ROWS]) gallery.remove(`t${id}`)
    gallery.remove('unknown')
    expect(gallery.rows).toHaveLength(count - 5)
    gallery.rows.forEach((row, place) => {
      expect(`t${gallery.vectorAt(place)[0]}`).toBe(row.template)
    })
    for (const id of [0, 5, count - 1]) add(id)
    add(1)
    expect(new Set(gallery.rows.map((row) => row.template)).size).toBe(count - 2)
    expect([gallery.blocks.length, gallery.subjects]).toEqual([2, 1])
  })

  it('clears the memory of what was removed', () => {
    const gallery = new ResidentGallery(2)
    gallery.add({ template: 't', booking: 'b', subject: 's' }, new Float32Array([0.6, 0.8]))
    gallery.remove('t')
    expect(gallery.blocks[0]?.every((value) => value === 0)).toBe(true)
  })

  it('refuses an odd number of numbers, and a row that is not there', () => {
    expect(() => new ResidentGallery(3)).toThrow(RangeError)
    expect(() => new ResidentGallery(2).vectorAt(0)).toThrow(RangeError)
  })
})

function unit(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers)
  return Float32Array.from(numbers, (number) => number / length)
}

function residentOf(photos: readonly Photo[]): ResidentGallery {
  const gallery = new ResidentGallery(DIMENSION)
  for (const { id, subject, vector } of photos) {
    gallery.add({ template: nameOf(id), booking: `bkg_${id}`, subject: `sub_${subject}` }, vector)
  }
  return gallery
}

function nameOf(id: number): string {
  return `tpl_${String(id).padStart(3, '0')}`
}

/** Every template scored, sorted whole, the first of each subject kept: the definition, written again. */
function bruteForce(
  photos: readonly Photo[],
  query: Float64Array,
  want: { readonly limit: number; readonly threshold: number },
): readonly GalleryCandidate[] {
  const scored = photos.map(({ id, subject, vector }) => {
    let score = 0
    for (const [at, value] of vector.entries()) score += value * (query[at] ?? 0)
    return { subject, candidate: { booking: `bkg_${id}`, template: nameOf(id), score } }
  })
  const sorted = scored.sort((one, other) => byRank(one.candidate, other.candidate))
  const seen = new Set<number>()
  const best = sorted.filter(({ subject }) => !seen.has(subject) && seen.add(subject))
  return best
    .map(({ candidate }) => candidate)
    .filter(({ score }) => score >= want.threshold)
    .slice(0, want.limit)
    .map((candidate) => ({ ...candidate, score: Math.min(1, Math.max(-1, candidate.score)) }))
}
