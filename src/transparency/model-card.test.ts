import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countingIds, fixedClock } from '../base/index.ts'
import { createFakeEngine, engineManifest, MEASURES, NOT_MEASURED } from '../engine/index.ts'
import { attachEvaluation, digestOf, type EvaluationReport } from '../evaluation/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import { type ModelCardDeps, modelCard } from './model-card.ts'
import { readFigures } from './read-figures.ts'
import { changed, must, person, reportOf } from './transparency.fixture.ts'

const engine = createFakeEngine()
const reader = person('counsel', 'auditor')
const ids = countingIds()
let store: TestStore
let report: EvaluationReport

beforeAll(async () => {
  store = await openTestStore()
  report = await reportOf()
})

afterAll(() => store.close())

function depsWith(changes: Partial<ModelCardDeps> = {}): ModelCardDeps {
  return { store, engine, builtIn: engine.model, builtInFloor: 0.35, reports: { reports: [], leftOut: [] }, ...changes }
}

function shipped(one: unknown, file = 'lfw.json') {
  return { ...must(readFigures(one)), file, digest: digestOf(one as EvaluationReport) }
}

async function attach(one: unknown): Promise<string> {
  const deps = { store, clock: fixedClock('2026-11-22T08:00:00Z'), ids, builtIn: engine.model }
  return must(await attachEvaluation(deps, person('chief', 'administrator'), { report: one })).id
}

describe('modelCard', () => {
  it('names the model, every network with its terms, and what is not known of its training', async () => {
    const card = await modelCard(depsWith(), reader)
    expect(card).toMatchObject({ model: engine.model, origin: 'built_in', limits: engineManifest.limits })
    const { detectors, landmarks, embedders } = engineManifest
    expect(card.networks.map(({ id }) => id)).toEqual([...detectors, landmarks, ...embedders].map(({ id }) => id))
    for (const network of card.networks) {
      expect(network.source).toMatch(/^@?[\w/-]+@\d/)
      expect(network.licence.stated).not.toBe('')
      expect(network.licence.note).not.toBe('')
      expect(network.trainingData.length).toBeGreaterThan(20)
      expect(network.input).toMatch(/^\d+ by \d+ pixels, (RGB|BGR)$/)
      expect(network.sha256).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  it('says what it is for and never for, and which components of quality are not measured', async () => {
    const card = await modelCard(depsWith(), reader)
    expect(card.serves.length).toBeGreaterThan(1)
    expect(card.never.join(' ')).toContain('never an identification')
    expect(card.measured.map(({ code }) => code)).toEqual(Object.keys(MEASURES))
    expect(card.notMeasured).toEqual(NOT_MEASURED)
  })

  it('a model that somebody brought is called so', async () => {
    const record = engineManifest.embedders[0]
    const source = { ...record.source, package: 'county-model', from: 'brought' } as const
    const manifest = { ...engineManifest, embedders: [{ ...record, source }] } as const
    const brought = { model: { id: 'county-model', sha256: 'c'.repeat(64), dimension: 512 }, manifest }
    const card = await modelCard(depsWith({ engine: brought }), reader)
    expect(card.origin).toBe('registered')
    expect(card.networks.at(-1)).toMatchObject({ source: 'county-model', brought: true })
    expect(card.networks[0]?.brought).toBe(false)
  })

  it('without a change the floor is that of this version, and lists rest on the calibration of the engine', async () => {
    const card = await modelCard(depsWith({ builtInFloor: 0.41 }), reader)
    expect(card.operatingPoint).toEqual({ similarityFloor: 0.41, since: null, change: null, evaluation: null })
    const { dataset, impostorComparisons, points } = engineManifest.calibration
    expect(card.calibration).toEqual({ origin: 'engine', dataset, impostorComparisons, points })
  })

  it('keeps shipped reports of this very model alone', async () => {
    const other = shipped(changed(report, ['model', 'sha256'], 'd'.repeat(64)), 'other.json')
    const reports = { reports: [shipped(report), other], leftOut: ['The report x.json is no JSON and was left out.'] }
    const card = await modelCard(depsWith({ reports }), reader)
    expect(card.evaluations).toHaveLength(1)
    expect(card.evaluations[0]).toMatchObject({ origin: 'shipped', id: null, digest: digestOf(report) })
    expect(card.leftOut).toEqual(reports.leftOut)
  })

  it('reads what the floor in force does off the curve of each evaluation', async () => {
    const det = [
      { threshold: 0.3, fnir: 0.02, fpir: 0.2 },
      { threshold: 0.5, fnir: 0.06, fpir: 0.01 },
    ]
    const reports = { reports: [shipped(changed(report, ['det'], det))], leftOut: [] }
    const card = await modelCard(depsWith({ reports, builtInFloor: 0.4 }), reader)
    expect(card.evaluations[0]?.atFloor).toEqual({ fnir: 0.06, fpir: 0.2 })
  })
})

describe('modelCard with attached evaluations', () => {
  it('shows one that is attached and shipped once, and names one that is damaged', async () => {
    const id = await attach(report)
    const damaged = await attach(changed(report, ['cmc'], 'gone'))
    await attach(changed(report, ['set', 'name'], 'another set'))
    const card = await modelCard(depsWith({ reports: { reports: [shipped(report)], leftOut: [] } }), reader)
    expect(card.evaluations.map(({ origin, figures }) => [origin, figures.set.name])).toEqual([
      ['attached', 'another set'],
      ['attached', report.set.name],
    ])
    expect(card.evaluations[1]?.id).toBe(id)
    expect(card.leftOut).toEqual([
      `The attached evaluation ${damaged} was left out. The report's cmc is not as an evaluation writes it.`,
    ])
  })

  it('after a change it states the floor, since when, by which change; lists rest on its evaluation', async () => {
    const points = [{ score: 0.44, fmr: 0.001, low: 0.0009, high: 0.0011 }]
    const evaluation = await attach(
      changed(report, ['calibration'], { points, impostorComparisons: 40_000, floor: 0.001 }),
    )
    await store.transaction({ agency: null }, async (tx) => {
      await sql`insert into operating_point_proposal (id, kind, model_id, model_sha256, similarity_floor, evaluation,
          findings, proposed_at, proposed_by, proposed_by_name)
        values ('prop_1', 'floor', ${engine.model.id}, ${engine.model.sha256}, 0.44, ${evaluation}, '[{}]'::jsonb,
          '2026-11-22T09:00:00Z', 'acct_chief', 'Chief')`.execute(tx)
      await sql`insert into operating_point (id, model_id, model_sha256, similarity_floor, proposal, evaluation, activated_at)
        values ('oppt_1', ${engine.model.id}, ${engine.model.sha256}, 0.44, 'prop_1', ${evaluation},
          '2026-11-22T10:00:00Z')`.execute(tx)
    })
    const card = await modelCard(depsWith(), reader)
    expect(card.operatingPoint).toMatchObject({ similarityFloor: 0.44, change: 'prop_1', evaluation })
    expect(card.operatingPoint.since).toMatch(/^2026-11-22T10:00:00/)
    expect(card.calibration).toEqual({
      ...{ origin: 'evaluation', dataset: report.set.name, impostorComparisons: 40_000 },
      points: [{ score: 0.44, fmr: 0.001 }],
    })
  })
})
