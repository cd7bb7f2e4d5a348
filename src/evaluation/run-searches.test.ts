import { describe, expect, it } from 'vitest'
import type { EmbeddedPhoto } from './embed-photos.ts'
import { embedded } from './evaluation.fixture.ts'
import type { Trials } from './make-trials.ts'
import { countFailures } from './measure-failures.ts'
import { LIST_LENGTH, runSearches } from './run-searches.ts'

const trialsOf = (parts: Readonly<Record<'enrolled' | 'mated' | 'nonMated', readonly EmbeddedPhoto[]>>) => {
  const all = [...parts.enrolled, ...parts.mated, ...parts.nonMated]
  const trials: Trials = {
    enrolled: parts.enrolled.map(({ photo }) => photo),
    mated: parts.mated.map(({ photo }) => photo),
    nonMated: parts.nonMated.map(({ photo }) => photo),
    ...{ leftOut: 0, sentence: '' },
  }
  return [trials, new Map(all.map((one) => [one.photo, one]))] as const
}

describe('runSearches', () => {
  it('finds the rank and score of the mate, and everybody else', async () => {
    const [trials, photos] = trialsOf({
      enrolled: [embedded('ada', '1', [1, 0]), embedded('bea', '1', [0, 1]), embedded('cyd', '1', [-1, 0])],
      mated: [embedded('ada', '2', [0.6, 0.8])],
      nonMated: [embedded('dot', '1', [0.8, 0.6])],
    })
    const { mated, nonMated, enrolled } = await runSearches(trials, photos)
    expect(enrolled).toBe(3)
    expect(mated).toMatchObject([{ subject: 'ada', failed: false, mateRank: 2 }])
    expect(mated[0]?.mateScore).toBeCloseTo(0.6, 6)
    expect(mated[0]?.strangers.map((score) => Number(score.toFixed(3)))).toEqual([0.8, -0.6])
    expect(nonMated[0]?.scores.map((score) => Number(score.toFixed(3)))).toEqual([0.8, 0.6, -0.8])
  })

  it('a probe without a template is a failed search; an enrolment without one is a mate who is missed', async () => {
    const [trials, photos] = trialsOf({
      enrolled: [embedded('ada', '1', [1, 0]), embedded('bea', '1', null)],
      mated: [embedded('ada', '2', null), embedded('bea', '2', [0, 1])],
      nonMated: [embedded('dot', '1', null)],
    })
    const { mated, nonMated, enrolled } = await runSearches(trials, photos)
    expect(enrolled).toBe(1)
    expect(mated).toMatchObject([
      { subject: 'ada', failed: true, mateRank: null, mateScore: null, strangers: [] },
      { subject: 'bea', failed: false, mateRank: null, mateScore: null, strangers: [0] },
    ])
    expect(nonMated).toMatchObject([{ failed: true, scores: [] }])
    const failures = countFailures(trials, photos)
    expect(failures.enrolment).toMatchObject({ errors: 1, trials: 2 })
    expect(failures.extraction).toMatchObject({ errors: 2, trials: 3 })
    expect(failures.byCode).toEqual([{ code: 'no_face', photographs: 3 }])
  })

  it('lists are as long as a request may ask for, and a mate beyond them is not listed', async () => {
    const strangers = Array.from({ length: LIST_LENGTH + 5 }, (_, at) => embedded(`p${at}`, '1', [0.8, 0.6]))
    const [trials, photos] = trialsOf({
      enrolled: [embedded('ada', '1', [1, 0]), ...strangers],
      mated: [embedded('ada', '2', [0, 1])],
      nonMated: [embedded('dot', '1', [0, 1])],
    })
    const { mated, nonMated } = await runSearches(trials, photos)
    expect(mated[0]).toMatchObject({ mateRank: null, mateScore: null })
    expect(mated[0]?.strangers).toHaveLength(50)
    expect(nonMated[0]?.scores).toHaveLength(50)
  })

  it('adds the third of luminance to the recorded groups of the probe', async () => {
    const lit = (name: string, luminance: number) => ({
      ...embedded('ada', name, [1, 0]),
      measures: { quality: null, luminance },
    })
    const [trials, photos] = trialsOf({
      enrolled: [embedded('ada', '0', [1, 0])],
      mated: [lit('1', 0.1), lit('2', 0.5), lit('3', 0.9)],
      nonMated: [embedded('dot', '1', [0, 1])],
    })
    const { mated, nonMated } = await runSearches(trials, photos)
    expect(mated.map(({ groups }) => groups.skin)).toEqual(['1st third (darkest)', '2nd third', '3rd third (lightest)'])
    expect(nonMated[0]?.groups).toEqual({})
  })
})
