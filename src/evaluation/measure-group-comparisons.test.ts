import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareAll } from './compare-all.ts'
import type { EmbeddedPhoto } from './embed-photos.ts'
import { rateOf } from './figures/error-rates.ts'
import { comparedGroups, madeUpPhotos, withGroups } from './group-comparisons.fixture.ts'
import { measureComparisons } from './measure-comparisons.ts'
import { measureGroupComparisons } from './measure-group-comparisons.ts'

const TWO = [
  { groups: { sex: 'F' }, people: 30, alike: 2 },
  { groups: { sex: 'M' }, people: 30 },
]
const seeds = fc.integer({ min: 1, max: 1_000_000 })
const dot = (one: EmbeddedPhoto, other: EmbeddedPhoto) =>
  one.vector?.reduce((sum, value, at) => sum + value * (other.vector?.[at] ?? 0), 0) ?? 0

/** Scores of all pairs of photographs of one sex, worked out one by one. */
function pairsOf(photos: readonly EmbeddedPhoto[], sex: string, genuine: boolean): readonly number[] {
  const own = photos.filter(({ photo }) => photo.groups.sex === sex)
  return own.flatMap((one, at) =>
    own
      .slice(0, at)
      .filter((other) => (other.photo.subject === one.photo.subject) === genuine)
      .map((other) => Math.fround(dot(one, other))),
  )
}

describe('two people of one group', () => {
  it('who look alike reach the threshold of everybody more often', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 2, max: 5 }), async (seed, alike) => {
        const women = { groups: { sex: 'F' }, people: 20, alike }
        const [sex] = await comparedGroups(madeUpPhotos([women, { groups: { sex: 'M' }, people: 20 }], seed))
        const [alikes, others] = sex?.fmr.rows ?? []
        expect(alikes?.rate?.rate).toBeGreaterThan(others?.rate?.rate ?? 1)
        expect(alikes?.rate?.rate).toBeGreaterThan(sex?.everybody.rate ?? 1)
        expect(sex?.fmr.spread).toMatchObject({ worst: 'F', best: 'M', groups: 2 })
      }),
      { numRuns: 25 },
    )
  })

  it('are counted at the threshold of FMR 0.1 % over everybody, each pair once, with Wilson intervals', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const photos = madeUpPhotos(TWO, seed)
        const { verification } = measureComparisons(await compareAll(photos))
        const [sex] = await measureGroupComparisons(photos, verification)
        const at = verification.tar[1]
        expect(sex).toMatchObject({ axis: 'sex', threshold: at?.threshold, everybody: at?.fmr })
        expect(sex?.everybody.rate).toBeLessThanOrEqual(1e-3)
        for (const [place, group] of ['F', 'M'].entries()) {
          const [impostor, genuine] = [pairsOf(photos, group, false), pairsOf(photos, group, true)]
          const reached = impostor.filter((score) => score >= (sex?.threshold ?? 2)).length
          const missed = genuine.filter((score) => score < (sex?.threshold ?? 2)).length
          expect(sex?.fmr.rows[place]).toMatchObject({ group, subjects: 30, rate: rateOf(reached, 1740) })
          expect(sex?.fnmr.rows[place]).toMatchObject({ group, subjects: 30, rate: rateOf(missed, 30) })
        }
      }),
      { numRuns: 10 },
    )
  })

  it('the order of the photographs does not matter', async () => {
    const photos = madeUpPhotos([...TWO, { groups: { sex: 'X', race: 'A' }, people: 5 }])
    const whole = await comparedGroups(photos)
    const order = fc.shuffledSubarray([...photos.keys()], { minLength: photos.length })
    await fc.assert(
      fc.asyncProperty(order, async (places) => {
        expect(await comparedGroups(places.flatMap((at) => photos[at] ?? []))).toEqual(whole)
      }),
      { numRuns: 15 },
    )
  })

  it('when all are of one group, they are everybody', async () => {
    const [sex] = await comparedGroups(madeUpPhotos([{ groups: { sex: 'F' }, people: 30 }]))
    expect(sex?.fmr.rows[0]?.rate).toEqual(sex?.everybody)
    expect(sex).toMatchObject({ impostorPairs: (60 * 58) / 2, fdr: null, fmr: { spread: null } })
  })
})

describe('groups too small to state', () => {
  const large = { groups: { sex: 'F' }, people: 40 }
  const tablesOf = async (people: number, photos: number) => {
    const [sex] = await comparedGroups(madeUpPhotos([large, { groups: { sex: 'M' }, people, photos }]))
    return { fmr: sex?.fmr.rows[1], fnmr: sex?.fnmr.rows[1], spread: sex?.fmr.spread }
  }

  it('nine people are named without a rate, however many pairs they give; ten are rated', async () => {
    const nine = await tablesOf(9, 5)
    expect(nine.fmr).toMatchObject({ group: 'M', subjects: 9, trials: 900, rate: null })
    expect(nine.fmr?.suppressed).toBe('9 people; a rate is stated from 10.')
    expect(nine.fnmr).toMatchObject({ trials: 90, rate: null })
    expect(nine.spread).toBeNull()
    const ten = await tablesOf(10, 5)
    expect(ten.fmr).toMatchObject({ suppressed: null, rate: { trials: 1125 } })
    expect(ten.spread).toMatchObject({ groups: 2 })
  })

  it('pairs of one person are suppressed by their own number', async () => {
    const { fmr, fnmr } = await tablesOf(20, 2)
    expect(fmr?.rate).not.toBeNull()
    expect(fnmr).toMatchObject({ rate: null, suppressed: '20 trials; a rate is stated from 30.' })
  })

  it('many pairs of few people are no FNMR of a group of many', async () => {
    const one = { groups: { sex: 'F' }, people: 1, photos: 10 }
    const [sex] = await comparedGroups(madeUpPhotos([{ ...large, photos: 1 }, one]))
    expect(sex?.fmr.rows[0]).toMatchObject({ subjects: 41, suppressed: null })
    expect(sex?.fnmr.rows[0]).toMatchObject({ subjects: 1, trials: 45, rate: null })
  })
})

describe('what is compared', () => {
  it('nothing without an axis, and nothing without a threshold', async () => {
    expect(await comparedGroups(madeUpPhotos([{ groups: {}, people: 12 }]))).toEqual([])
    expect(await comparedGroups(madeUpPhotos([{ groups: { sex: 'F' }, people: 1 }]))).toEqual([])
    expect(await measureGroupComparisons(madeUpPhotos(TWO), { tar: [] })).toEqual([])
  })

  it('each recorded axis in its order; a photograph without the label is in no group of it', async () => {
    const found = await comparedGroups(
      madeUpPhotos([
        { groups: { race: 'A', ageBand: '18 to 29' }, people: 12 },
        { groups: { race: 'B', sex: 'F' }, people: 12 },
      ]),
    )
    expect(found.map(({ axis, impostorPairs }) => [axis, impostorPairs])).toEqual([
      ['sex', 264],
      ['ageBand', 264],
      ['race', 528],
    ])
  })

  it('a person photographed in two age bands gives no genuine pair across them', async () => {
    const photos = madeUpPhotos([{ groups: {}, people: 40, photos: 3 }]).map((one) =>
      withGroups(one, { ageBand: one.photo.file.endsWith('/2') ? '30 to 44' : '18 to 29' }),
    )
    const [age] = await comparedGroups(photos)
    expect(age?.fnmr.rows.map(({ group, trials }) => [group, trials])).toEqual([
      ['18 to 29', 40],
      ['30 to 44', 0],
    ])
    expect(age?.fnmr.rows[1]).toMatchObject({ subjects: 0, rate: null })
    expect(age?.fmr.rows.map(({ trials }) => trials)).toEqual([3120, 780])
  })

  it('a photograph without a template makes its pairs of one person errors, and no pair of two people', async () => {
    const photos = madeUpPhotos([{ groups: { sex: 'F' }, people: 40 }])
    const whole = (await comparedGroups(photos))[0]
    const broken = photos.map((one, at) => (at < 6 ? { ...one, vector: null } : one))
    const [sex] = await comparedGroups(broken)
    expect(whole?.fnmr.rows[0]).toMatchObject({ rate: { errors: 0, trials: 40 } })
    expect(sex?.fnmr.rows[0]).toMatchObject({ subjects: 40, rate: { errors: 3, trials: 40 } })
    expect(sex?.fmr.rows[0]).toMatchObject({ subjects: 37, trials: (74 * 72) / 2 })
  })

  it('thirds of luminance are those of all photographs', async () => {
    const photos = madeUpPhotos([{ groups: {}, people: 36 }]).map((one, at) => {
      return { ...one, measures: { quality: null, luminance: at / 72 } }
    })
    const [skin, ...more] = await comparedGroups(photos)
    expect(more).toEqual([])
    expect(skin?.axis).toBe('skin')
    expect(skin?.fmr.rows.map(({ group, trials }) => [group.slice(0, 9), trials])).toEqual([
      ['1st third', 264],
      ['2nd third', 264],
      ['3rd third', 264],
    ])
  })

  it('an even sample of each group where there are more pairs than asked for; its rate is near the whole', async () => {
    const photos = madeUpPhotos([
      { groups: { sex: 'F' }, people: 60, alike: 2 },
      { groups: { sex: 'M' }, people: 12 },
    ])
    const { verification } = measureComparisons(await compareAll(photos))
    const [whole] = await measureGroupComparisons(photos, verification)
    const [part] = await measureGroupComparisons(photos, verification, 1000)
    expect(part?.fmr.rows.map(({ trials }) => trials)).toEqual([1000, 264])
    expect(part).toMatchObject({ impostorPairs: 7080 + 264, threshold: whole?.threshold })
    expect(part?.fnmr).toEqual(whole?.fnmr)
    const [low, high] = [part?.fmr.rows[0]?.rate?.low ?? 1, part?.fmr.rows[0]?.rate?.high ?? 0]
    expect(whole?.fmr.rows[0]?.rate?.rate).toBeGreaterThanOrEqual(low)
    expect(whole?.fmr.rows[0]?.rate?.rate).toBeLessThanOrEqual(high)
    expect(await measureGroupComparisons(photos, verification, 1000)).toEqual([part])
  })
})
