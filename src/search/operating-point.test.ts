import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { createFakeEngine } from '../engine/index.ts'
import { openGallerySearch } from '../gallery/index.ts'
import { readRequest } from '../intake/index.ts'
import { permitFor } from '../policy/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import { runSearch } from './run-search.ts'
import { codeOf, must, TestBureau } from './search.fixture.ts'

let store: TestStore
let bureau: TestBureau
let officer: Actor
const other = createFakeEngine('other-model')

beforeEach(async () => {
  store = await openTestStore()
  bureau = await TestBureau.open(store)
  await bureau.enrol('ann')
  officer = await bureau.person('a', ['investigator'])
})
afterEach(() => store.close())

/** Puts a model and floor in force, past the acts; with the calibration of an evaluation. */
async function putInForce(model: { id: string; sha256: string }, floor: number): Promise<void> {
  const points = [0, 0.5, 1].map((score, at) => ({ score, fmr: 10 ** -at, low: 0, high: 1 }))
  const report = JSON.stringify({ calibration: { points, impostorComparisons: 1e6, floor: 1e-4 } })
  await store.transaction({ agency: null }, async (tx) => {
    const { id, sha256 } = model
    await sql`insert into evaluation_report (id, model_id, model_sha256, set_name, set_digest, report, digest, attached_at,
      attached_by) values ('eval_1', ${id}, ${sha256}, 's', ${'a'.repeat(64)}, ${report}, ${'b'.repeat(64)}, now(), 'x')`.execute(
      tx,
    )
    await sql`insert into operating_point_proposal (id, kind, model_id, model_sha256, similarity_floor, evaluation,
      findings, proposed_at, proposed_by, proposed_by_name)
      values ('prop_1', 'model', ${id}, ${sha256}, ${floor}, 'eval_1', '[1]', now(), 'x', 'X')`.execute(tx)
    await sql`insert into operating_point (id, model_id, model_sha256, similarity_floor, proposal, evaluation,
      activated_at) values ('oppt_1', ${id}, ${sha256}, ${floor}, 'prop_1', 'eval_1', now())`.execute(tx)
  })
}

describe('a search', () => {
  it('uses the floor in force and says so in the log and on its record', async () => {
    await putInForce(bureau.engine.model, 0.95)
    const permit = await bureau.permit(officer)
    expect(must(await runSearch(bureau, officer, permit))).toMatchObject({ threshold: 0.95, candidates: [] })
    const [authorised, completed] = await bureau.story(permit.request)
    expect(authorised).toMatchObject({
      act: 'search.authorised',
      facts: { model: bureau.engine.model.id, modelDigest: bureau.engine.model.sha256, floor: 0.95 },
    })
    expect(completed?.facts).toMatchObject({ threshold: 0.95 })
  })

  it('says what chance brings by the calibration of the evaluation in force', async () => {
    await putInForce(bureau.engine.model, 0.2)
    const [first] = must(await runSearch(bureau, officer, await bureau.permit(officer))).candidates
    expect(first?.expectedByChance).toBeCloseTo(10 ** (-2 * (first?.score ?? 0)), 10)
    expect(first?.floor).toBe(false)
  })

  it('whose engine has another model than the one in force is refused, and the permit stays good', async () => {
    await putInForce(other.model, 0.3)
    const permit = await bureau.permit(officer)
    expect(codeOf(await runSearch(bureau, officer, permit))).toBe('model_not_loaded')
    expect((await bureau.story(permit.request)).at(-1)).toMatchObject({ facts: { code: 'model_not_loaded' } })
    expect(bureau.engine.counts.templates).toBe(0)
    const loaded = { ...depsOf(), engine: other, gallery: openGallerySearch(store, other.model) }
    expect(must(await runSearch(loaded, officer, permit))).toMatchObject({ model: other.model, searched: 0 })
  })

  it('during which the engine goes over to another model compares nothing, and may be asked for again', async () => {
    const permit = await bureau.permit(officer)
    const changing = { ...bureau.engine, makeTemplate: other.makeTemplate }
    const outcome = await runSearch({ ...depsOf(), engine: changing }, officer, permit)
    expect(codeOf(outcome)).toBe('model_changed')
    expect(bureau.gallery.comparisons).toBe(0)
    expect(must(await readRequest(bureau, officer, permit.request)).state).toBe('failed')
    const again = must(await permitFor(bureau, officer, permit.request))
    expect(must(await runSearch(bureau, officer, again)).candidates).toHaveLength(1)
  })
})

function depsOf() {
  const { engine, gallery, clock, ids } = bureau
  return { store, engine, gallery, clock, ids }
}
