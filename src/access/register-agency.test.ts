import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entries, FORMAT, openTestAccess, type TestAccess } from './access.fixture.ts'
import { type Actor, INSTALLATION } from './actor.ts'
import type { Agency } from './agency.ts'
import { displayNames, readDirectory } from './read-directory.ts'
import { accountNames, agencyById, agencyByOri, listAgencies } from './records.ts'
import { registerAgency } from './register-agency.ts'

let deps: TestAccess['deps']
let lakeside: Agency
let hillside: Agency
let administrator: Actor

beforeAll(async () => {
  const access = await openTestAccess()
  deps = access.deps
  lakeside = access.lakeside
  hillside = access.hillside
  administrator = access.administrator
})

afterAll(() => deps.store.close())

describe('registerAgency', () => {
  it('is found by id and ORI, listed by name, and logged', async () => {
    const read = await deps.store.transaction({ agency: null }, async (tx) => ({
      byId: await agencyById(tx, lakeside.id),
      byOri: await agencyByOri(tx, 'CA0194200'),
      unknown: [await agencyById(tx, 'agcy_none'), await agencyByOri(tx, 'CA0000000')],
      all: await listAgencies(tx),
    }))
    expect(read.byId).toEqual(lakeside)
    expect(read.byOri).toEqual(lakeside)
    expect(read.unknown).toEqual([null, null])
    expect(read.all).toEqual([hillside, lakeside])
    expect(await entries(deps, 'agency.registered')).toMatchObject([
      { about: lakeside.id, actor: null, facts: { ori: 'CA0194200' } },
      { about: hillside.id, actor: null, facts: { ori: 'CA0194300' } },
    ])
  })

  it.each([
    ['ori_malformed', { ori: 'CA019' }],
    ['name_missing', { name: '  ' }],
    ['case_number_pattern_unusable', { caseNumberPattern: '(' }],
    ['case_number_pattern_unusable', { caseNumberExample: 'other' }],
    ['ori_taken', { ori: 'CA0194200' }],
  ])('refuses: %s', async (code, change) => {
    const agency = { ori: 'CA0199900', name: 'New', ...FORMAT, ...change }
    const outcome = await registerAgency(deps, INSTALLATION, agency)
    expect(outcome).toMatchObject({ ok: false, problem: { code } })
    expect(await entries(deps, 'agency.registered')).toHaveLength(2)
  })
})

describe('the directory', () => {
  it('holds every agency and knows the own one', async () => {
    expect(await readDirectory(deps, administrator)).toEqual({ own: lakeside, agencies: [hillside, lakeside] })
  })

  it('of an agency that is not there cannot be read', async () => {
    await expect(readDirectory(deps, { ...administrator, agency: 'agcy_none' })).rejects.toThrow(/not in the directory/)
  })

  it('tells names for accounts', async () => {
    const names = await displayNames(deps, administrator, [administrator.account, 'acct_none'])
    expect(names.get(administrator.account)).toBe('A. Admin')
    expect(names.size).toBe(1)
  })
})

it('names are told for known accounts alone', async () => {
  const names = await deps.store.transaction({ agency: null }, (tx) =>
    accountNames(tx, [administrator.account, 'acct_none']),
  )
  expect([...names]).toEqual([[administrator.account, 'A. Admin']])
})
