import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRecords, checkSeq } from './check-records.ts'
import { makeRecord } from './make-record.ts'
import { rowLayout, TAIL } from './row-record.ts'
import { ADULT, unitVectors } from './scan.fixture.ts'

const LAYOUT = rowLayout(20)
const [vector] = unitVectors(1, 20) as [Float32Array]

function recordsOf(seqs: readonly number[]): Uint8Array {
  return Uint8Array.from(seqs.flatMap((seq) => [...makeRecord(LAYOUT, { seq, facts: ADULT, vector })]))
}

describe('checkRecords', () => {
  it('lets ascending seqs pass, and no others', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 6 }), fc.nat(10), (seqs, after) => {
        const ascends = seqs.every((seq, at) => seq > (seqs[at - 1] ?? after))
        const check = () => checkRecords(recordsOf(seqs), LAYOUT, after)
        if (ascends) expect(check).not.toThrow()
        else expect(check).toThrow(RangeError)
      }),
    )
  })

  it('lets a dead row pass', () => {
    const dead = recordsOf([4]).fill(0, 0, LAYOUT.codeBytes + TAIL.seq)
    expect(() => checkRecords(dead, LAYOUT, 3)).not.toThrow()
  })

  it('lets no length pass but that of whole records', () => {
    const records = recordsOf([1, 2])
    for (let length = 0; length <= records.length; length += 1) {
      const check = () => checkRecords(records.subarray(0, length), LAYOUT, 0)
      if (length % LAYOUT.rowBytes === 0) expect(check).not.toThrow()
      else expect(check).toThrow('no whole records')
    }
  })
})

describe('checkSeq', () => {
  it.each([
    [1, 0],
    [Number.MAX_SAFE_INTEGER, 7],
  ])('%d follows %d', (seq, before) => {
    expect(() => checkSeq(seq, before)).not.toThrow()
  })

  it.each([
    [0, 0],
    [7, 7],
    [6, 7],
    [7.5, 7],
    [Number.MAX_SAFE_INTEGER + 1, 7],
    [Number.POSITIVE_INFINITY, 7],
  ])('%d does not follow %d', (seq, before) => {
    expect(() => checkSeq(seq, before)).toThrow(RangeError)
  })
})
