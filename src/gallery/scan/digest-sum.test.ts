import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DigestSum } from './digest-sum.ts'

describe('DigestSum', () => {
  it('is exact for every seq there can be, added or removed', () => {
    const seq = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }))
    fc.assert(
      fc.property(fc.array(fc.record({ seq, added: fc.boolean() }), { maxLength: 80 }), (changes) => {
        const sum = new DigestSum()
        for (const { seq: one, added } of changes) added ? sum.add(one) : sum.remove(one)
        const signed = changes.map(({ seq: one, added }) => ({ sign: added ? 1n : -1n, seq: BigInt(one) }))
        expect(sum.read()).toEqual({
          sum: signed.reduce((all, one) => all + one.sign * one.seq, 0n),
          squares: signed.reduce((all, one) => all + one.sign * one.seq * one.seq, 0n),
        })
      }),
    )
  })

  it('stays exact past what float64 counts', () => {
    const sum = new DigestSum()
    const last = 94_906_265
    for (let seq = last - 999; seq <= last; seq += 1) sum.add(seq)
    const seqs = Array.from({ length: 1000 }, (_, at) => BigInt(last - at))
    expect(sum.read().squares).toBe(seqs.reduce((all, seq) => all + seq * seq, 0n))
    expect(sum.read().sum).toBe(seqs.reduce((all, seq) => all + seq, 0n))
  })

  it('can be read between changes', () => {
    const sum = new DigestSum()
    sum.add(3)
    expect(sum.read()).toEqual({ sum: 3n, squares: 9n })
    sum.add(4)
    sum.remove(3)
    expect(sum.read()).toEqual({ sum: 4n, squares: 16n })
  })
})
