import { describe, expect, it } from 'vitest'
import { childProcessorMs, childTicks } from '../../bench/scale-sim/child-processor.ts'
import { compareCluster, processorLine } from '../../bench/scale-sim/compare-cluster.ts'
import { fitLine } from '../../bench/scale-sim/fit-line.ts'
import { spreadOf } from '../../bench/scale-sim/spread-of.ts'
import { RandomNormals } from '../../bench/search/random-normals.ts'

describe('line through two sizes', () => {
  it('gives slope and intercept', () => {
    expect(fitLine([50, 30], [100, 50])).toEqual({ slope: 0.4, intercept: 10 })
  })

  it('an intercept below 0 is chance: through 0 and the larger size', () => {
    expect(fitLine([50, 20], [100, 50])).toEqual({ slope: 0.5, intercept: 0 })
  })

  it.each([
    [[50, 30] as const, [100, 30] as const],
    [[50, 30] as const, [100, 20] as const],
    [[50, 30] as const, [50, 40] as const],
    [[100, 30] as const, [50, 20] as const],
    [[0, 0] as const, [50, Number.NaN] as const],
  ])('refuses what shows no growth: %j %j', (small, large) => {
    expect(() => fitLine(small, large)).toThrow(RangeError)
  })
})

describe('spread', () => {
  it('finds the deviation that the values were made with', () => {
    const random = new RandomNormals(1, 1)
    const values = Array.from({ length: 20_000 }, () => 250 * Math.exp(0.35 * random.normal()))
    expect(spreadOf(values)).toBeCloseTo(0.35, 2)
  })

  it('is 0 when every value is the same, one far off included', () => {
    expect(spreadOf([9, 9, 9, 9, 9, 9, 9, 9_000])).toBe(0)
  })
})

describe('comparison with the cluster', () => {
  /** Times that follow the model exactly: 20 ms of overhead, 2 us a row, two shards on one core each. */
  const size = (rows: number, slowed = 1) => ({
    rows,
    spent: [1, 1, 1].map(() => ({ cpu: 20 + rows / 500, wall: slowed * (20 + rows / 1000) })),
  })
  const sizes = { small: size(50_000), large: size(100_000), foretold: size(200_000) }
  const machine = { shards: 2, replicas: 2, cores: 1 }

  it('foretells what follows the model', () => {
    expect(processorLine(sizes)).toEqual({ slope: 0.002, intercept: 20 })
    for (const { predicted, measured } of compareCluster(sizes, machine)) expect(predicted).toBeCloseTo(measured, 6)
  })

  it('shows a machine that does other work in the time that passed, not in the processor time', () => {
    const slowed = { small: size(50_000, 3), large: size(100_000, 3), foretold: size(200_000, 3) }
    const [processor, middle, least] = compareCluster(slowed, machine)
    expect(processor).toMatchObject({ measured: 420 })
    expect(processor?.predicted).toBeCloseTo(420, 6)
    expect(middle?.predicted).toBeCloseTo(660, 6)
    expect(least?.predicted).toBeCloseTo(220, 6)
    expect(least?.measured).toBeCloseTo(660, 6)
  })

  it('shows a size that takes longer than foretold', () => {
    const [, middle] = compareCluster({ ...sizes, foretold: size(200_000, 1.5) }, machine)
    expect((middle?.measured ?? 0) / (middle?.predicted ?? 1)).toBeCloseTo(1.5, 6)
  })
})

describe('processor time of child processes', () => {
  const line = (name: string, parent: number) => `41 (${name}) S ${parent} 41 41 0 -1 0 5 6 7 8 120 30 99 99 20 0 1 0`

  it.each(['python3', 'a b', 'x) S 1 (y'])('reads user and system ticks of a process called %s', (name) => {
    expect(childTicks(line(name, 77), 77)).toBe(150)
  })

  it('leaves out what is no child', () => {
    expect(childTicks(line('python3', 78), 77)).toBe(0)
  })

  it.skipIf(process.platform !== 'linux')('counts no process that is not there', () => {
    expect(childProcessorMs()).toBeGreaterThanOrEqual(0)
  })
})
