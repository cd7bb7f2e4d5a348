import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mated, matedSearches, nonMated, score } from './searches.fixture.ts'
import { bySubject, highestScore, listedMateScore, splitComparisons } from './searches.ts'

describe('listedMateScore', () => {
  test('is the score of the mate on the list', () => {
    expect(listedMateScore(mated('A', 2, 0.4))).toBe(0.4)
  })

  test('is null when the mate is not on the list', () => {
    expect(listedMateScore(mated('A', null, null))).toBeNull()
  })

  test('a score without a place on the list does not count', () => {
    expect(listedMateScore(mated('A', null, 0.4))).toBeNull()
  })

  test('is null when the probe failed, whatever else is recorded', () => {
    expect(listedMateScore(mated('A', 1, 0.9, { failed: true }))).toBeNull()
  })
})

describe('highestScore', () => {
  test('is the first of the list', () => {
    expect(highestScore(nonMated('N', [0.7, 0.5]))).toBe(0.7)
  })

  test('is null for an empty list', () => {
    expect(highestScore(nonMated('N', []))).toBeNull()
  })

  test('is null when the probe failed', () => {
    expect(highestScore(nonMated('N', [0.7], { failed: true }))).toBeNull()
  })
})

describe('bySubject', () => {
  test('keeps every trial once, with its person', () => {
    fc.assert(
      fc.property(matedSearches, (searches) => {
        const groups = bySubject(searches)
        const kept = [...groups].flatMap(([subject, trials]) => trials.map((trial) => ({ subject, trial })))
        expect(kept).toHaveLength(searches.length)
        for (const { subject, trial } of kept) expect(trial.subject).toBe(subject)
      }),
    )
  })
})

describe('splitComparisons', () => {
  test('parts genuine from impostor scores in the order given', () => {
    const split = splitComparisons([
      { one: 'a', other: 'a', score: 0.8, genuine: true },
      { one: 'a', other: 'b', score: 0.1, genuine: false },
      { one: 'b', other: 'b', score: 0.7, genuine: true },
    ])
    expect([...split.genuine]).toEqual([0.8, 0.7])
    expect([...split.impostor]).toEqual([0.1])
  })

  test('loses no comparison', () => {
    const comparison = fc.record({ one: fc.constant('a'), other: fc.constant('b'), score, genuine: fc.boolean() })
    fc.assert(
      fc.property(fc.array(comparison), (comparisons) => {
        const { genuine, impostor } = splitComparisons(comparisons)
        expect(genuine.length).toBe(comparisons.filter((one) => one.genuine).length)
        expect(genuine.length + impostor.length).toBe(comparisons.length)
      }),
    )
  })
})
