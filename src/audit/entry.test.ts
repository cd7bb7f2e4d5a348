import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AuditError } from './audit-error.ts'
import { COMPLETED, RECEIVED, SAMPLES, STARTED } from './entries.fixture.ts'
import { entryText, type NewEntry, parseEntry, placedText, type UncheckedEntry, waitingText } from './entry.ts'

const AT = '2026-11-22T15:24:03.17Z'

function problemOf(text: string) {
  const parsed = parseEntry(text)
  return parsed.ok ? null : parsed.problem.code
}

/** An entry that other rooms cannot write because the types forbid it. */
function forged(changes: object, base: UncheckedEntry = RECEIVED): UncheckedEntry {
  return { ...base, ...changes }
}

describe('the text of an entry', () => {
  it('is canonical, with every field', () => {
    expect(entryText(STARTED, 0, AT)).toBe(
      '{"about":null,"act":"server.started","actor":null,"agency":null,"at":"2026-11-22T15:24:03.17Z",' +
        '"facts":{"version":"0.1.0"},"seq":0,"v":1}',
    )
  })

  it('is the same however the facts were put together', () => {
    const { request, searched, returned, threshold, listDigest } = COMPLETED.facts
    const turned = { ...COMPLETED, facts: { threshold, listDigest, returned, searched, request } }
    expect(entryText(turned, 7, AT)).toBe(entryText(COMPLETED, 7, AT))
  })

  it('is read as it was written', () => {
    for (const [seq, sample] of SAMPLES.entries()) {
      expect(parseEntry(entryText(sample, seq, AT))).toEqual({ ok: true, value: { v: 1, seq, at: AT, ...sample } })
    }
  })

  it('is the same once a place was added to one that waits', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), fc.constantFrom(...SAMPLES), (seq, sample) => {
        const waiting = waitingText(sample, AT)
        expect(JSON.parse(waiting)).toEqual({ v: 1, at: AT, ...sample })
        expect(placedText(waiting, seq)).toBe(entryText(sample, seq, AT))
      }),
    )
  })

  it('has no place added to it unless it waits', () => {
    for (const text of ['', '{}', '{"v":1}x', '{"v":2}']) {
      expect(() => placedText(text, 1)).toThrow(expect.objectContaining({ code: 'log_damaged' }))
    }
  })

  it('carries any case number a person can type', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.nat(), (crime, face) => {
        fc.pre(!crime.includes('\u0000'))
        const facts = {
          probe: 'prob_1',
          face,
          caseCommitment: '0'.repeat(64),
          crime,
          purpose: 'x',
          beneficiary: 'CA0000001',
        }
        const entry: NewEntry<'request.submitted'> = { ...RECEIVED, act: 'request.submitted', facts }
        const parsed = parseEntry(entryText(entry, 1, AT))
        expect(parsed).toMatchObject({ ok: true, value: { facts } })
      }),
    )
  })
})

describe('an entry the registry does not allow', () => {
  const unfit: readonly (readonly [string, UncheckedEntry])[] = [
    ['an act nobody registered', forged({ act: 'search.done' })],
    ['an act named like an object method', forged({ act: 'toString' })],
    ['a fact nobody registered', forged({ facts: { ...RECEIVED.facts, name: 'Jo' } })],
    ['a fact missing', forged({ facts: { faces: 1 } })],
    ['a fact undefined', forged({ facts: { ...RECEIVED.facts, faces: undefined } })],
    ['facts that are a list', forged({ facts: [] })],
    ['no facts', forged({ facts: null })],
    ['a digest in capitals', forged({ facts: { ...RECEIVED.facts, imageDigest: 'AB'.repeat(32) } })],
    ['a digest too short', forged({ facts: { ...RECEIVED.facts, imageDigest: 'ab' } })],
    ['a count below 0', forged({ facts: { ...RECEIVED.facts, faces: -1 } })],
    ['half a count', forged({ facts: { ...RECEIVED.facts, faces: 1.5 } })],
    ['a count in words', forged({ facts: { ...RECEIVED.facts, faces: '2' } })],
    ['a number that is none', forged({ facts: { ...COMPLETED.facts, threshold: Number.NaN } }, COMPLETED)],
    ['an id with a space', forged({ facts: { ...COMPLETED.facts, request: 'a b' } }, COMPLETED)],
    ['an empty code', forged({ facts: { version: '' } }, STARTED)],
    ['a code of two lines', forged({ facts: { version: 'a\nb' } }, STARTED)],
    ['a code of 201 characters', forged({ facts: { version: 'x'.repeat(201) } }, STARTED)],
    ['half a character', forged({ facts: { version: '\ud800' } }, STARTED)],
    ['a NUL', forged({ facts: { version: 'a\u0000b' } }, STARTED)],
    ['an empty actor', forged({ actor: '' })],
    ['an agency with a space', forged({ agency: 'Two Words' })],
    ['no about at all', forged({ about: undefined })],
  ]

  it.each(unfit)('is refused: %s', (_, entry) => {
    expect(() => entryText(entry, 0, AT)).toThrow(expect.objectContaining({ code: 'entry_unfit' }))
    expect(() => entryText(entry, 0, AT)).toThrow(AuditError)
  })

  it('says which fact of which act', () => {
    const entry = forged({ facts: { ...RECEIVED.facts, name: 'Jo' } })
    expect(() => entryText(entry, 0, AT)).toThrow('probe.received: the fact "name" is not in the registry.')
  })

  it('is refused for text, list, time and flag alike', () => {
    const reason = (text: unknown) => forged({ act: 'moratorium.lifted', facts: { reason: text } })
    expect(() => entryText(reason('x'.repeat(2001)), 0, AT)).toThrow('not a text')
    expect(entryText(reason('x'.repeat(2000)), 0, AT)).toContain('xxx')
    const roles = (list: unknown) => forged({ act: 'account.opened', facts: { roles: list } })
    for (const list of ['examiner', [1], [''], Array(501).fill('a')]) {
      expect(() => entryText(roles(list), 0, AT)).toThrow('not a list')
    }
    const expires = (time: unknown) =>
      forged({ act: 'certificate.issued', facts: { account: 'a', track: 'b', course: 'c', expires: time } })
    for (const time of ['tomorrow', '2026-13-01', '2026-11-22 10:00', 5]) {
      expect(() => entryText(expires(time), 0, AT)).toThrow('not a time')
    }
    for (const time of ['2027-11-22', AT]) expect(entryText(expires(time), 0, AT)).toContain(time)
    const flag = forged({ act: 'corroboration.recorded', facts: { lead: 'l', type: 'dna', independent: 'yes' } })
    expect(() => entryText(flag, 0, AT)).toThrow('not a flag')
  })

  it('is refused with a place or a time the log does not use', () => {
    for (const seq of [-1, 0.5, 2 ** 53]) expect(() => entryText(RECEIVED, seq, AT)).toThrow(AuditError)
    for (const at of ['', '2026-11-22T15:24:03Z', '2026-11-22T15:24:03.171Z', '2026-99-22T15:24:03.17Z']) {
      expect(() => entryText(RECEIVED, 0, at)).toThrow(AuditError)
    }
  })
})

describe('a line of the log', () => {
  const good = entryText(RECEIVED, 4, AT)

  it.each([
    ['nothing', '', 'line_unreadable'],
    ['half a line', good.slice(0, 60), 'line_unreadable'],
    ['a list', '[]', 'entry_malformed'],
    ['null', 'null', 'entry_malformed'],
    ['a field more', good.replace('"v":1', '"v":1,"w":2'), 'entry_malformed'],
    ['a field less', good.replace(',"v":1', ''), 'entry_malformed'],
    ['another version', good.replace('"v":1', '"v":2'), 'entry_malformed'],
    ['a place in words', good.replace('"seq":4', '"seq":"4"'), 'entry_malformed'],
    ['another time format', good.replace('.17Z', 'Z'), 'entry_malformed'],
    ['an actor that is a number', good.replace('"acct_00000000000000000001"', '5'), 'entry_malformed'],
    ['an unknown act', good.replace('probe.received', 'probe.guessed'), 'act_unknown'],
    ['a fact more', good.replace('"faces":2', '"age":30,"faces":2'), 'facts_unfit'],
    ['a space', good.replace('"v":1', '"v": 1'), 'not_canonical'],
    ['a carriage return', `${good}\r`, 'not_canonical'],
    ['fields in another order', `{"v":1,${good.slice(1).replace(',"v":1', '')}`, 'not_canonical'],
    ['a field twice', good.replace('"v":1', '"v":1,"v":1'), 'not_canonical'],
    ['a number written otherwise', good.replace('"seq":4', '"seq":4.0'), 'not_canonical'],
  ])('is not an entry: %s', (_, line, code) => {
    expect(line).not.toBe(good)
    expect(problemOf(line)).toBe(code)
  })

  it('reads nothing else than what it writes, and never throws', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 2 }), (text) => problemOf(text) !== null))
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        (bytes) => problemOf(Buffer.from(bytes).toString('latin1')) !== null,
      ),
    )
    expect(problemOf(good)).toBeNull()
  })
})
