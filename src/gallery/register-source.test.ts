import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INSTALLATION, registerAgency } from '../access/index.ts'
import { sql } from '../store/index.ts'
import { listSources, sourcesFor } from './list-gallery.ts'
import { registerSource } from './register-source.ts'
import type { SourceClass, SourceInput } from './source.ts'
import { actorWith, openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

const custodian = actorWith('custodian')
const input: SourceInput = { name: 'North Jail', legalBasis: 'Agreement 12 of 2019', class: 'county_booking' }

describe('registerSource', () => {
  let gallery: TestGallery

  async function agency(ori: string, name: string): Promise<string> {
    const format = { caseNumberPattern: '\\d+', caseNumberExample: '1' }
    const outcome = await registerAgency(gallery.deps, INSTALLATION, { ori, name, ...format })
    if (!outcome.ok) throw new Error(outcome.problem.message)
    return outcome.value.id
  }

  beforeAll(async () => {
    gallery = await openTestGallery()
  })
  afterAll(() => gallery.close())

  it('keeps the source and writes an entry about it', async () => {
    const source = await registerSource(gallery.deps, custodian, { ...input, name: '  North Jail ' })
    const registeredAt = '2026-11-22T15:00:00.00Z'
    expect(source).toMatchObject({ ok: true, value: { ...input, registeredAt, agencies: null } })
    const listed = await listSources(gallery.deps, custodian)
    expect(listed).toMatchObject({
      ok: true,
      value: [{ name: 'North Jail', bookings: 0 }, { name: 'Test County Jail' }],
    })
    expect((await gallery.entries()).at(-1)).toMatchObject({
      act: 'source.registered',
      actor: 'acct_test',
      about: source.ok ? source.value.id : '',
      facts: { class: 'county_booking', legalBasis: 'Agreement 12 of 2019' },
    })
  })

  it('refuses whoever is no custodian', async () => {
    const outcome = await registerSource(gallery.deps, actorWith('administrator', 'examiner'), { ...input, name: 'X' })
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refusal', code: 'role_required' } })
  })

  it.each([
    [{ name: ' ' }, 'source_name_missing', 'name'],
    [{ legalBasis: '' }, 'legal_basis_missing', 'legalBasis'],
    [{ name: 'n'.repeat(121) }, 'text_too_long', 'name'],
    [{ legalBasis: 'n'.repeat(2001) }, 'text_too_long', 'legalBasis'],
    [{ name: 'a\u0000b' }, 'text_unusable', 'name'],
    [{ legalBasis: 'a\ud800b' }, 'text_unusable', 'legalBasis'],
    [{ name: 'Test County Jail' }, 'source_exists', 'name'],
  ])('refuses %j as %s', async (change, code, where) => {
    const before = await gallery.count('gallery_source')
    const outcome = await registerSource(gallery.deps, custodian, { ...input, name: 'South Jail', ...change })
    expect(outcome).toMatchObject({ ok: false, problem: { code, where } })
    expect(await gallery.count('gallery_source')).toBe(before)
  })

  it('keeps a source to the agencies named, whatever their order and case', async () => {
    const [a, b] = [await agency('CA0190000', 'Alder'), await agency('CA0190100', 'Birch')]
    const kept = { ...input, name: 'Kept', agencies: [' ca0190100', 'CA0190000', 'CA0190100'] }
    const source = await registerSource(gallery.deps, custodian, kept)
    expect(source).toMatchObject({ ok: true, value: { name: 'Kept', agencies: [a, b] } })
    expect((await gallery.entries()).at(-1)?.facts).toMatchObject({ agencies: [a, b] })
    const only = { ...input, name: 'Only Birch', agencies: ['CA0190100'] }
    expect(await registerSource(gallery.deps, custodian, only)).toMatchObject({ ok: true, value: { agencies: [b] } })
    const visible = (reader: string) =>
      gallery.store.transaction({ agency: reader }, async (tx) =>
        (await sourcesFor(tx, reader)).map(({ name }) => name),
      )
    expect(await visible(a)).not.toContain('Only Birch')
    expect(await visible(b)).toEqual(expect.arrayContaining(['Kept', 'Only Birch', 'Test County Jail']))
    expect(await visible('agcy_other')).not.toContain('Kept')
  })

  it.each([
    [[], 'agencies_missing'],
    [['CA0199999'], 'agency_unknown'],
    [['CA0190000', ''], 'agency_unknown'],
  ])('refuses the agencies %j as %s', async (agencies, code) => {
    const outcome = await registerSource(gallery.deps, custodian, { ...input, name: 'Nowhere', agencies })
    expect(outcome).toMatchObject({ ok: false, problem: { code, where: 'agencies' } })
  })

  it('takes names and legal bases of exactly the longest length', async () => {
    const longest = { name: 'n'.repeat(120), legalBasis: 'b'.repeat(2000) }
    expect(await registerSource(gallery.deps, custodian, { ...input, ...longest })).toMatchObject({ ok: true })
  })
})

describe('the class of a source', () => {
  let gallery: TestGallery

  beforeAll(async () => {
    gallery = await openTestGallery()
  })
  afterAll(() => gallery.close())

  it.each(['scraped', 'commercial', 'social_media', 'driver_licence'])('cannot be %s', async (name) => {
    const outcome = await registerSource(gallery.deps, custodian, { ...input, class: name as SourceClass })
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'class_not_authorised', where: 'class' } })
    await expect(insertWithClass(gallery, name)).rejects.toThrow('only_county_bookings')
  })

  it('is refused by the compiler too', () => {
    // @ts-expect-error a scraped class is no SourceClass
    const scraped: SourceClass = 'scraped'
    // @ts-expect-error a commercial class is no SourceClass
    const commercial: SourceInput = { ...input, class: 'commercial' }
    expect([scraped, commercial.class]).not.toContain('county_booking')
  })

  it('may be a county booking, and the database takes that one', async () => {
    await insertWithClass(gallery, 'county_booking')
    expect(await gallery.count('gallery_source')).toBe(2)
  })
})

async function insertWithClass(gallery: TestGallery, name: string): Promise<void> {
  await gallery.store.transaction({ agency: null }, async (tx) => {
    await sql`insert into gallery_source values ('src_x', 'x', 'x', ${name}, now(), 'x')`.execute(tx)
  })
}
