import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEntry, decodeBundle, encodeBundle, MOST_ENTRY_BYTES } from './entry-bundle.ts'
import { bitFlips, entriesFrom, hex } from './log.fixture.ts'
import { TlogError } from './tlog-error.ts'

const faultOf = (work: () => unknown) => {
  try {
    work()
  } catch (fault) {
    if (fault instanceof TlogError) return fault.code
    throw fault
  }
  return null
}

describe('a bundle of entries', () => {
  it('is each entry after its length, big-endian', () => {
    expect(hex(encodeBundle([Buffer.from('ab'), Buffer.alloc(0), Buffer.alloc(258, 7)]).subarray(0, 9))).toBe(
      `0002${hex(Buffer.from('ab'))}0000010207`,
    )
  })

  it('is read as it was written', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 })
    fc.assert(
      fc.property(entries, (list) => {
        const read = decodeBundle(encodeBundle(list), list.length)
        expect(read.map(hex)).toEqual(list.map(hex))
      }),
    )
  })

  it('holds 1 to 256 entries', () => {
    expect(decodeBundle(encodeBundle(entriesFrom(0, 256)), 256)).toHaveLength(256)
    expect(() => encodeBundle([])).toThrow(RangeError)
    expect(() => encodeBundle(entriesFrom(0, 257))).toThrow(RangeError)
  })

  it('holds entries of up to 65,535 bytes', () => {
    const longest = Buffer.alloc(MOST_ENTRY_BYTES, 3)
    expect(decodeBundle(encodeBundle([longest]), 1)).toEqual([longest])
    expect(faultOf(() => encodeBundle([Buffer.alloc(MOST_ENTRY_BYTES + 1)]))).toBe('entry_too_long')
    expect(faultOf(() => checkEntry(Buffer.alloc(MOST_ENTRY_BYTES + 1)))).toBe('entry_too_long')
    expect(faultOf(() => checkEntry(longest))).toBeNull()
  })

  it('is refused when it is cut anywhere, goes on, or holds another number', () => {
    const bytes = encodeBundle(entriesFrom(0, 5))
    for (let length = 0; length < bytes.length; length += 1) {
      expect(faultOf(() => decodeBundle(bytes.subarray(0, length), 5))).toBe('bundle_malformed')
    }
    expect(faultOf(() => decodeBundle(Buffer.concat([bytes, Buffer.of(0)]), 5))).toBe('bundle_malformed')
    expect(faultOf(() => decodeBundle(Buffer.concat([bytes, Buffer.of(0, 0)]), 5))).toBe('bundle_malformed')
    expect(faultOf(() => decodeBundle(bytes, 4))).toBe('bundle_malformed')
    expect(faultOf(() => decodeBundle(bytes, 6))).toBe('bundle_malformed')
  })

  it('is never read as the same entries when a bit was flipped', () => {
    const entries = entriesFrom(0, 3)
    const same = entries.map(hex).join()
    for (const changed of bitFlips(encodeBundle(entries))) {
      let read: string | null = null
      const fault = faultOf(() => {
        read = decodeBundle(changed, 3).map(hex).join()
      })
      expect(fault === 'bundle_malformed' || read !== same).toBe(true)
    }
  })

  it('names its file in the error', () => {
    expect(() => decodeBundle(Buffer.of(0), 1, 'tile/entries/000.p/1')).toThrow(
      expect.objectContaining({ name: 'TlogError', code: 'bundle_malformed', path: 'tile/entries/000.p/1' }),
    )
  })
})
