import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CoarseAsk } from '../coarse-index.ts'
import { mergeShards } from './merge-shards.ts'

const filter = { sources: null, bookedFrom: null, bookedTo: null, sexes: null, bornFrom: null, bornTo: null }
const ask: CoarseAsk = { k: 2, floor: -1, filter }
const NONE = Number.NEGATIVE_INFINITY

/** What a shard with these rows replies, as the statement asks it. */
function replyOf(shard: number, rows: readonly (readonly [number, number])[], { k, floor }: CoarseAsk, error = 0) {
  const reached = rows.filter(([score]) => floor <= -1 || score >= floor - error)
  const best = reached.toSorted((one, other) => other[0] - one[0] || one[1] - other[1]).slice(0, k)
  return [shard, rows.length + 1, rows.length, reached.length, best.map(([score, seq]) => [-score, seq])]
}

describe('the answers of all shards', () => {
  it('are merged by score, then seq, and counted', () => {
    const replies = [replyOf(1, [[0.5, 9]], ask), replyOf(2, [[0.5, 3]], ask)]
    expect(mergeShards(replies, 0, ask, 0.25)).toEqual({
      searched: 2,
      enrolled: 4,
      rows: [
        { seq: 3, upper: 0.75 },
        { seq: 9, upper: 0.75 },
      ],
      bound: NONE,
    })
  })

  it('bound what a shard left out by the last it gave', () => {
    const rows = [
      [0.75, 1],
      [0.5, 2],
      [0.25, 3],
    ] as const
    expect(mergeShards([replyOf(1, rows, ask)], 0, ask, 0).bound).toBe(0.5)
  })

  it('bound what the floor kept back by the floor', () => {
    const some = { ...ask, floor: 0.5 }
    const reply = replyOf(
      1,
      [
        [0.75, 1],
        [0.25, 3],
      ],
      some,
    )
    expect(mergeShards([reply], 0, some, 0)).toMatchObject({ searched: 2, bound: 0.5, rows: [{ seq: 1, upper: 0.75 }] })
  })

  it('read the query they are asked about', () => {
    const [, , , , best] = replyOf(1, [[0.5, 7]], ask)
    const reply = [1, 1, 1, 1, [[-0.25, 6]], 1, best]
    expect(mergeShards([reply], 1, ask, 0).rows).toEqual([{ seq: 7, upper: 0.5 }])
  })

  it('are nothing where there are no rows', () => {
    expect(mergeShards([], 0, ask, 0.1)).toEqual({ searched: 0, enrolled: 0, rows: [], bound: NONE })
  })

  it('never put an upper bound below -1, which no exact score is', () => {
    expect(mergeShards([replyOf(1, [[-1.0009765625, 4]], ask)], 0, ask, 0).rows).toEqual([{ seq: 4, upper: -1 }])
  })

  it.each([
    ['a count missing', [1, 2, 2, null, [[-1, 1]]]],
    ['no list', [1, 2, 2, 2, 'x']],
    ['a score that is no number', [1, 2, 2, 2, [[null, 1]]]],
    ['a seq that is none', [1, 2, 2, 2, [[-1, 1.5]]]],
    ['a negative count', [1, -2, 2, 2, [[-1, 1]]]],
    ['nothing', []],
  ])('are refused with %s', (_, reply) => {
    expect(() => mergeShards([reply], 0, ask, 0)).toThrow(expect.objectContaining({ code: 'cluster_refused' }))
  })

  it('hold for every row of every shard, wherever it lies', () => {
    const aScore = fc.integer({ min: -64, max: 64 }).map((score) => score / 64)
    const aShard = fc.array(aScore, { maxLength: 12 })
    fc.assert(
      fc.property(
        fc.array(aShard, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 8 }),
        aScore,
        (shards, k, floor) => {
          const some = { k, floor, filter }
          let seq = 0
          const rows = shards.map((scores) => scores.map((score) => [score, ++seq] as const))
          const answer = mergeShards(
            rows.map((shard, at) => replyOf(at + 1, shard, some, 0.125)),
            0,
            some,
            0.125,
          )
          const listed = new Map(answer.rows.map((row) => [row.seq, row.upper]))
          for (const [score, of] of rows.flat()) {
            expect(listed.get(of) ?? answer.bound).toBeGreaterThanOrEqual(Math.max(-1, score))
          }
          const reached = rows.flat().filter(([score]) => floor <= -1 || score >= floor - 0.125)
          expect(answer.rows).toHaveLength(Math.min(k, reached.length))
          expect(answer.searched).toBe(seq)
        },
      ),
    )
  })
})
