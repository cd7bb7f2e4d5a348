import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreError } from '../store/index.ts'
import { enrolFolder } from './enrol-folder.ts'
import type { FolderInput, FolderProgress } from './folder-report.ts'
import { line, write } from './test-folder.fixture.ts'
import { actorWith, countAll, openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

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

const enrol = (input: Partial<FolderInput> = {}, onProgress?: (progress: FolderProgress) => void) =>
  enrolFolder(gallery.deps, custodian, { folder, source: gallery.source.id, ...input }, onProgress)

describe('enrolFolder', () => {
  it('enrols every line, reports it, and writes one entry at the end', async () => {
    await write(folder, [line('ada'), line('bea'), line('cyd')])
    const outcome = await enrol()
    const state = { state: 'enrolled', booking: expect.stringMatching(/^bkg_/) }
    const lines = [2, 3, 4].map((number) => ({ ...state, line: number }))
    const report = { source: gallery.source.id, enrolled: 3, known: 0, refused: 0, lines }
    expect(outcome).toEqual({ ok: true, value: report })
    expect((await gallery.entries()).at(-1)).toMatchObject({
      act: 'enrolment.finished',
      about: gallery.source.id,
      facts: { source: gallery.source.id, enrolled: 3, known: 0, refused: 0 },
    })
  })

  it('tells its progress, from none to all', async () => {
    await write(folder, [line('ada'), line('bea'), line('none')])
    const seen: FolderProgress[] = []
    await enrol({}, (progress) => seen.push(progress))
    expect(seen[0]).toEqual({ done: 0, total: 3, enrolled: 0, known: 0, refused: 0 })
    expect(seen.map((progress) => progress.done)).toEqual([0, 1, 2, 3])
    expect(seen.at(-1)).toEqual({ done: 3, total: 3, enrolled: 2, known: 0, refused: 1 })
  })

  it('names each bad line with its number, column and what was expected, and keeps the good ones', async () => {
    await write(folder, [
      line('ada'),
      line('bea', { booked_at: '31/05/2024' }),
      line('cyd', { sex: 'woman' }),
      'too,few',
      line('none'),
      line('dot', { birth_year: 'ninety' }),
      line('bea', { birth_year: '2010' }),
      line('cyd', { image: '../cyd.jpg' }),
      line('dot'),
    ])
    const outcome = await enrol()
    if (!outcome.ok) throw new Error(outcome.problem.message)
    const { lines, ...counts } = outcome.value
    expect(counts).toMatchObject({ enrolled: 2, known: 0, refused: 7 })
    const refused = lines.flatMap((one) => (one.state === 'refused' ? [[one.problem.where, one.problem.code]] : []))
    expect(refused).toEqual([
      ['line 3, booked_at', 'booked_at_unusable'],
      ['line 4, sex', 'sex_unknown'],
      ['line 5', 'line_unreadable'],
      ['line 6, image', 'image_missing'],
      ['line 7, birth_year', 'birth_year_unusable'],
      ['line 8, birth_year', 'juvenile_not_enrolled'],
      ['line 9, image', 'image_outside_folder'],
    ])
    expect(lines[1]).toMatchObject({
      problem: { message: expect.stringContaining('YYYY-MM-DD'), facts: { line: 3, column: 'booked_at' } },
    })
    const logged = (await gallery.entries()).filter((entry) => entry.act === 'booking.refused')
    expect(logged.map((entry) => entry.facts.line).sort()).toEqual([3, 4, 5, 6, 7, 8, 9])
  })

  it('names the image when the engine cannot use it', async () => {
    await write(folder, [line('ada')])
    await writeFile(join(folder, 'ada.jpg'), 'NOFACE')
    const lines = [{ line: 2, state: 'refused', problem: { code: 'no_face', where: 'line 2, image' } }]
    expect(await enrol()).toMatchObject({ value: { refused: 1, lines } })
  })

  it('run again, knows what is enrolled without running the engine, and enrols what is new', async () => {
    await write(folder, [line('ada'), line('bea', { sex: '?' })])
    await enrol()
    await write(folder, [line('ada'), line('bea'), line('cyd')])
    const again = await enrol()
    expect(again).toMatchObject({ value: { enrolled: 2, known: 1, refused: 0 } })
    expect(gallery.deps.engine.counts.templates).toBe(3)
    const before = await countAll(gallery)
    expect(await enrol()).toMatchObject({ value: { enrolled: 0, known: 3, refused: 0 } })
    expect(gallery.deps.engine.counts.templates).toBe(3)
    expect((await countAll(gallery)).slice(0, -1)).toEqual(before.slice(0, -1))
  })

  it('goes on after it broke off on a full disk', async () => {
    await write(folder, [line('ada'), line('bea'), line('cyd'), line('dot')])
    const { blobs } = gallery.deps.store
    let room = 2
    const put: typeof blobs.put = async (...given) => {
      room -= 1
      if (room < 0) throw new StoreError('disk_full', 'The disk is full.', 'Free space.')
      return await blobs.put(...given)
    }
    const store = { ...gallery.deps.store, blobs: { ...blobs, put } }
    const input = { folder, source: gallery.source.id }
    await expect(enrolFolder({ ...gallery.deps, store }, custodian, input)).rejects.toMatchObject({ code: 'disk_full' })
    expect(await gallery.count('gallery_booking')).toBe(2)
    expect((await gallery.entries()).map((entry) => entry.act)).not.toContain('enrolment.finished')
    expect(await enrol()).toMatchObject({ ok: true, value: { enrolled: 2, known: 2 } })
  })

  it('begins no further line once one broke off', async () => {
    await write(folder, [line('ada'), line('bea'), line('cyd'), line('dot')])
    let asked = 0
    const makeTemplate = () => {
      asked += 1
      return Promise.reject(new Error('broken'))
    }
    const engine = { ...gallery.deps.engine, makeTemplate }
    const input = { folder, source: gallery.source.id }
    await expect(enrolFolder({ ...gallery.deps, engine }, custodian, input)).rejects.toThrow('broken')
    expect(asked).toBeLessThanOrEqual(2)
  })

  it('has two photographs in the engine at a time, never three', async () => {
    await write(folder, [line('ada'), line('bea'), line('cyd'), line('dot')])
    const { engine } = gallery.deps
    let [now, most] = [0, 0]
    const makeTemplate: typeof engine.makeTemplate = async (bytes) => {
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => setTimeout(resolve, 200))
      now -= 1
      return await engine.makeTemplate(bytes)
    }
    const deps = { ...gallery.deps, engine: { ...engine, makeTemplate } }
    await enrolFolder(deps, custodian, { folder, source: gallery.source.id })
    expect(most).toBe(2)
  })
})
