import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dotAt, listPeople, templateTable } from './template-table.ts'

const unit = (...values: readonly number[]) => {
  const length = Math.hypot(...values)
  return Float32Array.from(values, (value) => value / length)
}
const table = templateTable([
  { subject: 'ada', vector: unit(1, 0, 0) },
  { subject: 'bea', vector: unit(0, 1, 0) },
  { subject: 'ada', vector: unit(1, 1, 0) },
  { subject: 'cyd', vector: unit(0, 0, 1) },
])

describe('listPeople', () => {
  it('lists each person once, with the most similar template, best first', () => {
    const list = listPeople(table, unit(0.6, 0.8, 0), 10)
    expect(list.map(({ subject }) => subject)).toEqual(['ada', 'bea', 'cyd'])
    expect(list[0]?.score).toBeCloseTo(1.4 / Math.SQRT2, 6)
    expect(list[1]?.score).toBeCloseTo(0.8, 6)
  })

  it('is no longer than asked', () => {
    expect(listPeople(table, unit(0.6, 0.8, 0), 1).map(({ subject }) => subject)).toEqual(['ada'])
    expect(listPeople(table, unit(0.6, 0.8, 0), 0)).toEqual([])
  })

  it('equal scores stand in the order of enrolment', () => {
    const even = templateTable(['c', 'a', 'b'].map((subject) => ({ subject, vector: unit(1, 0) })))
    expect(listPeople(even, unit(1, 0), 2).map(({ subject }) => subject)).toEqual(['c', 'a'])
  })

  it('an empty gallery gives an empty list', () => {
    expect(listPeople(templateTable([]), unit(1, 0), 50)).toEqual([])
  })

  it('templates of different dimensions are never compared', () => {
    expect(() => listPeople(table, unit(1, 0), 5)).toThrow(/dimension of the gallery/)
    const mixed = [unit(1, 0), unit(1, 0, 0)].map((vector) => ({ subject: 'a', vector }))
    expect(() => templateTable(mixed)).toThrow(/same dimension/)
  })

  it('is the list that sorting every score would give', () => {
    const vector = fc
      .array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 5 })
      .filter((values) => values.some((value) => value !== 0))
      .map((values) => unit(...values))
    const rows = fc.array(fc.record({ subject: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), vector }), {
      minLength: 1,
    })
    fc.assert(
      fc.property(rows, vector, fc.integer({ min: 1, max: 7 }), (templates, probe, length) => {
        const scores = new Map<string, number>()
        for (const one of templates) {
          const score = dotAt(probe, 0, one.vector, 0, 5)
          scores.set(one.subject, Math.max(score, scores.get(one.subject) ?? -2))
        }
        const expected = [...scores].sort(([, one], [, other]) => other - one).slice(0, length)
        expect(listPeople(templateTable(templates), probe, length)).toEqual(
          expected.map(([subject, score]) => ({ subject, score })),
        )
      }),
    )
  })
})

describe('dotAt', () => {
  it.each([1, 3, 4, 7, 512])('sums %d products, wherever the rows begin', (dimension) => {
    const one = Float32Array.from({ length: dimension + 2 }, (_, at) => at - 1)
    const other = Float32Array.from({ length: dimension + 5 }, (_, at) => (at % 7) - 2)
    let sum = 0
    for (let at = 0; at < dimension; at += 1) sum += (one[at + 2] as number) * (other[at + 5] as number)
    expect(dotAt(one, 2, other, 5, dimension)).toBeCloseTo(sum, 6)
  })
})
