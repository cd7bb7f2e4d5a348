import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { done, fail } from '../../base/index.ts'
import { createFakeEngine, type Engine } from '../../engine/index.ts'
import { sql } from '../../store/index.ts'
import { enrolBooking } from '../enrol-booking.ts'
import { NO_FILTER } from '../gallery-filter.ts'
import { openGallerySearch } from '../open-gallery-search.ts'
import { actorWith, bookingInput, openTestGallery, type TestGallery } from '../test-gallery.fixture.ts'
import { countCoverage, countFailures } from './records.ts'
import { retemplateGallery } from './retemplate-gallery.ts'
import type { TemplateCoverage } from './template-coverage.ts'
import { enrolWith, settledCoverage } from './use-model.ts'

const NAMES = ['ada', 'bea', 'cyd', 'dot', 'eve']
const imageOf = (name: string) => `PERSON:${name}:booking`

let gallery: TestGallery
let second: Engine

beforeEach(async () => {
  gallery = await openTestGallery()
  second = createFakeEngine('second-model')
  for (const name of NAMES) await gallery.enrol(imageOf(name), { personKey: name })
})
afterEach(() => gallery.close())

const withSecond = (changes: Partial<Engine> = {}) => ({ ...gallery.deps, engine: { ...second, ...changes } })
const coverage = (engine = second): Promise<TemplateCoverage> =>
  gallery.store.transaction({ agency: null }, (tx) => countCoverage(tx, engine.model.sha256))
const failures = async () =>
  Object.fromEntries(await gallery.store.transaction({ agency: null }, (tx) => countFailures(tx, second.model.sha256)))

/** The best booking for a new photograph of a person, asked of the index of one model. */
async function searchWith(engine: Engine, name: string) {
  const made = await engine.makeTemplate(new TextEncoder().encode(`PERSON:${name}:probe`))
  if (!made.ok) throw new Error(made.problem.message)
  const options = { model: engine.model, limit: 1, threshold: 0.5, filter: NO_FILTER }
  return await openGallerySearch(gallery.store, engine.model).search(made.value.vector, options)
}

describe('making templates anew', () => {
  it('gives every photograph a template of the new model and keeps those of the old', async () => {
    const bookings = await Promise.all(NAMES.map((name) => searchWith(gallery.deps.engine, name)))
    expect(await coverage()).toEqual({ bookings: 5, templates: 0, failed: 0, missing: 5 })
    expect(await retemplateGallery(withSecond())).toEqual({ bookings: 5, templates: 5, failed: 0, missing: 0 })
    expect(await coverage(gallery.deps.engine)).toMatchObject({ templates: 5, missing: 0 })
    for (const [at, name] of NAMES.entries()) {
      const found = await searchWith(second, name)
      expect(found).toMatchObject({ searched: 5, model: second.model })
      expect(found.candidates[0]?.booking).toBe(bookings[at]?.candidates[0]?.booking)
      expect(found.candidates[0]?.template).not.toBe(bookings[at]?.candidates[0]?.template)
    }
    expect(await gallery.count('gallery_booking')).toBe(5)
  })

  it('is one entry of counts, and none when nothing was left to do', async () => {
    await retemplateGallery(withSecond())
    await retemplateGallery(withSecond())
    const told = (await gallery.entries()).filter((entry) => entry.act === 'gallery.retemplated')
    expect(told).toEqual([
      expect.objectContaining({
        actor: null,
        agency: null,
        about: null,
        facts: { model: second.model.sha256, templates: 5, failed: 0 },
      }),
    ])
    expect(second.counts.templates).toBe(5)
  })

  it('tells how far it has come after each photograph', async () => {
    const seen: TemplateCoverage[] = []
    await retemplateGallery(withSecond(), { onProgress: (one) => seen.push(one) })
    expect(seen.map(({ templates, missing }) => [templates, missing])).toEqual([
      ...[1, 2, 3, 4, 5].map((count) => [count, 5 - count]),
      [5, 0],
    ])
  })

  it('of an empty gallery is done at once', async () => {
    const empty = await openTestGallery()
    const report = await retemplateGallery({ ...empty.deps, engine: second })
    expect(report).toEqual({ bookings: 0, templates: 0, failed: 0, missing: 0 })
    await empty.close()
  })
})

describe('what is stopped goes on where it was', () => {
  it('after a signal, with the photograph in hand finished', async () => {
    const stop = new AbortController()
    const onProgress = (one: TemplateCoverage) => {
      if (one.templates === 2) stop.abort()
    }
    const first = await retemplateGallery(withSecond(), { onProgress, signal: stop.signal })
    expect(first).toMatchObject({ templates: 2, missing: 3 })
    expect((await gallery.entries()).some((entry) => entry.act === 'gallery.retemplated')).toBe(false)
    expect(await retemplateGallery(withSecond())).toMatchObject({ templates: 5, missing: 0 })
    expect(second.counts.templates).toBe(5)
  })

  it('after a crash in the engine and one while writing', async () => {
    let calls = 0
    const crashing: Engine['makeTemplate'] = async (bytes) => {
      calls += 1
      if (calls === 3) throw new Error('The process was killed.')
      return second.makeTemplate(bytes)
    }
    await expect(retemplateGallery(withSecond({ makeTemplate: crashing }))).rejects.toThrow('killed')
    expect(await coverage()).toMatchObject({ templates: 2, failed: 0, missing: 3 })
    const broken = { ...gallery.store.blobs, seal: () => Promise.reject(new Error('No power.')) }
    const store = { ...gallery.store, blobs: broken }
    await expect(retemplateGallery({ ...withSecond(), store })).rejects.toThrow('No power.')
    expect(await retemplateGallery(withSecond())).toMatchObject({ templates: 5, failed: 0, missing: 0 })
  })

  it('two processes at once make each template once', async () => {
    const reports = await Promise.all([retemplateGallery(withSecond()), retemplateGallery(withSecond())])
    expect(reports.map((report) => report.missing)).toEqual([0, 0])
    expect(await coverage()).toEqual({ bookings: 5, templates: 5, failed: 0, missing: 0 })
    expect(await searchWith(second, 'ada')).toMatchObject({ searched: 5 })
  })

  it('takes up what the old model enrols meanwhile', async () => {
    let added = false
    const makeTemplate: Engine['makeTemplate'] = async (bytes) => {
      if (!added) {
        added = true
        await gallery.enrol(imageOf('fay'), { personKey: 'fay' })
      }
      return second.makeTemplate(bytes)
    }
    expect(await retemplateGallery(withSecond({ makeTemplate }))).toMatchObject({ bookings: 6, templates: 6 })
    expect((await searchWith(second, 'fay')).candidates).toHaveLength(1)
    expect((await searchWith(gallery.deps.engine, 'fay')).candidates).toHaveLength(1)
  })
})

describe('a photograph of which no template can be made', () => {
  const refusing = (name: string, code: 'no_face' | 'engine_busy'): Engine['makeTemplate'] => {
    return async (bytes) => {
      const isIt = new TextDecoder().decode(bytes) === imageOf(name)
      return isIt ? fail(code, 'Not this one.', 'Look at it.') : second.makeTemplate(bytes)
    }
  }

  it('is kept with its code, and not tried again', async () => {
    const deps = withSecond({ makeTemplate: refusing('cyd', 'no_face') })
    expect(await retemplateGallery(deps)).toEqual({ bookings: 5, templates: 4, failed: 1, missing: 0 })
    expect(await failures()).toEqual({ no_face: 1 })
    const before = second.counts.templates
    expect(before).toBe(4)
    expect(await retemplateGallery(deps)).toMatchObject({ failed: 1, missing: 0 })
    expect(second.counts.templates).toBe(before)
    expect((await gallery.entries()).at(-1)).toMatchObject({ facts: { templates: 4, failed: 1 } })
  })

  it('because the engine was busy is left for the next run, without a failure', async () => {
    const stop = new AbortController()
    const busy: Engine['makeTemplate'] = async () => {
      stop.abort()
      return fail('engine_busy', 'Busy.', 'Wait.')
    }
    const report = await retemplateGallery(withSecond({ makeTemplate: busy }), { signal: stop.signal })
    expect(report).toEqual({ bookings: 5, templates: 0, failed: 0, missing: 5 })
    expect(await failures()).toEqual({})
  })

  it('waits for an engine that is busy for a moment', async () => {
    let turn = 0
    const makeTemplate: Engine['makeTemplate'] = async (bytes) => {
      turn += 1
      return turn === 1 ? fail('engine_busy', 'Busy.', 'Wait.') : second.makeTemplate(bytes)
    }
    expect(await retemplateGallery(withSecond({ makeTemplate }))).toMatchObject({ templates: 5, missing: 0 })
  })

  it.each([
    ['of another length', new Float32Array(512).fill(1)],
    ['with numbers that are none', new Float32Array(512).fill(Number.NaN)],
    ['of another dimension', Float32Array.from([1])],
  ])('a vector %s never gets into the gallery', async (_, vector) => {
    const makeTemplate: Engine['makeTemplate'] = async (bytes) => {
      const made = await second.makeTemplate(bytes)
      return made.ok ? done({ ...made.value, vector }) : made
    }
    expect(await retemplateGallery(withSecond({ makeTemplate }))).toMatchObject({ templates: 0, failed: 5 })
    expect(await failures()).toEqual({ vector_unusable: 5 })
  })

  it('because its file is lost or damaged does not stop the others', async () => {
    const files = (await readdir(gallery.store.blobFolder, { recursive: true, withFileTypes: true }))
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
    await rm(files[0] ?? '')
    await writeFile(files[1] ?? '', 'other bytes that cannot be opened with any key at all')
    expect(await retemplateGallery(withSecond())).toMatchObject({ templates: 3, failed: 2, missing: 0 })
    expect(await failures()).toEqual({ blob_damaged: 1, blob_missing: 1 })
  })

  it('that later has a template no longer counts as failed', async () => {
    await retemplateGallery(withSecond({ makeTemplate: refusing('cyd', 'no_face') }))
    await gallery.store.transaction({ agency: null }, (tx) =>
      sql`insert into gallery_template (id, booking, subject, model_sha256, sealed)
        select 'tpl_x', f.booking, b.subject, f.model_sha256, '' from gallery_template_failure f
        join gallery_booking b on b.id = f.booking`.execute(tx),
    )
    expect(await coverage()).toEqual({ bookings: 5, templates: 5, failed: 0, missing: 0 })
    expect(await failures()).toEqual({})
  })
})

describe('the model that enrols', () => {
  const use = (engine: Engine) =>
    gallery.store.transaction({ agency: null }, (tx) => enrolWith(tx, engine.model.sha256, '2026-11-22T15:00:00.00Z'))
  const enrol = (engine: Engine, name: string) =>
    enrolBooking({ ...gallery.deps, engine }, actorWith('custodian'), bookingInput(gallery.source.id, imageOf(name)))

  it('is any until one is named, then that alone; a refusal is an entry', async () => {
    expect(await enrol(second, 'gus')).toMatchObject({ ok: true })
    await use(second)
    expect(await enrol(gallery.deps.engine, 'hal')).toMatchObject({
      ok: false,
      problem: { kind: 'refusal', code: 'model_changed' },
    })
    expect((await gallery.entries()).at(-1)).toMatchObject({ act: 'booking.refused', facts: { code: 'model_changed' } })
    expect(await enrol(second, 'hal')).toMatchObject({ ok: true })
    await use(gallery.deps.engine)
    expect(await enrol(second, 'ivy')).toMatchObject({ problem: { code: 'model_changed' } })
  })

  it('changes only between enrolments: what was counted stays true', async () => {
    let enrolling: Promise<unknown> = Promise.resolve()
    const order: string[] = []
    await gallery.store.transaction({ agency: null }, async (tx) => {
      const before = await settledCoverage(tx, gallery.deps.engine.model.sha256)
      enrolling = enrol(gallery.deps.engine, 'joy').then((outcome) => order.push(outcome.ok ? 'enrolled' : 'refused'))
      await new Promise((settle) => setTimeout(settle, 100))
      expect(await settledCoverage(tx, gallery.deps.engine.model.sha256)).toEqual(before)
      await enrolWith(tx, second.model.sha256, '2026-11-22T15:00:00.00Z')
      order.push('changed')
    })
    await enrolling
    expect(order).toEqual(['changed', 'refused'])
  })
})
