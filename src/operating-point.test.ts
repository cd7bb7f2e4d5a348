import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Role } from './access/index.ts'
import { fixedClock, type Outcome, randomIds } from './base/index.ts'
import { createFakeEngine, type Engine } from './engine/index.ts'
import { attachEvaluation, type RegistryDeps, registerModel } from './evaluation/index.ts'
import { enrolBooking, NO_FILTER, openGallerySearch, registerSource, templateCoverage } from './gallery/index.ts'
import { type ModelSwitch, type OpenGallery, openModelSwitch } from './model-switch.ts'
import { type FollowDeps, followOperatingPoint, openActiveEngine } from './operating-point.ts'
import {
  approveOperatingPoint,
  currentOperatingPoint,
  proposeOperatingPoint,
  rejectOperatingPoint,
} from './policy/index.ts'
import { openTestStore, sql, type TestStore } from './store/index.ts'

const OLD = createFakeEngine()
const NEW = createFakeEngine('brought-model')
const NAMES = ['ada', 'bea', 'cyd', 'dot', 'eve', 'fay']

let store: TestStore
let models: ModelSwitch
let deps: FollowDeps & RegistryDeps
let source: string
let stop: AbortController
let troubles: string[]
let opened: Engine[]
/** What the engine of the new model does with a photograph. */
let newMakes: Engine['makeTemplate']

const openGallery: OpenGallery = (model) => openGallerySearch(store, model)

beforeEach(async () => {
  store = await openTestStore()
  stop = new AbortController()
  troubles = []
  opened = []
  newMakes = NEW.makeTemplate
  models = openModelSwitch(openGallery, OLD)
  deps = {
    ...{ store, clock: fixedClock('2026-11-22T15:00:00Z'), ids: randomIds, builtIn: OLD.model, builtInFloor: 0.26 },
    models,
    examineModel: async () => ({ ok: true, value: examined }),
    openModel: async (model) => {
      const engine = model === null ? OLD : { ...NEW, makeTemplate: (bytes: Uint8Array) => newMakes(bytes) }
      opened.push(engine)
      return engine
    },
    onTrouble: (error) => troubles.push(String(error)),
  }
  const jail = { name: 'County jail', legalBasis: 'Penal Code section 13150', class: 'county_booking' } as const
  source = must(await registerSource(deps, person('custodian', 'custodian'), jail)).id
  for (const name of NAMES) await enrol(name)
})
afterEach(async () => {
  stop.abort()
  await store.close()
})

const examined = {
  ...{ identity: NEW.model, fileSha256: 'f'.repeat(64), manifest: { id: NEW.model.id }, licence: 'MIT' },
  ...{ licenceOverridden: false, keep: async () => {} },
}

function person(name: string, role: Role): Actor {
  return { account: `acct_${name}`, agency: 'agcy_a', ori: 'CA0190000', name, roles: [role] }
}

function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`)
}

async function enrol(name: string) {
  const days = { bookedAt: '2024-05-31', capturedAt: '2024-05-31', birthYear: 1990, sex: 'F' } as const
  const who = { source, bookingNumber: `B-${name}`, personKey: name, chargeUcr: null }
  const image = new TextEncoder().encode(`PERSON:${name}:booking`)
  const enrolling = { ...deps, engine: models.engine }
  return must(await enrolBooking(enrolling, person('custodian', 'custodian'), { ...days, ...who, image })).booking.id
}

function reportOf({ model }: Engine) {
  const rate = (errors: number, trials: number) => ({ errors, trials, rate: errors / trials })
  return {
    ...{ schemaVersion: 1, madeAt: '2026-11-22T15:00:00.00Z', model, set: { name: 's', digest: 'a'.repeat(64) } },
    protocol: { seed: 1, leftOut: 300, matedSearches: 500, nonMatedSearches: 500 },
    failures: { enrolment: rate(0, 500) },
    operatingPoints: [{ threshold: { targetFpir: 0.01, threshold: 0.4 }, fnir: rate(10, 500) }],
    det: [{ threshold: 0.9, fnir: 0.05, fpir: 0 }],
    calibration: { points: [{ score: 0.2, fmr: 0.001 }], impostorComparisons: 1e6, floor: 1e-5 },
  }
}

/** A change of model with both evaluations, approved by two people. */
async function approveChange(): Promise<string> {
  const chief = person('chief', 'administrator')
  must(await registerModel(deps, chief, { manifestPath: 'm.json' }))
  must(await attachEvaluation(deps, chief, { report: reportOf(OLD) }))
  const evaluation = must(await attachEvaluation(deps, chief, { report: reportOf(NEW) })).id
  const change = { modelSha256: NEW.model.sha256, similarityFloor: 0.3, evaluation }
  const { id } = must(await proposeOperatingPoint(deps, chief, change))
  for (const name of ['ann', 'ben']) must(await approveOperatingPoint(deps, person(name, 'supervisor'), id))
  return id
}

const follow = () => followOperatingPoint(deps, stop.signal, 5)
const coverage = () => store.transaction({ agency: null }, (tx) => templateCoverage(tx, NEW.model.sha256))
const current = () => store.transaction({ agency: null }, currentOperatingPoint)

async function until(fits: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2000; tries += 1) {
    if (await fits()) return
    await wait(5)
  }
  throw new Error(`It never came about. ${troubles.join(' ')}`)
}

/** Looks for a person with whatever model is in use. */
async function look(name: string) {
  const made = must(await models.engine.makeTemplate(new TextEncoder().encode(`PERSON:${name}:probe`)))
  return await models.gallery.search(made.vector, { model: made.model, limit: 5, threshold: 0.5, filter: NO_FILTER })
}

describe('a change of model', () => {
  it('goes on beside searches with the former model, which find everybody, and then is in force', async () => {
    const id = await approveChange()
    const seen = new Set<string>()
    const following = follow()
    while (models.engine.model.id === OLD.model.id) {
      const found = await look('cyd')
      expect(found).toMatchObject({ searched: NAMES.length })
      expect(found.candidates).toHaveLength(1)
      seen.add(found.model.id)
      await wait(1)
    }
    expect(seen).toContain(OLD.model.id)
    for (const name of NAMES) {
      expect(await look(name)).toMatchObject({ model: NEW.model, searched: NAMES.length, candidates: [{}] })
    }
    expect(await current()).toMatchObject({ proposal: id, model: { id: NEW.model.id } })
    stop.abort()
    await following
    expect(troubles).toEqual([])
    await enrol('gus')
    expect(await look('gus')).toMatchObject({ model: NEW.model, searched: NAMES.length + 1, candidates: [{}] })
  })

  it('killed in the middle goes on after a restart, making nothing twice', async () => {
    await approveChange()
    let made = 0
    newMakes = async (bytes) => {
      made += 1
      if (made === 4) stop.abort()
      return NEW.makeTemplate(bytes)
    }
    await follow()
    expect(await coverage()).toMatchObject({ templates: 4, missing: 2 })
    expect(models.engine.model).toEqual(OLD.model)
    expect(await current()).toBeNull()
    stop = new AbortController()
    models = openModelSwitch(openGallery, await openActiveEngine(deps, deps.openModel))
    deps = { ...deps, models }
    expect(models.engine.model).toEqual(OLD.model)
    const following = follow()
    await until(() => models.engine.model.id === NEW.model.id)
    expect(made).toBe(NAMES.length)
    stop.abort()
    await following
  })

  it('after it is in force is what a restart opens, also without its re-templating', async () => {
    await approveChange()
    const following = follow()
    await until(async () => (await current()) !== null)
    stop.abort()
    await following
    expect((await openActiveEngine(deps, deps.openModel)).model).toEqual(NEW.model)
  })

  it('put in force by another process is taken up', async () => {
    await approveChange()
    const elsewhere = new AbortController()
    const other = { ...deps, models: openModelSwitch(openGallery, OLD) }
    const theirs = followOperatingPoint(other, elsewhere.signal, 5)
    await until(async () => (await current()) !== null)
    elsewhere.abort()
    await theirs
    expect(models.engine.model).toEqual(OLD.model)
    const following = follow()
    await until(() => models.engine.model.id === NEW.model.id)
    stop.abort()
    await following
  })

  it('with too many photographs without a template is told of once and left to people', async () => {
    const id = await approveChange()
    newMakes = (bytes) => NEW.makeTemplate(Buffer.from(bytes).includes('ada') ? Buffer.from('NOFACE') : bytes)
    const following = follow()
    await until(() => troubles.length > 0)
    await wait(50)
    expect(troubles).toEqual([expect.stringContaining('no template of 1 of 6 photographs')])
    expect(opened).toHaveLength(1)
    expect(models.engine.model).toEqual(OLD.model)
    must(await rejectOperatingPoint(deps, person('ann', 'supervisor'), { proposal: id, reason: 'It loses faces.' }))
    stop.abort()
    await following
    expect(await current()).toBeNull()
  })

  it('whose engine cannot be opened is tried again after a pause', async () => {
    await approveChange()
    const { openModel } = deps
    let tries = 0
    deps = {
      ...deps,
      openModel: async (model) => {
        tries += 1
        if (tries < 3) throw new Error('No memory.')
        return await openModel(model)
      },
    }
    const following = follow()
    await until(() => models.engine.model.id === NEW.model.id)
    expect(troubles).toEqual(['Error: No memory.', 'Error: No memory.'])
    stop.abort()
    await following
  })

  it('is never taken up under the name of another model', async () => {
    await approveChange()
    deps = { ...deps, openModel: async () => createFakeEngine('impostor') }
    const following = follow()
    await until(() => troubles.length > 1)
    expect(troubles[0]).toContain('opened model impostor')
    expect(await coverage()).toMatchObject({ templates: 0 })
    stop.abort()
    await following
  })

  it('leaves no template of two models for one photograph under one model', async () => {
    await approveChange()
    const following = follow()
    await until(() => models.engine.model.id === NEW.model.id)
    stop.abort()
    await following
    const counts = await store.transaction({ agency: null }, async (tx) => {
      const { rows } = await sql<{
        model: string
        templates: number
      }>`select model_sha256 as model, count(*) as templates
        from gallery_template group by model_sha256`.execute(tx)
      return new Map(rows.map((row) => [row.model, row.templates]))
    })
    expect(counts).toEqual(new Map([OLD, NEW].map(({ model }) => [model.sha256, NAMES.length])))
  })
})
