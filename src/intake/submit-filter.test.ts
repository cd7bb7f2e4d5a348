import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INSTALLATION, registerAgency } from '../access/index.ts'
import { registerSource } from '../gallery/index.ts'
import { codeOf, goodForm, must, openTestIntake, person, type TestIntake } from './intake.fixture.ts'
import { narrowingOf } from './narrowing-of.ts'
import { readRequest } from './read-request.ts'
import type { RequestInput } from './request.ts'
import { submitRequest } from './submit-request.ts'

let intake: TestIntake
let probe: string
let open: string
let kept: string
const officer = person('rivera', 'a', 'investigator')

beforeAll(async () => {
  intake = await openTestIntake()
  probe = (await intake.probe(officer)).id
  const format = { caseNumberPattern: '\\d+', caseNumberExample: '1' }
  must(await registerAgency(intake.deps, INSTALLATION, { ori: 'CA0190100', name: 'Neighbours', ...format }))
  const custodian = person('keeper', 'a', 'custodian')
  const jail = { legalBasis: 'Penal Code section 13150', class: 'county_booking' } as const
  open = must(await registerSource(intake.deps, custodian, { ...jail, name: 'County jail' })).id
  const narrow = { ...jail, name: 'Of the neighbours', agencies: ['CA0190100'] }
  kept = must(await registerSource(intake.deps, custodian, narrow)).id
})

afterAll(() => intake.store.close())

function file(filter: unknown) {
  return submitRequest(intake.deps, officer, goodForm(probe, { filter: filter as RequestInput['filter'] }))
}

describe('filing a request with a filter', () => {
  it('keeps what was asked', async () => {
    const request = must(await file({ sources: [open], sexes: ['M'], ageTo: 40, bookedFrom: '2020-02-29' }))
    expect(request.filter).toEqual({
      ...{ sources: [open], bookedFrom: '2020-02-29', bookedTo: null, sexes: ['M'] },
      ...{ ageFrom: null, ageTo: 40, bornFrom: 1985, bornTo: null },
    })
    expect(must(await readRequest(intake.deps, officer, request.id))).toEqual(request)
    const words = await intake.store.transaction({ agency: officer.agency }, (tx) => narrowingOf(tx, request))
    expect(words).toBe(
      'photographs from County jail; sex recorded as male, or not recorded; booked on or after February 29, 2020; ' +
        'aged up to 40 (born in or after 1985), or birth year not recorded',
    )
  })

  it('keeps that nothing was asked', async () => {
    const request = must(await file({ sources: [] }))
    expect(must(await readRequest(intake.deps, officer, request.id)).filter).toBeNull()
    const words = await intake.store.transaction({ agency: officer.agency }, (tx) => narrowingOf(tx, request))
    expect(words).toBeNull()
  })

  it('tells a source that it may not search from one that does not exist in no way', async () => {
    const [hidden, missing] = [await file({ sources: [open, kept] }), await file({ sources: ['src_none'] })]
    expect(codeOf(hidden)).toBe('source_unknown')
    expect(hidden).toEqual(missing)
    expect(hidden).toMatchObject({ problem: { where: 'filter.sources' } })
  })

  it('keeps nothing of a request with a filter that does not exist', async () => {
    const before = await intake.count('request', officer.agency)
    expect(codeOf(await file({ race: 'any' }))).toBe('filter_unknown')
    expect(codeOf(await file({ bookedFrom: '2024-01-02', bookedTo: '2024-01-01' }))).toBe('range_reversed')
    expect(await intake.count('request', officer.agency)).toBe(before)
  })
})
