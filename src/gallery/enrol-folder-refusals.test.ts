import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { enrolFolder } from './enrol-folder.ts'
import type { FolderInput } from './folder-report.ts'
import { HEADER, line, write } from './test-folder.fixture.ts'
import { actorWith, openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

const custodian = actorWith('custodian')

let gallery: TestGallery
let folder: string

beforeEach(async () => {
  gallery = await openTestGallery()
  folder = await mkdtemp(join(tmpdir(), 'countenance-folder-'))
})
afterEach(async () => {
  await gallery.close()
  await rm(folder, { recursive: true, force: true })
})

const enrol = (input: Partial<FolderInput> = {}) =>
  enrolFolder(gallery.deps, custodian, { folder, source: gallery.source.id, ...input })

describe('enrolFolder refuses', () => {
  it('whoever is no custodian', async () => {
    await write(folder, [line('ada')])
    const outcome = await enrolFolder(gallery.deps, actorWith('examiner'), { folder, source: gallery.source.id })
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'role_required' } })
  })

  it('a source that is not registered', async () => {
    expect(await enrol({ source: 'src_none' })).toMatchObject({ ok: false, problem: { code: 'source_unknown' } })
  })

  it('a folder that is not there, and a file in its place', async () => {
    await write(folder, [line('ada')])
    for (const path of [join(folder, 'none'), join(folder, 'ada.jpg')]) {
      expect(await enrol({ folder: path })).toMatchObject({ ok: false, problem: { code: 'folder_missing' } })
    }
  })

  it('a folder without a CSV, and says which columns one needs', async () => {
    const remedy = expect.stringContaining(HEADER)
    const problem = { code: 'csv_missing', message: expect.stringContaining('bookings.csv'), remedy }
    expect(await enrol()).toMatchObject({ ok: false, problem })
    expect(await enrol({ csv: join(folder, 'other.csv') })).toMatchObject({ problem: { code: 'csv_missing' } })
  })

  it('a CSV without a column once, before any line', async () => {
    await write(folder, [line('ada')])
    await writeFile(join(folder, 'other.csv'), 'booking_number,image\n1,ada.jpg\n2,bea.jpg\n')
    const outcome = await enrol({ csv: join(folder, 'other.csv') })
    const problem = { code: 'csv_column_missing', message: expect.stringContaining('person_key, booked_at') }
    expect(outcome).toMatchObject({ ok: false, problem })
    expect(await gallery.count('gallery_booking')).toBe(0)
  })

  it('a CSV of more than 64 MB', async () => {
    await write(folder, [])
    await truncate(join(folder, 'bookings.csv'), 64 * 1024 * 1024 + 1)
    expect(await enrol()).toMatchObject({ ok: false, problem: { code: 'csv_too_large' } })
  })
})
