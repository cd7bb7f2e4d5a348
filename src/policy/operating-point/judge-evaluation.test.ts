import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVALUATION_FLOOR } from './floor.ts'
import { type FloorRule, judgeEvaluation, sameSearches } from './judge-evaluation.ts'
import { type ReportWishes, reportOf } from './operating-point.fixture.ts'

function failed(proposed: ReportWishes, similarityFloor = 0.3, active: ReportWishes = {}): readonly FloorRule[] {
  return judgeEvaluation({ proposed: reportOf(proposed), active: reportOf(active), similarityFloor })
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ rule }) => rule)
}

describe('an evaluation', () => {
  it('that is as good as the model in force passes every rule', () => {
    expect(failed({})).toEqual([])
  })

  it.each<readonly [string, ReportWishes, FloorRule]>([
    ['299 mated searches', { mated: 299, misses: 1 }, 'too_few_mated_searches'],
    ['299 non-mated searches', { nonMated: 299 }, 'too_few_non_mated_searches'],
    ['misses 23 of 500 where the other misses 20', { misses: 23 }, 'misses_more_than_active'],
    ['fails on 8 of 500 where the other fails on 2', { failures: 8 }, 'fails_to_enrol_more_often'],
  ])('with %s does not', (_, wishes, rule) => {
    expect(failed(wishes)).toEqual([rule])
  })

  it.each<readonly [string, ReportWishes]>([
    ['300 searches of each kind', { mated: 300, nonMated: 300, misses: 12 }],
    ['a tenth more misses', { misses: 22 }],
    ['1 of 100 more failures', { failures: 7 }],
  ])('with %s passes', (_, wishes) => {
    expect(failed(wishes)).toEqual([])
  })

  it('above the ceiling does not pass, however bad the model in force is', () => {
    expect(failed({ misses: 76 }, 0.3, { misses: 100 })).toEqual(['misses_above_ceiling'])
    expect(failed({ misses: 75 }, 0.3, { misses: 100 })).toEqual([])
  })

  it('may miss one search where the model in force misses none', () => {
    expect(failed({ misses: 1 }, 0.3, { misses: 0 })).toEqual([])
    expect(failed({ misses: 2 }, 0.3, { misses: 0 })).toEqual(['misses_more_than_active'])
  })

  it('without a threshold for the target FPIR passes neither comparison', () => {
    const none = { ...reportOf(), operatingPoints: [] }
    const rules = judgeEvaluation({ proposed: none, active: reportOf(), similarityFloor: 0.3 })
    expect(rules.filter(({ outcome }) => outcome === 'failed').map(({ rule, measured }) => [rule, measured])).toEqual([
      ['misses_above_ceiling', null],
      ['misses_more_than_active', null],
    ])
  })
})

describe('a similarity floor', () => {
  it.each<readonly [number, readonly FloorRule[]]>([
    [0.19, ['floor_not_measured', 'floor_lists_too_many']],
    [0.2, []],
    [0.9, ['floor_misses_too_many']],
    [0.95, ['floor_misses_too_many']],
  ])('of %d fails %j', (floor, rules) => {
    expect(failed({}, floor)).toEqual(rules)
  })

  it('cannot be judged where FMR was not measured', () => {
    expect(failed({ measured: false })).toEqual(['floor_not_measured', 'floor_lists_too_many'])
  })
})

it('fewer misses never turn a pass into a failure', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.nat(500), (active, one, other) => {
      const [fewer, more] = [Math.min(one, other), Math.max(one, other)]
      const before = failed({ misses: more }, 0.3, { misses: active })
      expect(before).toEqual(expect.arrayContaining([...failed({ misses: fewer }, 0.3, { misses: active })]))
    }),
  )
})

it('every sentence names what was measured and the limit', () => {
  for (const { sentence } of judgeEvaluation({ proposed: reportOf(), active: reportOf(), similarityFloor: 0.3 })) {
    expect(sentence).toMatch(/^[A-Z].*\d.*\.$/)
  }
  expect(EVALUATION_FLOOR.leastMatedSearches).toBeGreaterThanOrEqual(300)
})

it('the same searches are those of one set, seed and number of people left out', () => {
  expect(sameSearches(reportOf(), reportOf({ misses: 3 }))).toBe(true)
  expect(sameSearches(reportOf(), reportOf({ set: 'c' }))).toBe(false)
  expect(sameSearches(reportOf(), reportOf({ seed: 9 }))).toBe(false)
})
