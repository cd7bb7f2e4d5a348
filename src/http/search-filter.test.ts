import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GalleryError, registerSource } from '../gallery/index.ts'
import { fileRequest, fillGallery, form, probeOf } from './case.fixture.ts'
import { acts, ask, openTestDoor, type StaffName, type TestDoor } from './door.fixture.ts'

let door: TestDoor
let county: string
let kept: string
/** What the gallery throws next instead of answering. */
let trouble: GalleryError | null = null

beforeAll(async () => {
  door = await openTestDoor()
  county = await fillGallery(door)
  const source = { name: 'Hillside jail', legalBasis: 'Ordinance 13', class: 'county_booking' } as const
  const input = { ...source, agencies: ['CA0194300'] }
  const registered = await registerSource(door.deps, door.staff.custodian.actor, input)
  if (!registered.ok) throw new Error(registered.problem.message)
  kept = registered.value.id
  const { gallery } = door.deps
  const search = gallery.search.bind(gallery)
  gallery.search = async (...asked) => {
    if (trouble !== null) throw trouble
    return await search(...asked)
  }
})

afterAll(() => door.close())

async function file(filter: object, who: StaffName = 'officer') {
  const probe = await probeOf(door, who, 'PERSON:mara:probe')
  return ask(door, who, 'POST', '/api/requests', form(probe, { filter }))
}

describe('the sources of the form', () => {
  it('are those that the agency may search', async () => {
    const sourcesOf = async (who: StaffName) => (await ask(door, who, 'GET', '/api/reference')).json().sources
    const jail = { code: county, label: 'County jail' }
    expect(await sourcesOf('officer')).toEqual([jail])
    expect(await sourcesOf('neighbour')).toEqual([jail, { code: kept, label: 'Hillside jail' }])
  })

  it('are listed with the agencies they are kept to', async () => {
    const { sources } = (await ask(door, 'custodian', 'GET', '/api/gallery')).json()
    expect(sources.map((one: { agencies: unknown }) => one.agencies)).toEqual([
      null,
      [{ ori: 'CA0194300', name: 'Hillside Police' }],
    ])
  })
})

describe('a request with a filter', () => {
  it('comes back as it was asked, with the birth years it became', async () => {
    const asked = { sources: [county], sexes: ['F'], ageFrom: 20, ageTo: 40, bookedFrom: '2020-01-01' }
    const filed = await file(asked)
    expect(filed.statusCode).toBe(201)
    const { request } = filed.json()
    expect(request.filter).toEqual({ ...asked, bookedTo: null, bornFrom: 1985, bornTo: 2006 })
    const page = (await ask(door, 'officer', 'GET', `/api/requests/${request.id}`)).json()
    expect(page.request.filter).toEqual(request.filter)
    expect(page.narrowed).toMatch(/^photographs from County jail; sex recorded as female, or not recorded; booked on/)
    const searched = await ask(door, 'officer', 'POST', `/api/requests/${request.id}/search`)
    expect(searched.json().search).toMatchObject({ searched: 4, proof: { enrolled: 4, certified: true } })
    expect(searched.json().search.sentence).toContain(`Searched 4 photographs: ${page.narrowed}. The list is proved`)
    const opened = await ask(door, 'first', 'POST', `/api/requests/${request.id}/examinations`)
    expect(opened.json().searched).toBe(searched.json().search.sentence)
  })

  it('without one is of everything the agency may search', async () => {
    const id = await fileRequest(door)
    const page = (await ask(door, 'officer', 'GET', `/api/requests/${id}`)).json()
    expect([page.request.filter, page.narrowed]).toEqual([null, null])
  })

  it.each([
    [{ race: 'any' }, 'input_invalid', 'filter'],
    [{ ethnicity: ['x'] }, 'input_invalid', 'filter'],
    [{ sexes: ['W'] }, 'unknown_value', 'filter.sexes'],
    [{ ageFrom: 121 }, 'age_out_of_range', 'filter.ageFrom'],
    [{ ageFrom: 30, ageTo: 20 }, 'range_reversed', 'filter.ageTo'],
    [{ bookedFrom: '2024-02-30' }, 'date_unusable', 'filter.bookedFrom'],
    [{ bookedTo: '2027-01-01' }, 'date_in_future', 'filter.bookedTo'],
    [{ sources: ['src_none'] }, 'source_unknown', 'filter.sources'],
  ])('%j is refused as %s, and nothing is filed', async (filter, code, where) => {
    const before = (await acts(door)).filter(({ act }) => act === 'request.submitted').length
    const response = await file(filter)
    expect(response.json()).toMatchObject({ status: 422, code, where: expect.stringContaining(where) })
    expect((await acts(door)).filter(({ act }) => act === 'request.submitted')).toHaveLength(before)
  })

  it('of a source kept to others is refused like one that does not exist', async () => {
    const hidden = (await file({ sources: [kept] })).json()
    expect(hidden).toEqual((await file({ sources: ['src_none'] })).json())
    expect((await file({ sources: [kept] }, 'neighbour')).json().decision?.outcome).toBe('refused')
  })
})

describe('a gallery in trouble', () => {
  it.each(['coverage_incomplete', 'shard_unavailable', 'cluster_refused', 'removal_incomplete'] as const)(
    '(%s) is told with 503, never a list',
    async (code) => {
      const id = await fileRequest(door)
      trouble = new GalleryError(code, 'Shard 2 of 4, db-7.internal, is away.')
      const response = await ask(door, 'officer', 'POST', `/api/requests/${id}/search`)
      trouble = null
      expect(response.json()).toMatchObject({ status: 503, code })
      expect(response.json().detail).toContain('no list was made')
      expect(response.body).not.toContain('db-7.internal')
      expect((await acts(door)).at(-1)).toMatchObject({ act: 'search.failed', facts: { request: id, code } })
      const page = (await ask(door, 'officer', 'GET', `/api/requests/${id}`)).json()
      expect([page.request.state, page.search]).toEqual(['failed', null])
      expect((await ask(door, 'officer', 'POST', `/api/requests/${id}/search`)).statusCode).toBe(200)
    },
  )
})
