import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

let gallery: TestGallery

beforeAll(async () => {
  gallery = await openTestGallery()
  await gallery.enrol('ada', { personKey: 'ada' })
})
afterAll(() => gallery.close())

/** As the product's own role, past every check of the program. */
const run = (statement: string) => gallery.store.transaction({ agency: null }, (tx) => sql.raw(statement).execute(tx))

/** A second booking like the enrolled one, with one column changed. */
const bookingWith = (column: string, value: string) => {
  const columns = ['source', 'subject', 'booking_number', 'booked_at', 'captured_at', 'birth_year', 'sex', 'charge_ucr']
  const all = [...columns, 'blob', 'image_digest', 'model_id', 'model_sha256', 'enrolled_at', 'enrolled_by']
  const values = all.map((name) => {
    if (name === column) return value
    return name === 'image_digest' ? `encode(sha256('${column}${value.replaceAll("'", '')}'), 'hex')` : name
  })
  const id = `'bkg_' || encode(sha256('${column}${value.replaceAll("'", '')}'), 'hex')`
  return run(`insert into gallery_booking (id, ${all.join(', ')})
    select ${id}, ${values.join(', ')} from gallery_booking where booking_number like 'B-%' limit 1`)
}

describe('the tables of the gallery', () => {
  it.each([
    ['birth_year', '2007', 'no_juvenile'],
    ['sex', "'W'", 'gallery_booking_sex_check'],
    ['booking_number', "''", 'gallery_booking_booking_number_check'],
    ['booked_at', 'null', 'not-null'],
    ['captured_at', 'null', 'not-null'],
    ['image_digest', "'abc'", 'gallery_booking_image_digest_check'],
    ['image_digest', 'image_digest', 'gallery_booking_source_image_digest_key'],
    ['source', "'src_none'", 'gallery_booking_source_fkey'],
    ['subject', "'sub_none'", 'gallery_booking_subject_fkey'],
    ['blob', "'none'", 'gallery_booking_blob_fkey'],
  ])('take no booking with %s = %s', async (column, value, constraint) => {
    await expect(bookingWith(column, value)).rejects.toThrow(constraint)
  })

  it.each([
    ['birth_year', '2006'],
    ['birth_year', 'null'],
    ['sex', "'X'"],
  ])('take one with %s = %s', async (column, value) => {
    const before = await gallery.count('gallery_booking')
    await bookingWith(column, value)
    expect(await gallery.count('gallery_booking')).toBe(before + 1)
  })

  it('know a person of a source once, with a key of its own', async () => {
    const again = `insert into gallery_subject select 'sub_x', source, person_key, data_key from gallery_subject`
    await expect(run(again)).rejects.toThrow(/unique/)
    const shared = `insert into gallery_subject select 'sub_x', source, 'bea', data_key from gallery_subject`
    await expect(run(shared)).rejects.toThrow('gallery_subject_data_key_key')
  })

  it.each([
    "update gallery_source set legal_basis = 'other'",
    "update gallery_source set class = 'county_booking'",
    "update gallery_booking set captured_at = '2000-01-01'",
    "update gallery_subject set person_key = 'other'",
    'update gallery_template set seq = 1',
    'delete from gallery_source',
    'delete from gallery_booking',
    'delete from gallery_subject',
    'delete from gallery_template_removal',
    'truncate gallery_template',
    "select nextval('gallery_seq')",
  ])('let the service never: %s', async (statement) => {
    await expect(run(statement)).rejects.toThrow('permission denied')
  })
})
