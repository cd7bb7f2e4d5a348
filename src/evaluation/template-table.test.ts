import { describe, expect, it } from 'vitest'
import { dotAt, templateTable } from './template-table.ts'

describe('templateTable', () => {
  it('lays templates one after another and says whose each is', () => {
    const vectors = [
      [1, 0],
      [0, 1],
      [0.6, 0.8],
    ].map((numbers) => Float32Array.from(numbers))
    const table = templateTable(
      ['ada', 'bea', 'ada'].map((subject, at) => ({ subject, vector: vectors[at] as Float32Array })),
    )
    expect(table).toMatchObject({ dimension: 2, people: ['ada', 'bea'] })
    expect([...table.rows]).toEqual([0, 1, 0])
    expect([...table.vectors.subarray(4)]).toEqual([...(vectors[2] as Float32Array)])
    expect(templateTable([])).toMatchObject({ dimension: 0, people: [] })
  })

  it('never holds templates of different dimensions', () => {
    const mixed = [2, 3].map((length) => ({ subject: 'a', vector: new Float32Array(length).fill(0.5) }))
    expect(() => templateTable(mixed)).toThrow(/same dimension/)
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
