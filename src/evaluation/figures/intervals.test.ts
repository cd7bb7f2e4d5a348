import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterBootstrap, countInterval, ruleOfThree, seededRandom, wilson } from './intervals.ts'

const counted = fc
  .tuple(fc.nat(5_000), fc.integer({ min: 1, max: 5_000 }))
  .map(([errors, trials]) => ({ errors: Math.min(errors, trials), trials }))

describe('wilson', () => {
  // Reference values: Newcombe 1998, table I, method 3 (score, without continuity correction).
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i is %f to %f', (errors, trials, low, high) => {
    const interval = wilson(errors, trials)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  test('contains the share and stays between 0 and 1', () => {
    fc.assert(
      fc.property(counted, ({ errors, trials }) => {
        const { low, high } = wilson(errors, trials)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(errors / trials)
        expect(high).toBeGreaterThanOrEqual(errors / trials)
        expect(high).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('never has zero width', () => {
    fc.assert(
      fc.property(counted, ({ errors, trials }) => {
        const { low, high } = wilson(errors, trials)
        expect(high).toBeGreaterThan(low)
      }),
    )
  })

  test('is a mirror: errors and the rest change places', () => {
    fc.assert(
      fc.property(counted, ({ errors, trials }) => {
        expect(wilson(trials - errors, trials).low).toBeCloseTo(1 - wilson(errors, trials).high, 12)
      }),
    )
  })

  test('rises with the errors', () => {
    fc.assert(
      fc.property(counted, ({ errors, trials }) => {
        fc.pre(errors < trials)
        expect(wilson(errors + 1, trials).low).toBeGreaterThanOrEqual(wilson(errors, trials).low)
        expect(wilson(errors + 1, trials).high).toBeGreaterThanOrEqual(wilson(errors, trials).high)
      }),
    )
  })

  test('is wider for a larger z', () => {
    expect(wilson(5, 50, 2.58).high).toBeGreaterThan(wilson(5, 50).high)
    expect(wilson(5, 50, 2.58).low).toBeLessThan(wilson(5, 50).low)
  })

  test('without trials nothing is known', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
  })

  test.each([
    [-1, 10],
    [11, 10],
    [Number.NaN, 10],
  ])('refuses %f errors in %i trials', (errors, trials) => {
    expect(() => wilson(errors, trials)).toThrow(RangeError)
  })
})

describe('countInterval', () => {
  const counts = fc.array(fc.nat(50), { minLength: 1, maxLength: 80 })

  test('contains the mean and has a width', () => {
    fc.assert(
      fc.property(counts, (each) => {
        const mean = each.reduce((total, count) => total + count, 0) / each.length
        const { low, high } = countInterval(each, each.length)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(mean)
        expect(high).toBeGreaterThan(mean)
      }),
    )
  })

  test('no candidate at all still leaves an upper bound of z squared over the trials', () => {
    const { low, high } = countInterval(new Array<number>(100).fill(0), 100)
    expect(low).toBe(0)
    expect(high).toBeCloseTo(0.0384, 4)
  })

  test('candidates heaped on a few searches widen it', () => {
    const even = countInterval(new Array<number>(20).fill(5), 20)
    const heaped = countInterval([100, ...new Array<number>(19).fill(0)], 20)
    expect(heaped.high - heaped.low).toBeGreaterThan(2 * (even.high - even.low))
  })

  test('without trials nothing is known', () => {
    expect(countInterval([], 0)).toEqual({ low: 0, high: Number.POSITIVE_INFINITY })
  })
})

describe('ruleOfThree', () => {
  test.each([
    [300, 0.01],
    [3_000_000, 1e-6],
    [3, 1],
    [0, 1],
  ])('no error in %i trials: at most %f', (trials, bound) => {
    expect(ruleOfThree(trials)).toBeCloseTo(bound, 12)
  })

  test('is the exact one-sided 95 % bound to within a twentieth', () => {
    for (const trials of [60, 500, 10_000]) {
      expect(ruleOfThree(trials) / (1 - 0.05 ** (1 / trials))).toBeCloseTo(1, 1)
    }
  })
})

describe('clusterBootstrap', () => {
  const shareOfOnes = (sample: readonly number[]) => sample.filter((one) => one === 1).length / sample.length
  const people = (count: number, trials: readonly number[]) =>
    new Map(Array.from({ length: count }, (_, index) => [`p${index}`, index % 2 === 0 ? trials : [0, 0]] as const))

  test('same seed, same interval', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const subjects = people(12, [1, 0])
        const options = { seed, rounds: 50 }
        expect(clusterBootstrap(subjects, shareOfOnes, options)).toEqual(
          clusterBootstrap(subjects, shareOfOnes, options),
        )
      }),
      { numRuns: 20 },
    )
  })

  test('another seed draws other people', () => {
    const subjects = people(40, [1, 0])
    const ends = [1, 2, 3, 4].map((seed) => clusterBootstrap(subjects, shareOfOnes, { seed, rounds: 37 })?.low)
    expect(new Set(ends).size).toBeGreaterThan(1)
  })

  test('the order of people does not matter', () => {
    const subjects = people(15, [1, 1])
    const turned = new Map([...subjects].reverse())
    const options = { seed: 7, rounds: 80 }
    expect(clusterBootstrap(turned, shareOfOnes, options)).toEqual(clusterBootstrap(subjects, shareOfOnes, options))
  })

  test('surrounds the statistic of a mixed set', () => {
    const interval = clusterBootstrap(people(60, [1, 1]), shareOfOnes, { seed: 3 })
    expect(interval?.low).toBeLessThan(0.5)
    expect(interval?.high).toBeGreaterThan(0.5)
    expect(interval?.low).toBeGreaterThan(0.3)
    expect(interval?.high).toBeLessThan(0.7)
  })

  test('many trials of few people say less than as many of many people', () => {
    const few = new Map(Array.from({ length: 10 }, (_, index) => [`p${index}`, new Array<number>(40).fill(index % 2)]))
    const many = new Map(Array.from({ length: 400 }, (_, index) => [`p${index}`, [index % 2]]))
    const [wide, narrow] = [few, many].map((subjects) => {
      const interval = clusterBootstrap(subjects, shareOfOnes, { seed: 5, rounds: 300 })
      return (interval?.high ?? 0) - (interval?.low ?? 0)
    })
    expect(wide).toBeGreaterThan(3 * (narrow ?? 0))
  })

  test('a lower level is narrower', () => {
    const subjects = people(60, [1, 0])
    const at = (level: number) => clusterBootstrap(subjects, shareOfOnes, { seed: 11, level })
    expect(at(0.5)?.high).toBeLessThan(at(0.95)?.high ?? 0)
    expect(at(0.5)?.low).toBeGreaterThan(at(0.95)?.low ?? 1)
  })

  test('one person alone has no interval', () => {
    expect(clusterBootstrap(new Map([['ada', [1, 0]]]), shareOfOnes, { seed: 1 })).toBeNull()
    expect(clusterBootstrap(new Map<string, readonly number[]>(), shareOfOnes, { seed: 1 })).toBeNull()
  })

  test('rounds that cannot say are left out, and with none left it says so', () => {
    const subjects = people(6, [1, 0])
    expect(clusterBootstrap(subjects, () => null, { seed: 1, rounds: 10 })).toBeNull()
    expect(clusterBootstrap(subjects, () => Number.NaN, { seed: 1, rounds: 10 })).toBeNull()
    let round = 0
    const everySecond = () => {
      round += 1
      return round % 2 === 0 ? 0.25 : null
    }
    expect(clusterBootstrap(subjects, everySecond, { seed: 1, rounds: 10 })).toEqual({ low: 0.25, high: 0.25 })
  })
})

describe('seededRandom', () => {
  test('spreads evenly over 0 to 1', () => {
    const random = seededRandom(2026)
    const tenths = new Array<number>(10).fill(0)
    for (let draw = 0; draw < 10_000; draw += 1) {
      const tenth = Math.floor(random() * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    expect(tenths).toHaveLength(10)
    expect(Math.min(...tenths)).toBeGreaterThan(850)
    expect(Math.max(...tenths)).toBeLessThan(1_150)
  })

  test('repeats itself by seed and differs between seeds', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed)
      return [random(), random(), random()]
    }
    expect(draw(4)).toEqual(draw(4))
    expect(draw(4)).not.toEqual(draw(5))
  })
})
