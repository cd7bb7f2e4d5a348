import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalJson,
  countingIds,
  done,
  fail,
  fixedClock,
  isId,
  randomIds,
  refuse,
  sha256Hex,
  systemClock,
  toStamp,
} from './index.ts'

describe('ids', () => {
  it('carry their prefix, never repeat and sort by the time they were made', async () => {
    const first = randomIds.next('req')
    await new Promise((settle) => setTimeout(settle, 3))
    const second = randomIds.next('req')
    expect(isId('req', first)).toBe(true)
    expect(isId('lead', first)).toBe(false)
    expect(first < second).toBe(true)
    expect(new Set(Array.from({ length: 5000 }, () => randomIds.next('x'))).size).toBe(5000)
  })

  it.each(['', 'req_', 'req_short', "req_'; drop table request; --", 'req_0123456789abcdefghiL'])(
    '%s is none',
    (text) => {
      expect(isId('req', text)).toBe(false)
    },
  )

  it('count from one in tests', () => {
    const ids = countingIds()
    expect(ids.next('a')).toBe('a_00000000000000000001')
    expect(ids.next('b')).toBe('b_00000000000000000002')
    expect(isId('a', 'a_00000000000000000001')).toBe(true)
  })
})

describe('clock', () => {
  it('stamps are UTC to a hundredth of a second (CJIS AU-8)', () => {
    expect(toStamp(new Date('2020-11-13T18:02:11.987-08:00'))).toBe('2020-11-14T02:02:11.98Z')
  })

  it('stands still until moved', () => {
    const clock = fixedClock('2026-01-01T00:00:00Z')
    clock.advance(1500)
    expect(clock.now().toISOString()).toBe('2026-01-01T00:00:01.500Z')
    expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1000)
  })
})

describe('canonical JSON (RFC 8785)', () => {
  it('sorts keys by UTF-16 units and writes numbers the ECMAScript way', () => {
    expect(canonicalJson({ b: 1e21, a: [true, null, 'é\n'], '€': 0.1 })).toBe(
      '{"a":[true,null,"é\\n"],"b":1e+21,"€":0.1}',
    )
  })

  it('is the same text whatever the order of keys, and parses back to the value', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.boolean(), fc.string(), fc.constant(null))),
        (record) => {
          const turned = Object.fromEntries(Object.entries(record).reverse())
          expect(canonicalJson(turned)).toBe(canonicalJson(record))
          expect(JSON.parse(canonicalJson(record))).toEqual(JSON.parse(JSON.stringify(record)))
        },
      ),
    )
  })

  it('refuses what JSON cannot carry', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow()
    expect(() => canonicalJson(Number.POSITIVE_INFINITY)).toThrow()
    expect(() => canonicalJson(undefined as never)).toThrow(TypeError)
  })
})

describe('outcomes', () => {
  it('tell a rule that said no from an inability', () => {
    expect(done(7)).toEqual({ ok: true, value: 7 })
    expect(refuse('moratorium', 'No searches today.', 'Wait.').problem.kind).toBe('refusal')
    expect(fail('no_face', 'No face.', 'Use another photo.', { where: 'image' }).problem).toEqual({
      kind: 'failure',
      code: 'no_face',
      message: 'No face.',
      remedy: 'Use another photo.',
      where: 'image',
    })
  })
})

describe('SHA-256', () => {
  it('gives the digest of FIPS 180-4 example "abc"', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
