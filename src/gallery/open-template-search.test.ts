import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../base/index.ts'
import { exactScore } from './exact-score.ts'
import { NO_FILTER } from './gallery-filter.ts'
import { type LooseTemplate, openTemplateSearch } from './open-template-search.ts'
import { byRank } from './rank-certified.ts'

const modelOf = (dimension: number) => ({ id: 'test', sha256: sha256Hex('test'), dimension })

function unit(...values: readonly number[]): Float32Array {
  const length = Math.hypot(...values)
  return Float32Array.from(values, (value) => value / length)
}

async function list(templates: readonly LooseTemplate[], probe: Float32Array, limit = 50) {
  const model = modelOf(probe.length)
  const search = openTemplateSearch(model, templates)
  const found = await search.search(probe, { model, limit, threshold: -1, filter: NO_FILTER })
  await search.close()
  return found
}

const COUNTY = [
  { subject: 'ada', vector: unit(1, 0, 0) },
  { subject: 'bea', vector: unit(0, 1, 0) },
  { subject: 'ada', vector: unit(1, 1, 0) },
  { subject: 'cyd', vector: unit(0, 0, 1) },
]

describe('a search over loose templates', () => {
  it('lists each person once, with the most similar template, best first', async () => {
    const { candidates, searched } = await list(COUNTY, unit(0.6, 0.8, 0))
    expect(candidates.map(({ subject }) => subject)).toEqual(['ada', 'bea', 'cyd'])
    expect(candidates[0]?.score).toBeCloseTo(1.4 / Math.SQRT2, 6)
    expect(candidates[0]?.others).toHaveLength(1)
    expect(searched).toBe(4)
  })

  it('is no longer than asked, and empty for an empty gallery', async () => {
    expect((await list(COUNTY, unit(0.6, 0.8, 0), 1)).candidates).toHaveLength(1)
    expect(await list([], unit(1, 0))).toMatchObject({ candidates: [], searched: 0, certified: true })
  })

  it('equal scores stand in the order given', async () => {
    const even = ['c', 'a', 'b'].map((subject) => ({ subject, vector: unit(1, 0) }))
    expect((await list(even, unit(1, 0), 2)).candidates.map(({ subject }) => subject)).toEqual(['c', 'a'])
  })

  it('never compares templates of different dimensions, nor anything without a direction', async () => {
    await expect(list(COUNTY, unit(1, 0))).rejects.toMatchObject({ code: 'vector_unusable' })
    await expect(list([{ subject: 'x', vector: new Float32Array(3) }], unit(1, 0, 0))).rejects.toMatchObject({
      code: 'vector_unusable',
    })
  })

  it('is the list that sorting every score would give', async () => {
    const vector = fc
      .array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 5 })
      .filter((values) => values.some((value) => value !== 0))
      .map((values) => unit(...values))
    const rows = fc.array(fc.record({ subject: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), vector }), {
      minLength: 1,
    })
    await fc.assert(
      fc.asyncProperty(rows, vector, fc.integer({ min: 1, max: 7 }), async (templates, probe, limit) => {
        const wide = Float64Array.from(probe)
        const all = templates
          .map((one, at) => ({ ...one, template: String(at).padStart(12, '0'), score: exactScore(wide, one.vector) }))
          .sort(byRank)
        const best = all.filter((one, at) => all.findIndex(({ subject }) => subject === one.subject) === at)
        expect(
          (await list(templates, probe, limit)).candidates.map(({ template, score }) => [template, score]),
        ).toEqual(best.slice(0, limit).map(({ template, score }) => [template, score]))
      }),
      { numRuns: 60 },
    )
  })
})
