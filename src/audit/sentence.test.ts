import { describe, expect, it } from 'vitest'
import { ACTS, type ActName } from './acts.ts'
import { COMPLETED, RECEIVED, STARTED } from './entries.fixture.ts'
import type { Entry } from './entry.ts'
import { sentenceOf } from './sentence.ts'

const said = (act: ActName, facts: Entry['facts']) =>
  sentenceOf({ act, actor: 'acct_1', agency: 'agcy_1', about: 'rqst_1', facts })

describe('what an entry says', () => {
  it('names who, what and how many', () => {
    expect(sentenceOf(RECEIVED)).toBe(
      'acct_00000000000000000001 handed in probe prob_00000000000000000001. Faces found: 2.',
    )
    expect(sentenceOf(COMPLETED)).toBe(
      'Search srch_00000000000000000001 for request rqst_00000000000000000001 compared 645 templates ' +
        'and listed 20 candidates. ' +
        'Enrolled: none given. Proved exact: none given. Scored exactly: none given. Bound of the rest: none given.',
    )
  })

  it('says what a search was narrowed to, and that its list is proved exact', () => {
    const asked = { request: 'rqst_1', permit: 'prmt_1', model: 'fr16a', enrolled: 645 }
    const narrowed = { filter: 'booked 2015-01-01..; sex F or not recorded', sources: ['src_1', 'src_2'] }
    expect(said('search.authorised', { ...asked, ...narrowed })).toBe(
      'Search rqst_1 for request rqst_1 was authorised by permit prmt_1, among 645 enrolled. ' +
        'Narrowed to: booked 2015-01-01..; sex F or not recorded. Sources: src_1, src_2.',
    )
    const done = { request: 'rqst_1', searched: 600, returned: 2, threshold: 0.26, listDigest: 'cd'.repeat(32) }
    const proof = { enrolled: 645, certified: true, k: 600, bound: -1 }
    expect(said('search.completed', { ...done, ...proof })).toBe(
      'Search rqst_1 for request rqst_1 compared 600 templates and listed 2 candidates. ' +
        'Enrolled: 645. Proved exact: yes. Scored exactly: 600. Bound of the rest: -1.',
    )
  })

  it('takes a name for an id where the reader may see it', () => {
    expect(sentenceOf(RECEIVED, { actor: 'M. Okafor' })).toMatch(/^M\. Okafor handed in probe/)
  })

  it('says the system where no account acted', () => {
    expect(sentenceOf(STARTED)).toBe('Version 0.1.0 of the server was started.')
    expect(sentenceOf({ ...STARTED, act: 'log.read', facts: { first: 3, last: 9 } })).toBe(
      'The system read entries 3 to 9 of this log.',
    )
  })

  it('writes lists, empty lists, flags and empty texts as words', () => {
    const policy = 'ab'.repeat(32)
    const refused = (codes: readonly string[]) => said('request.refused', { codes, policy, directives: [] })
    expect(refused(['moratorium', 'outside_agency'])).toContain('rqst_1: moratorium, outside_agency.')
    expect(refused([])).toContain('rqst_1: none.')
    const corroborated = (independent: boolean) =>
      said('corroboration.recorded', { lead: 'lead_1', type: 'dna', independent })
    expect(corroborated(true)).toMatch(/independent of the lead: yes\.$/)
    expect(corroborated(false)).toMatch(/independent of the lead: no\.$/)
    const facts = {
      probe: 'p',
      face: 0,
      caseCommitment: '0'.repeat(64),
      crime: '',
      purpose: 'x',
      beneficiary: 'CA0000001',
    }
    expect(said('request.submitted', facts)).toContain('crime type none given, purpose x')
  })

  it('leaves no placeholder open, for any act', () => {
    for (const act of Object.keys(ACTS) as ActName[]) expect(said(act, {})).not.toMatch(/[{}]/)
  })

  it('does not read text that looks like a placeholder', () => {
    expect(said('moratorium.lifted', { reason: '{actor}' })).toBe('acct_1 lifted moratorium rqst_1: {actor}.')
  })
})
