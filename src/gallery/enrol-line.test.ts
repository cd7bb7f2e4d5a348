import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrolLine } from './enrol-line.ts'
import { readBookingCsv } from './formats/csv.ts'
import { HEADER, line, write } from './test-folder.fixture.ts'
import { actorWith, openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

let gallery: TestGallery
let folder: string

beforeAll(async () => {
  gallery = await openTestGallery()
  folder = await realpath(await mkdtemp(join(tmpdir(), 'countenance-line-')))
  await write(folder, [])
})
afterAll(async () => {
  await gallery.close()
  await rm(folder, { recursive: true, force: true })
})

const enrol = async (text: string) => {
  const lines = readBookingCsv(new TextEncoder().encode(`${HEADER}\n${text}`))
  const first = lines.ok ? lines.value[0] : undefined
  if (first === undefined) throw new Error('no line')
  return await enrolLine(gallery.deps, actorWith('custodian'), { source: gallery.source.id, folder, line: first })
}

describe('enrolLine', () => {
  it('makes a booking of the cells', async () => {
    const report = await enrol(line('ada', { sex: 'x', birth_year: '', charge_ucr: '13A', captured_at: '2024-05-29' }))
    expect(report).toMatchObject({ line: 2, state: 'enrolled' })
    const kept = { bookingNumber: 'B-ada', sex: 'X', birthYear: null, chargeUcr: '13A', capturedAt: '2024-05-29' }
    expect(await gallery.enrol('PERSON:ada:1', { personKey: 'ada' })).toMatchObject(kept)
  })

  it.each([
    [{ booking_number: '' }, 'booking_number', 'booking_number_unusable'],
    [{ person_key: '' }, 'person_key', 'person_key_unusable'],
    [{ booked_at: '2024-02-30' }, 'booked_at', 'booked_at_unusable'],
    [{ captured_at: '2030-01-01' }, 'captured_at', 'captured_at_in_future'],
    [{ birth_year: '90' }, 'birth_year', 'birth_year_unusable'],
    [{ birth_year: '1e3' }, 'birth_year', 'birth_year_unusable'],
    [{ sex: '' }, 'sex', 'sex_unknown'],
    [{ charge_ucr: 'theft!' }, 'charge_ucr', 'charge_unusable'],
    [{ image: '' }, 'image', 'image_path_unusable'],
    [{ image: 'none.jpg' }, 'image', 'image_missing'],
    [{ person_key: 'somebody', image: 'ada.jpg' }, 'image', 'image_of_another_person'],
  ])('names the column of %j', async (change, column, code) => {
    const report = await enrol(line('bea', change))
    const problem = { code, where: `line 2, ${column}`, facts: { line: 2, column } }
    expect(report).toMatchObject({ line: 2, state: 'refused', problem })
    const last = (await gallery.entries()).at(-1)
    expect(last).toMatchObject({ act: 'booking.refused', facts: { source: gallery.source.id, code, line: 2 } })
  })

  it('says how many cells a line needs when it has too few', async () => {
    const report = await enrol('ada,B-1')
    const problem = { code: 'line_unreadable', where: 'line 2', remedy: expect.stringContaining('booking_number') }
    expect(report).toMatchObject({ state: 'refused', problem })
  })
})
