import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, sha256Hex } from '../base/index.ts'
import { type GalleryFilter, NO_FILTER } from '../gallery/index.ts'
import { activePack } from './active-pack.ts'
import { evaluate } from './evaluate.ts'
import { type Facts, factsJson } from './facts.ts'
import { openPack } from './open-pack.ts'
import { lapd2020 } from './packs/lapd-2020/pack.ts'
import { goodFacts } from './policy.fixture.ts'

const pack = activePack()

function refusedBy(facts: Facts): readonly string[] {
  const findings = evaluate(pack, facts).findings
  return findings.filter((finding) => finding.outcome === 'refused').map((finding) => finding.code)
}

/** One change to good facts, and the one code it must bring. */
const CASES: readonly (readonly [string, Parameters<typeof goodFacts>[0], string])[] = [
  ['a gallery collected from the web', { gallery: { classes: ['web_collected'] } }, 'gallery_class_not_authorised'],
  [
    'one such source among others',
    { gallery: { classes: ['commercial', 'county_booking'] } },
    'gallery_class_not_authorised',
  ],
  ['another agency', { request: { beneficiaryOri: 'CA0190100' } }, 'outside_agency'],
  ['no agency', { request: { beneficiaryOri: '' } }, 'outside_agency'],
  ['no certificate', { certificate: null }, 'certificate_missing'],
  ['a certificate that ends now', { certificate: { expiresAt: '2026-11-22T15:00:00.00Z' } }, 'certificate_missing'],
  ['a certificate of another track', { certificate: { track: 'examiner' } }, 'certificate_missing'],
  ['no case number', { request: { caseNumber: '', caseNumberWellFormed: false } }, 'case_number_missing'],
  ['an odd case number', { request: { caseNumber: 'x', caseNumberWellFormed: false } }, 'case_number_malformed'],
  ['no crime type', { request: { crimeCode: '', crimeKnown: false } }, 'crime_type_missing'],
  ['an unknown crime type', { request: { crimeCode: 'WITCHCRAFT', crimeKnown: false } }, 'crime_type_unknown'],
  ['a moratorium', { moratorium: 'mor_1' }, 'moratorium'],
  ['an administrator', { actor: { roles: ['administrator', 'investigator'] } }, 'administrator_cannot_search'],
  ['a supervisor', { actor: { roles: ['supervisor'] } }, 'investigator_required'],
  ['nobody in particular', { actor: { roles: [] } }, 'investigator_required'],
  ['no predicate', { request: { predicate: 'none' } }, 'predicate_missing'],
  ['a predicate that does not exist', { request: { predicate: 'hunch' } }, 'predicate_missing'],
  ['no narrative', { request: { narrativeLength: 0 } }, 'predicate_missing'],
  ['nothing attested', { request: { attested: false } }, 'acquisition_not_attested'],
  ['a person who looks alike', { request: { depicts: 'look_alike' } }, 'probe_not_of_the_person'],
  ['a sketch', { request: { depicts: 'artificial' } }, 'probe_not_of_the_person'],
  ['a declared conflict', { request: { conflictDeclared: true } }, 'conflict_declared'],
]

describe('the pack lapd-2020', () => {
  it('permits a request with nothing wrong, and tells what each directive found', () => {
    const { outcome, findings } = evaluate(pack, goodFacts())
    expect(outcome).toBe('permitted')
    expect(findings.map((finding) => finding.directive)).toEqual(lapd2020.directives.map((one) => one.id))
    for (const finding of findings) expect(finding).toMatchObject({ outcome: 'allowed', remedy: '' })
  })

  it.each(CASES)('refuses %s, with that code alone', (_what, change, code) => {
    const facts = goodFacts(change)
    expect(refusedBy(facts)).toEqual([code])
    expect(evaluate(pack, facts).outcome).toBe('refused')
  })

  it('has a case here for every directive', () => {
    expect(new Set(CASES.map(([, , code]) => code))).toEqual(new Set(lapd2020.directives.map((one) => one.code)))
  })

  it.each(['probable_cause', 'emergency', 'court_order'])('accepts the predicate %s', (predicate) => {
    expect(refusedBy(goodFacts({ request: { predicate } }))).toEqual([])
  })

  it('needs no suspicion to name a person who cannot say who they are, but a narrative', () => {
    const request = { purpose: 'person_unable', predicate: 'none', depicts: 'unable' }
    expect(refusedBy(goodFacts({ request }))).toEqual([])
    expect(refusedBy(goodFacts({ request: { ...request, narrativeLength: 0 } }))).toEqual(['predicate_missing'])
  })

  it('accepts a gallery that holds nothing yet', () => {
    expect(refusedBy(goodFacts({ gallery: { classes: [] } }))).toEqual([])
  })

  it('fills case number, agency and example into its sentences', () => {
    const facts = goodFacts({
      request: { caseNumber: 'DR 7', caseNumberWellFormed: false, beneficiaryOri: 'CA0190100' },
    })
    const told = evaluate(pack, facts).findings.filter((finding) => finding.outcome === 'refused')
    expect(told.map((finding) => finding.sentence)).toEqual([
      'The search is asked for on behalf of CA0190100, which is not your agency CA0190000.',
      'The case number DR 7 is not written the way your agency writes case numbers.',
    ])
    expect(told[1]?.remedy).toContain('20-1114732')
    expect(JSON.stringify(told)).not.toMatch(/[{][a-zA-Z]+[}]/)
  })

  it('does not let a case number write into a sentence that is not about it', () => {
    const facts = goodFacts({ request: { caseNumber: '{crimeCode}$&', caseNumberWellFormed: false } })
    const told = evaluate(pack, facts).findings.find((finding) => finding.outcome === 'refused')
    expect(told?.sentence).toContain('The case number {crimeCode}$& is')
  })
})

describe('what holds for any facts', () => {
  const changes = fc.subarray(CASES.map(([, change]) => change ?? {}))
  const merge = (parts: readonly (Parameters<typeof goodFacts>[0] & object)[]) => {
    const all: Record<string, unknown> = {}
    for (const part of parts) {
      for (const [key, value] of Object.entries(part)) {
        const before = all[key]
        all[key] = typeof before === 'object' && typeof value === 'object' ? { ...before, ...value } : value
      }
    }
    return goodFacts(all as Parameters<typeof goodFacts>[0])
  }

  it('the strictest wins: permitted is only what no directive refuses', () => {
    fc.assert(
      fc.property(changes, (parts) => {
        const { outcome, findings } = evaluate(pack, merge(parts))
        const refused = findings.some((finding) => finding.outcome === 'refused')
        expect(outcome).toBe(refused ? 'refused' : 'permitted')
        if (parts.length > 0) expect(outcome).toBe('refused')
      }),
      { numRuns: 40 },
    )
  })

  it('another directive can only tighten', () => {
    const order = { ...lapd2020.directives[2], id: 'extra', code: 'extra' }
    const cedar = '@id("extra") @code("extra") forbid (principal, action, resource) when { context.limit > 10 };'
    const directives = [...lapd2020.directives, { ...order, cedar } as (typeof lapd2020.directives)[number]]
    const tighter = openPack({ ...lapd2020, id: 'tighter', directives })
    fc.assert(
      fc.property(changes, fc.integer({ min: 1, max: 50 }), (parts, limit) => {
        const base = merge(parts)
        const facts = { ...base, request: { ...base.request, limit } }
        const before = evaluate(pack, facts).outcome
        const after = evaluate(tighter, facts).outcome
        expect(after).toBe(before === 'permitted' && limit <= 10 ? 'permitted' : 'refused')
      }),
      { numRuns: 40 },
    )
  })

  it('the same facts bring the same decision, in any order of their fields, and the same digest', () => {
    const shuffled = (facts: Facts): Facts => {
      const turn = (value: unknown): unknown =>
        typeof value !== 'object' || value === null || Array.isArray(value)
          ? value
          : Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, part]) => [key, turn(part)]),
            )
      return turn(facts) as Facts
    }
    fc.assert(
      fc.property(changes, (parts) => {
        const facts = merge(parts)
        const other = shuffled(facts)
        expect(evaluate(pack, other)).toEqual(evaluate(pack, facts))
        const digest = (value: Facts) => sha256Hex(canonicalJson(factsJson(value)))
        expect(digest(other)).toBe(digest(facts))
      }),
      { numRuns: 30 },
    )
  })

  it('any case number and any role text is decided, never thrown', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.array(fc.string(), { maxLength: 3 }), (caseNumber, roles) => {
        const { outcome } = evaluate(pack, goodFacts({ request: { caseNumber }, actor: { roles } }))
        expect(outcome).toBe(caseNumber !== '' && roles.includes('investigator') ? 'permitted' : 'refused')
      }),
      { numRuns: 60 },
    )
  })
})

describe('facts that cannot be evaluated', () => {
  it.each([
    ['a limit that is text', { request: { limit: '20' as unknown as number } }],
    ['a missing fact', { request: { attested: undefined as unknown as boolean } }],
    ['roles that are no list of texts', { actor: { roles: [1] as unknown as string[] } }],
  ])('%s refuses everything', (_what, change) => {
    const { outcome, findings } = evaluate(pack, goodFacts(change))
    expect(outcome).toBe('refused')
    expect(new Set(findings.map((finding) => finding.code))).toEqual(new Set(['policy_error']))
  })

  it('sees what the search is narrowed to, and may rule on it', () => {
    const cedar = `@id("conflict") @code("conflict_declared") forbid (principal, action, resource) when {
      context.filter has sexes && context.filter.sexes.contains("F") && context.filter has bornTo &&
      context.filter.bornTo > 2000 };`
    const directives = lapd2020.directives.map((one) => (one.id === 'conflict' ? { ...one, cedar } : one))
    const open = openPack({ ...lapd2020, id: 'filters', directives })
    const narrowed = (change: Partial<GalleryFilter>) => {
      const { request } = goodFacts()
      return evaluate(open, goodFacts({ request: { ...request, filter: { ...NO_FILTER, ...change } } })).outcome
    }
    expect(narrowed({})).toBe('permitted')
    expect(narrowed({ sexes: ['F'], bornTo: 2000, sources: ['src_1'], bookedFrom: '2015-01-01' })).toBe('permitted')
    expect(narrowed({ sexes: ['M'], bornTo: 2001 })).toBe('permitted')
    expect(narrowed({ sexes: ['F', 'M'], bornTo: 2001 })).toBe('refused')
  })

  it('by default permits every filter there is', () => {
    const filter = { sources: ['src_1'], bookedFrom: '2015-01-01', bookedTo: '2024-12-31', sexes: ['F'] as const }
    const { request } = goodFacts()
    const all = { ...request, filter: { ...filter, bornFrom: 1980, bornTo: 1990 } }
    expect(evaluate(pack, goodFacts({ request: all })).outcome).toBe('permitted')
  })

  it('a directive that fails while it is evaluated refuses, though Cedar would pass over it', () => {
    const cedar =
      '@id("conflict") @code("conflict_declared") forbid (principal, action, resource) ' +
      'when { context.limit + 9223372036854775807 == 0 };'
    const directives = lapd2020.directives.map((one) => (one.id === 'conflict' ? { ...one, cedar } : one))
    const { outcome, findings } = evaluate(openPack({ ...lapd2020, id: 'overflow', directives }), goodFacts())
    expect(outcome).toBe('refused')
    expect(findings.at(-1)).toMatchObject({ directive: 'conflict', code: 'policy_error', outcome: 'refused' })
    expect(findings.filter((finding) => finding.outcome === 'refused')).toHaveLength(1)
  })
})
