import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TopRows } from './top-rows.ts'

describe('TopRows', () => {
  it('keeps the best by upper bound, then by place, in whatever order they come', () => {
    const uppers = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 })
    fc.assert(
      fc.property(uppers, fc.integer({ min: 1, max: 30 }), fc.boolean(), (given, room, backwards) => {
        const rows = given.map((upper, place) => ({ place, upper: upper / 7 }))
        const top = new TopRows(room)
        for (const { place, upper } of backwards ? rows.toReversed() : rows) top.offer(place, upper)
        const best = rows.toSorted((one, other) => other.upper - one.upper || one.place - other.place).slice(0, room)
        const { places, uppers: kept } = top.take()
        expect([...places]).toEqual(best.map(({ place }) => place))
        expect([...kept]).toEqual(best.map(({ upper }) => upper))
      }),
    )
  })

  it('cuts nothing while there is room, then what is below the worst', () => {
    const top = new TopRows(2)
    expect(top.cut).toBe(Number.NEGATIVE_INFINITY)
    top.offer(1, 0.5)
    expect(top.cut).toBe(Number.NEGATIVE_INFINITY)
    top.offer(2, 0.25)
    expect(top.cut).toBe(0.25)
    top.offer(3, 0.75)
    expect(top.cut).toBe(0.5)
  })

  it('grows to as many as it has room for', () => {
    const top = new TopRows(6000)
    for (let place = 0; place < 10_000; place += 1) top.offer(place, (place * 7919) % 10_007)
    const { uppers, places } = top.take()
    const all = Array.from({ length: 10_000 }, (_, place) => (place * 7919) % 10_007)
    expect([...uppers]).toEqual(all.toSorted((one, other) => other - one).slice(0, 6000))
    expect(new Set(places).size).toBe(6000)
  })

  it('is empty when nothing was offered, and after it was taken', () => {
    const top = new TopRows(3)
    expect(top.take().places).toHaveLength(0)
    top.offer(1, 1)
    top.take()
    expect(top.take().places).toHaveLength(0)
  })
})
