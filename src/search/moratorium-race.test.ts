import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import type { Engine } from '../engine/index.ts'
import { liftMoratorium, permitFor, startMoratorium } from '../policy/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { runSearch } from './run-search.ts'
import { must, TestBureau } from './search.fixture.ts'

let store: TestStore
let bureau: TestBureau
let officer: Actor
let supervisor: Actor

beforeAll(async () => {
  store = await openTestStore()
  bureau = await TestBureau.open(store)
  await bureau.enrol('ann')
  officer = await bureau.person('a', ['investigator'])
  supervisor = await bureau.person('a', ['supervisor'])
})

afterAll(() => store.close())

/** Acts that may not stand in the log between the start and the end of a moratorium. */
const STOPPED = ['request.permitted', 'search.authorised', 'search.completed']

describe('a moratorium among searches under way', () => {
  it('in the order of the log, nothing is permitted, authorised or completed while it is in force', async () => {
    // Every second search is held between its authorisation and its result until the moratorium is in force.
    const started = Promise.withResolvers<void>()
    const underWay = Promise.withResolvers<void>()
    let held = 0
    const makeTemplate: Engine['makeTemplate'] = async (...args) => {
      held += 1
      if (held >= 6) underWay.resolve()
      if (held % 2 === 0) await started.promise
      return await bureau.engine.makeTemplate(...args)
    }
    const { gallery, clock, ids } = bureau
    const deps = { store, engine: { ...bureau.engine, makeTemplate }, gallery, clock, ids }
    const requests = await Promise.all(Array.from({ length: 12 }, () => bureau.file(officer)))
    const searches = requests.map(async (request, at) => {
      await sleep(at * 12)
      const permit = await permitFor(bureau, officer, request.id)
      return permit.ok ? await runSearch(deps, officer, permit.value) : permit
    })
    await underWay.promise
    must(await startMoratorium(bureau, supervisor, { reason: 'Review.' }))
    started.resolve()
    const outcomes = await Promise.all(searches)
    must(await liftMoratorium(bureau, supervisor, { reason: 'Reviewed.' }))
    expect(outcomes.filter((outcome) => !outcome.ok).length).toBeGreaterThanOrEqual(3)
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.problem.code).toBe('moratorium')

    let inForce = false
    const slips: string[] = []
    for (const { act } of await bureau.entries()) {
      if (act === 'moratorium.started') inForce = true
      if (act === 'moratorium.lifted') inForce = false
      if (inForce && STOPPED.includes(act)) slips.push(act)
    }
    expect(slips).toEqual([])
    const acts = (await bureau.entries()).map((entry) => entry.act)
    expect(acts.filter((act) => act === 'search.completed')).toHaveLength(outcomes.filter((one) => one.ok).length)
  })
})
