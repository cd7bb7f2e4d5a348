import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { NO_FILTER, registerSource } from '../gallery/index.ts'
import type { RequestInput } from '../intake/index.ts'
import type { Facts } from './facts.ts'
import { gatherFacts } from './gather-facts.ts'
import { must, openTestCounty, type TestCounty } from './policy.fixture.ts'

let county: TestCounty
let officer: Actor

beforeAll(async () => {
  county = await openTestCounty()
  officer = await county.person('a', ['investigator', 'examiner'])
})

afterAll(() => county.store.close())

async function factsOf(changes: Partial<RequestInput> = {}, actor: Actor = officer): Promise<Facts> {
  const request = await county.file(officer, changes)
  return await county.store.transaction({ agency: actor.agency }, (tx) => gatherFacts(county.deps, tx, actor, request))
}

describe('the facts of a decision', () => {
  it('are those of now: who, which certificate, which request, which gallery', async () => {
    const facts = await factsOf()
    expect(facts).toMatchObject({
      at: '2026-11-22T15:00:00.00Z',
      actor: {
        account: officer.account,
        agency: officer.agency,
        ori: 'CA0190000',
        roles: ['examiner', 'investigator'],
      },
      certificate: { track: 'requester', expiresAt: '2027-06-01T00:00:00.00Z' },
      agency: { caseNumberPattern: '\\d{2}-\\d{7}', caseNumberExample: '20-1114732' },
      request: { caseNumber: '20-1114732', caseNumberWellFormed: true, crimeCode: 'ROBBERY', crimeKnown: true },
      moratorium: null,
    })
  })

  it.each([
    ['20-1114732', true],
    ['  20-1114732  ', true],
    ['20-111473', false],
    ['20-11147322', false],
    ['x20-1114732', false],
    ['20-1114732\n', true],
    ['20-1114732\n20-1114732', false],
    ['', false],
    ['٢٠-1114732', false],
  ])('the case number %j is well formed: %s', async (caseNumber, wellFormed) => {
    expect((await factsOf({ caseNumber })).request.caseNumberWellFormed).toBe(wellFormed)
  })

  it('measure the narrative without holding it', async () => {
    const predicate = { level: 'emergency', narrative: '  Seven.  ' }
    const facts = await factsOf({ predicate })
    expect(facts.request).toMatchObject({ predicate: 'emergency', narrativeLength: 6 })
    expect(JSON.stringify(facts)).not.toContain('Seven')
  })

  it('name the classes of the gallery once each, and none while it is empty', async () => {
    expect((await factsOf()).gallery).toEqual({ id: 'county', classes: [] })
    const custodian = await county.person('a', ['custodian'], 'none')
    for (const name of ['Jail north', 'Jail south']) {
      must(await registerSource(county.deps, custodian, { name, legalBasis: 'PC 13150', class: 'county_booking' }))
    }
    expect((await factsOf()).gallery).toEqual({ id: 'county', classes: ['county_booking'] })
  })

  it('hold what the search is narrowed to, as a gallery is asked', async () => {
    expect((await factsOf()).request.filter).toEqual(NO_FILTER)
    const filter = { sexes: ['M', 'F'], ageFrom: 20, ageTo: 30, bookedFrom: '2015-01-01' }
    expect((await factsOf({ filter })).request.filter).toEqual({
      ...{ sources: null, bookedFrom: '2015-01-01', bookedTo: null },
      ...{ sexes: ['F', 'M'], bornFrom: 1995, bornTo: 2006 },
    })
  })

  it('count only the sources that the agency may search', async () => {
    const neighbour = await county.person('b', ['investigator'])
    const kept = { name: 'Jail of a', legalBasis: 'PC 13150', class: 'county_booking' } as const
    const custodian = await county.person('a', ['custodian'], 'none')
    const source = must(await registerSource(county.deps, custodian, { ...kept, agencies: ['CA0190000'] })).id
    const filter = { sources: [source] }
    expect((await factsOf({ filter })).request.filter.sources).toEqual([source])
    await expect(county.file(neighbour, { filter })).rejects.toThrow('source_unknown')
  })

  it('of an agency that is not registered make no case number well formed', async () => {
    const stranger = { ...officer, agency: 'agcy_unknown' }
    const facts = await factsOf({}, stranger)
    expect(facts.request.caseNumberWellFormed).toBe(false)
    expect(facts.certificate).toBeNull()
  })
})
