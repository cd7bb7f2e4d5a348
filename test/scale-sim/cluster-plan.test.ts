import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ClusterPlan,
  coverageProbability,
  type ShardRate,
  serverBytes,
  shardMs,
} from '../../bench/scale-sim/cluster-plan.ts'
import { RandomNormals } from '../../bench/search/random-normals.ts'

const RATE: ShardRate = { rowMicroseconds: 2, rowBytes: 1000, overheadMs: 5, spread: 0, coreBytes: 1 }
const PLAN: ClusterPlan = { rows: 1_000_000, shards: 4, replicas: 2, cores: 5, bandwidth: Number.POSITIVE_INFINITY }

describe('time of a shard', () => {
  it('rows of the shard times the time of a row, over the cores', () => {
    // 250,000 rows x 2 us / 5 cores
    expect(shardMs(PLAN, RATE)).toBeCloseTo(100, 9)
  })

  it('memory decides where cores would read faster', () => {
    // 250 MB at 1 GB/s; at 5 GB/s cores decide again.
    expect(shardMs({ ...PLAN, bandwidth: 1 }, RATE)).toBeCloseTo(250, 9)
    expect(shardMs({ ...PLAN, bandwidth: 5 }, RATE)).toBeCloseTo(100, 9)
  })

  it.each([
    [250_000_000, 500],
    [249_999_999, 250],
    [100_000_000, 500 / 3],
    [50_000_000, 100],
    [1_000, 100],
  ])('a core more is put to work for %i bytes', (coreBytes, expected) => {
    expect(shardMs(PLAN, { ...RATE, coreBytes })).toBeCloseTo(expected, 9)
  })

  it('an empty gallery takes nothing', () => {
    expect(shardMs({ ...PLAN, rows: 0 }, RATE)).toBe(0)
  })

  it('is never longer with a shard more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 64 }), (shards, cores) => {
        const plan = { ...PLAN, shards, cores, bandwidth: 3 }
        expect(shardMs({ ...plan, shards: shards + 1 }, RATE)).toBeLessThan(shardMs(plan, RATE))
      }),
    )
  })

  it('a server holds its part, rounded up', () => {
    expect(serverBytes({ ...PLAN, rows: 10, shards: 4 }, RATE)).toBe(3000)
  })
})

describe('coverage', () => {
  it.each([
    [1, 1, 0.99, 0.99],
    [1, 2, 0.99, 0.9999],
    [2, 1, 0.9, 0.81],
    [4, 2, 0.9, 0.99 ** 4],
    [3, 5, 0, 0],
    [3, 1, 1, 1],
  ])('%i shards, %i replicas, up %d: %d', (shards, replicas, up, expected) => {
    expect(coverageProbability({ ...PLAN, shards, replicas }, up)).toBeCloseTo(expected, 12)
  })

  it('is what counting every state of two shards with two replicas gives', () => {
    const up = 0.7
    let sum = 0
    for (let state = 0; state < 16; state += 1) {
      const alive = [0, 1, 2, 3].map((at) => (state >> at) % 2 === 1)
      const weight = alive.reduce((product, one) => product * (one ? up : 1 - up), 1)
      if ((alive[0] || alive[1]) && (alive[2] || alive[3])) sum += weight
    }
    expect(coverageProbability({ ...PLAN, shards: 2, replicas: 2 }, up)).toBeCloseTo(sum, 12)
  })

  it('falls with shards and grows with replicas', () => {
    const random = new RandomNormals(5, 0)
    for (let run = 0; run < 200; run += 1) {
      const up = 0.1 + 0.8 * random.uniform()
      const plan = {
        ...PLAN,
        shards: 1 + Math.floor(9 * random.uniform()),
        replicas: 1 + Math.floor(3 * random.uniform()),
      }
      const own = coverageProbability(plan, up)
      expect(coverageProbability({ ...plan, shards: plan.shards + 1 }, up)).toBeLessThan(own)
      expect(coverageProbability({ ...plan, replicas: plan.replicas + 1 }, up)).toBeGreaterThan(own)
    }
  })
})
