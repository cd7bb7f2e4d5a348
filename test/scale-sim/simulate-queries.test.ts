import { describe, expect, it } from 'vitest'
import {
  type Chances,
  type ClusterPlan,
  coverageProbability,
  NOTHING_GOES_WRONG,
  type ShardRate,
} from '../../bench/scale-sim/cluster-plan.ts'
import { simulateQueries } from '../../bench/scale-sim/simulate-queries.ts'
import { shareWithin, slowestFactor } from '../../bench/scale-sim/slowest-factor.ts'

const RATE: ShardRate = { rowMicroseconds: 1, rowBytes: 100, overheadMs: 7, spread: 0, coreBytes: 1 }
const PLAN: ClusterPlan = { rows: 400_000, shards: 4, replicas: 2, cores: 1, bandwidth: Number.POSITIVE_INFINITY }
const RUN = { queries: 40_000, seed: 3 }
const simulate = (plan: Partial<ClusterPlan>, rate: Partial<ShardRate>, chances: Partial<Chances> = {}, run = RUN) =>
  simulateQueries({ ...PLAN, ...plan }, { ...RATE, ...rate }, { ...NOTHING_GOES_WRONG, ...chances }, run)

describe('simulated queries', () => {
  it('without chance: overhead and the time of a shard, to the digit', () => {
    expect(simulate({}, {}, {}, { queries: 10, seed: 1 })).toEqual({ p50: 107, p99: 107, covered: 1 })
  })

  it('one shard with noise: the median is that of a shard, p99 is 2.326 deviations above', () => {
    const { p50, p99 } = simulate({ shards: 1, rows: 100_000 }, { spread: 0.4 })
    expect(p50 / 107).toBeCloseTo(1, 2)
    expect((p99 - 7) / (100 * Math.exp(0.4 * 2.3263))).toBeCloseTo(1, 1)
  })

  it('stragglers alone: seen in p99 as soon as a query in 100 has one', () => {
    expect(simulate({ shards: 1, rows: 100_000 }, {}, { stragglers: 0.005, stragglerFactor: 3 }).p99).toBe(107)
    expect(simulate({}, {}, { stragglers: 0.005, stragglerFactor: 3 })).toMatchObject({ p50: 107, p99: 307 })
  })

  it('no stragglers: their factor does not count', () => {
    const noisy = { spread: 0.3 }
    expect(simulate({}, noisy, { stragglers: 0, stragglerFactor: 50 })).toEqual(simulate({}, noisy))
  })

  it.each([
    [1, 0.2, 0],
    [2, 0.3, 0.01],
    [4, 0.5, 0.05],
    [16, 0.1, 0.01],
    [16, 0, 0.1],
  ])('%i shards, spread %d, stragglers %d: p50 and p99 of the closed form', (shards, spread, stragglers) => {
    const chances = { ...NOTHING_GOES_WRONG, stragglers, stragglerFactor: 3 }
    const plan = { ...PLAN, shards, rows: shards * 100_000 }
    const { p50, p99 } = simulate(plan, { spread }, chances)
    for (const [part, value] of [[0.5, p50] as const, [0.99, p99] as const]) {
      const exact = 7 + 100 * slowestFactor(shards, spread, chances, part)
      expect(Math.abs(value / exact - 1)).toBeLessThan(0.03)
    }
  })

  it('covers as often as the closed form says, and takes no longer for it', () => {
    const { covered, p50 } = simulate({}, {}, { availability: 0.8 })
    expect(covered).toBeCloseTo(coverageProbability(PLAN, 0.8), 2)
    expect(covered).toBeLessThan(1)
    expect(p50).toBe(107)
  })

  it('nothing is up: no query is answered, and there is no time', () => {
    expect(simulate({}, {}, { availability: 0 })).toEqual({ p50: Number.NaN, p99: Number.NaN, covered: 0 })
  })

  it('the same seed gives the same queries, another one others', () => {
    const noisy = { spread: 0.3 }
    expect(simulate({}, noisy)).toEqual(simulate({}, noisy))
    expect(simulate({}, noisy, {}, { ...RUN, seed: 4 })).not.toEqual(simulate({}, noisy))
  })
})

describe('the slowest shard, exactly', () => {
  it.each([
    [1, 0.5, 1],
    [1, 0.975, Math.exp(0.3 * 1.959964)],
    // The middle of the slower of two is where one has 0.7071 below it: 0.544952 deviations.
    [2, 0.5, Math.exp(0.3 * 0.544952)],
  ])('of %i, part %d', (shards, part, expected) => {
    expect(slowestFactor(shards, 0.3, NOTHING_GOES_WRONG, part)).toBeCloseTo(expected, 5)
  })

  it('the share within a factor is the way back', () => {
    const chances = { ...NOTHING_GOES_WRONG, stragglers: 0.02, stragglerFactor: 3 }
    for (const part of [0.01, 0.5, 0.9, 0.999]) {
      expect(shareWithin(5, 0.3, chances, slowestFactor(5, 0.3, chances, part))).toBeCloseTo(part, 6)
    }
    expect(shareWithin(5, 0.3, chances, 0)).toBe(0)
  })

  it('without noise it is a straggler just when one is likely enough', () => {
    const chances = { ...NOTHING_GOES_WRONG, stragglers: 0.1, stragglerFactor: 4 }
    expect(slowestFactor(6, 0, chances, 0.5)).toBeCloseTo(1, 9)
    expect(slowestFactor(7, 0, chances, 0.5)).toBeCloseTo(4, 9)
  })
})
