import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Role } from '../../access/index.ts'
import {
  canonicalJson,
  countingIds,
  fail,
  fixedClock,
  type JsonValue,
  type Outcome,
  sha256Hex,
} from '../../base/index.ts'
import { createFakeEngine } from '../../engine/index.ts'
import { openTestStore, sql, type TestStore } from '../../store/index.ts'
import { attachEvaluation } from './attach-evaluation.ts'
import { readReport } from './attached-evaluation.ts'
import { listModels, readEvaluation } from './list-models.ts'
import { evaluationOf, evaluationsOn, registeredModel } from './records.ts'
import { registerModel } from './register-model.ts'
import type { ExaminedModel, RegistryDeps } from './registered-model.ts'

const builtIn = createFakeEngine().model
const brought = createFakeEngine('brought-model').model

let store: TestStore
let kept: string[]
let examined: ExaminedModel

beforeEach(async () => {
  store = await openTestStore()
  kept = []
  examined = {
    ...{ identity: brought, fileSha256: 'f'.repeat(64), manifest: { id: brought.id, share: 1 }, licence: 'MIT' },
    licenceOverridden: false,
    keep: async () => void kept.push(brought.id),
  }
})
afterEach(() => store.close())

const person = (...roles: Role[]): Actor => {
  return { account: 'acct_chief', agency: 'agcy_a', ori: 'CA0190000', name: 'Chief', roles }
}
const CHIEF = person('administrator')
const STRANGERS = (['investigator', 'examiner', 'custodian', 'supervisor', 'auditor'] as const).map((role) =>
  person(role),
)

function deps(changes: Partial<RegistryDeps> = {}): RegistryDeps {
  const common = { store, clock: fixedClock('2026-11-22T15:00:00Z'), ids: { next: ids.next } }
  return { ...common, builtIn, examineModel: async () => ({ ok: true, value: examined }), ...changes }
}
const ids = countingIds()

const register = (changes: Partial<RegistryDeps> = {}, licenceOverride?: string, actor = CHIEF) =>
  registerModel(deps(changes), actor, {
    manifestPath: 'm.json',
    ...(licenceOverride !== undefined && { licenceOverride }),
  })
const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? 'ok' : outcome.problem.code)

function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(outcome.problem.message)
}

async function acts() {
  return await store.transaction({ agency: null }, async (tx) => {
    const { rows } = await sql<{ leaf: string }>`select leaf from log_entry order by id`.execute(tx)
    return rows.map(({ leaf }) => JSON.parse(leaf) as { act: string; about: string | null; facts: object })
  })
}

/** The least that policy reads, for a model. */
function reportOf(model = builtIn, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    schemaVersion: 1,
    madeAt: '2026-11-22T15:00:00.00Z',
    model,
    set: { name: 'faces', digest: 'a'.repeat(64) },
    protocol: { seed: 1, leftOut: 300, matedSearches: 500, nonMatedSearches: 500 },
    failures: { enrolment: { errors: 1, trials: 500, rate: 0.002 } },
    operatingPoints: [{ threshold: { targetFpir: 0.01 }, fnir: { errors: 1, trials: 4, rate: 0.25 } }],
    det: [{ threshold: 0.1, fnir: 0, fpir: 1 }],
    calibration: { points: [{ score: 0.2, fmr: 0.001 }] },
    ...changes,
  }
}

describe('registering a model', () => {
  it('keeps its file and puts it on record; searches are not changed', async () => {
    const { model, state } = must(await register())
    expect(state).toBe('registered')
    expect(model).toEqual({
      ...brought,
      ...{ fileSha256: 'f'.repeat(64), manifest: { id: brought.id, share: 1 }, licence: 'MIT', licenceOverride: null },
      ...{ registeredAt: '2026-11-22T15:00:00.00Z', registeredBy: CHIEF.account },
    })
    expect(kept).toEqual([brought.id])
    expect(await store.transaction({ agency: null }, (tx) => registeredModel(tx, brought.sha256))).toEqual(model)
    expect((await acts()).at(-1)).toMatchObject({
      act: 'model.registered',
      about: brought.id,
      facts: { model: brought.sha256, file: 'f'.repeat(64), override: false },
    })
  })

  it('twice is done once, also at the same moment', async () => {
    const states = await Promise.all([register(), register()]).then((both) => both.map((one) => must(one).state))
    expect(states.sort()).toEqual(['already_registered', 'registered'])
    expect((await acts()).filter(({ act }) => act === 'model.registered')).toHaveLength(1)
  })

  it('that the engine refuses is refused with its code, on record, and nothing is kept', async () => {
    const examineModel = async () => fail('model_hash_differs', 'Another file.', 'Get it again.')
    expect(codeOf(await register({ examineModel }))).toBe('model_hash_differs')
    expect(kept).toEqual([])
    expect((await acts()).at(-1)).toMatchObject({ act: 'model.refused', facts: { code: 'model_hash_differs' } })
  })

  it.each(['Model', '', '../x', 'a b', 'x'.repeat(101)])('called "%s" is refused', async (id) => {
    examined = { ...examined, identity: { ...brought, id } }
    expect(codeOf(await register())).toBe('model_id_unusable')
    expect(kept).toEqual([])
  })

  it('under a name that another model has is refused', async () => {
    must(await register())
    examined = { ...examined, identity: { ...brought, sha256: 'd'.repeat(64) } }
    expect(codeOf(await register())).toBe('model_id_taken')
    examined = { ...examined, identity: { ...brought, id: builtIn.id, sha256: 'd'.repeat(64) } }
    expect(codeOf(await register())).toBe('model_id_taken')
    expect((await acts()).slice(-2).map(({ act }) => act)).toEqual(['model.refused', 'model.refused'])
  })

  it('whose licence restricts it needs a reason, which is kept', async () => {
    const asked: boolean[] = []
    const examineModel: RegistryDeps['examineModel'] = async (_, { acceptLicence }) => {
      asked.push(acceptLicence)
      if (!acceptLicence) return fail('licence_forbids', 'It says no.', 'Ask.')
      return { ok: true, value: { ...examined, licenceOverridden: true } }
    }
    expect(codeOf(await register({ examineModel }))).toBe('licence_forbids')
    expect(must(await register({ examineModel }, ' Written leave of 2026-05-01. ')).model).toMatchObject({
      licenceOverride: 'Written leave of 2026-05-01.',
    })
    expect(asked).toEqual([false, true])
    expect((await acts()).at(-1)).toMatchObject({ facts: { override: true } })
  })

  it('with a reason that nobody needed keeps none', async () => {
    expect(must(await register({}, 'To be safe.')).model.licenceOverride).toBeNull()
  })

  it.each(['', '  ', 'a\nb', 'x'.repeat(1001)])('with the reason %j is refused', async (reason) => {
    expect(codeOf(await register({}, reason))).toBe('override_unusable')
  })

  it('is for administrators', async () => {
    for (const actor of STRANGERS) expect(codeOf(await register({}, undefined, actor))).toBe('role_required')
    expect(await acts()).toEqual([])
  })
})

describe('attaching an evaluation', () => {
  const attach = (report: unknown, digest?: string, actor = CHIEF) =>
    attachEvaluation(deps(), actor, { report, ...(digest !== undefined && { digest }) })
  const digestOf = (report: object) => sha256Hex(canonicalJson(report as JsonValue))

  it('computes its digest and keeps it whole', async () => {
    const report = reportOf()
    const evaluation = must(await attach(report, digestOf(report)))
    expect(evaluation).toMatchObject({ model: { id: builtIn.id }, set: { name: 'faces' }, digest: digestOf(report) })
    const found = await store.transaction({ agency: null }, (tx) => evaluationOf(tx, evaluation.id))
    expect(found).toEqual({ ...evaluation, report })
    expect((await acts()).at(-1)).toMatchObject({
      act: 'evaluation.attached',
      about: evaluation.id,
      facts: { model: builtIn.sha256, set: 'a'.repeat(64), report: digestOf(report) },
    })
  })

  it('twice, whatever the order of its keys, is done once', async () => {
    const report = reportOf()
    const turned = Object.fromEntries(Object.entries(report).reverse())
    const [first, second] = [must(await attach(report)), must(await attach(turned))]
    expect(second).toEqual(first)
    expect(await acts()).toHaveLength(1)
  })

  it('that was changed after its digest was computed is refused', async () => {
    const report = reportOf()
    const better = { ...report, failures: { enrolment: { errors: 0, trials: 500, rate: 0 } } }
    expect(codeOf(await attach(better, digestOf(report)))).toBe('report_digest_differs')
    expect(await acts()).toEqual([])
  })

  it('of a model that nobody registered is refused, and taken after it was', async () => {
    expect(codeOf(await attach(reportOf(brought)))).toBe('model_unknown')
    must(await register())
    expect(must(await attach(reportOf({ ...brought, id: 'called otherwise' }))).model.id).toBe(brought.id)
  })

  it.each<readonly [string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['another version', reportOf(builtIn, { schemaVersion: 2 })],
    ['a set without digest', reportOf(builtIn, { set: { name: 'x', digest: 'x' } })],
    [
      'a rate that is not its errors',
      reportOf(builtIn, { failures: { enrolment: { errors: 9, trials: 10, rate: 0 } } }),
    ],
    ['more errors than trials', reportOf(builtIn, { failures: { enrolment: { errors: 2, trials: 1, rate: 2 } } })],
    ['a rate of no trials', reportOf(builtIn, { failures: { enrolment: { errors: 0, trials: 0, rate: 0 } } })],
    [
      'half a search',
      reportOf(builtIn, { protocol: { seed: 1, leftOut: 1, matedSearches: 0.5, nonMatedSearches: 1 } }),
    ],
    ['a share above 1', reportOf(builtIn, { calibration: { points: [{ score: 0.2, fmr: 2 }] } })],
    ['no curve', reportOf(builtIn, { det: null })],
  ])('with %s is refused', async (_, report) => {
    expect(codeOf(await attach(report))).toBe('report_unreadable')
  })

  it('larger than 5 MB is refused', () => {
    expect(codeOf(readReport(reportOf(builtIn, { limits: ['x'.repeat(5_000_000)] })))).toBe('report_too_large')
  })

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readReport(value).ok).toBe(false)
      }),
    )
  })

  it('is for administrators', async () => {
    for (const actor of STRANGERS) expect(codeOf(await attach(reportOf(), undefined, actor))).toBe('role_required')
  })
})

describe('reading', () => {
  it('the list has the built-in model first, each with its evaluations, newest first', async () => {
    must(await register())
    const first = must(await attachEvaluation(deps(), CHIEF, { report: reportOf() }))
    const second = must(await attachEvaluation(deps(), CHIEF, { report: reportOf(builtIn, { madeAt: 'later' }) }))
    const models = must(await listModels(deps(), person('auditor')))
    expect(models.map(({ id, origin }) => [id, origin])).toEqual([
      [builtIn.id, 'built_in'],
      [brought.id, 'registered'],
    ])
    expect(models[0]?.evaluations.map(({ id }) => id)).toEqual([second.id, first.id])
    expect(models[1]).toMatchObject({ registration: { licence: 'MIT' }, evaluations: [] })
    expect(JSON.stringify(models)).not.toContain('share')
    const onSet = (set: string) => store.transaction({ agency: null }, (tx) => evaluationsOn(tx, builtIn.sha256, set))
    expect(await onSet('a'.repeat(64))).toHaveLength(2)
    expect(await onSet('b'.repeat(64))).toEqual([])
  })

  it('one report is read whole; there is none of an unknown id', async () => {
    const { id } = must(await attachEvaluation(deps(), CHIEF, { report: reportOf() }))
    expect(must(await readEvaluation(deps(), person('supervisor'), id)).report).toEqual(reportOf())
    expect(codeOf(await readEvaluation(deps(), CHIEF, 'eval_none'))).toBe('not_found')
  })

  it('is for those who answer for it', async () => {
    for (const role of ['investigator', 'examiner', 'custodian'] as const) {
      expect(codeOf(await listModels(deps(), person(role)))).toBe('role_required')
      expect(codeOf(await readEvaluation(deps(), person(role), 'eval_none'))).toBe('role_required')
    }
  })
})
