import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countDead, eraseBytes, eraseRecord, FACTS_BYTES, factsOf, seqAt } from './record-places.ts'
import { ROW_BYTES, recordOf, recordsOf } from './test-index.fixture.ts'

describe('a record', () => {
  it('ends with its seq, of any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (seq) => {
        const records = Buffer.concat([recordOf(1), recordOf(seq)])
        expect([seqAt(records, 0, ROW_BYTES), seqAt(records, ROW_BYTES, ROW_BYTES)]).toEqual([1, seq])
      }),
    )
  })

  it('has its facts from 20 bytes before its end: source, birth year, booked day, sex, flags', () => {
    const facts = factsOf(recordOf(3))
    expect(Buffer.from(facts)).toEqual(recordOf(3).subarray(28, 40))
    expect([facts.length, facts[9], facts[10], facts[11]]).toEqual([FACTS_BYTES, 1, 0, 0])
  })

  it('erased keeps its seq alone, and the records around it are untouched', () => {
    const records = recordsOf(5, 3)
    expect(countDead(records, ROW_BYTES)).toBe(0)
    expect(eraseRecord(records, ROW_BYTES, ROW_BYTES)).toBe(true)
    expect(countDead(records, ROW_BYTES)).toBe(1)
    expect(records.subarray(ROW_BYTES, 2 * ROW_BYTES - 8)).toEqual(Buffer.alloc(ROW_BYTES - 8))
    expect(seqAt(records, ROW_BYTES, ROW_BYTES)).toBe(6)
    expect(records.subarray(0, ROW_BYTES)).toEqual(recordOf(5))
    expect(records.subarray(2 * ROW_BYTES)).toEqual(recordOf(7))
    expect(eraseRecord(records, ROW_BYTES, ROW_BYTES)).toBe(false)
  })

  it('is live while the lowest bit of its flags is set, sealed or not', () => {
    const records = recordsOf(1, 4)
    for (const [at, flags] of [0, 1, 2, 3].entries()) records[at * ROW_BYTES + ROW_BYTES - 11] = flags
    expect(countDead(records, ROW_BYTES)).toBe(2)
    expect(countDead(Buffer.alloc(0), ROW_BYTES)).toBe(0)
  })

  it('a part of zeros has nothing to erase', () => {
    const bytes = Buffer.from([1, 0, 0, 2])
    expect([eraseBytes(bytes, 1, 3), eraseBytes(bytes, 2, 4)]).toEqual([false, true])
    expect(bytes).toEqual(Buffer.from([1, 0, 0, 0]))
  })
})
