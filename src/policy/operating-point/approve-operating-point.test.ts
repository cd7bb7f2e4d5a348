import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { retemplateGallery } from '../../gallery/index.ts'
import { sql } from '../../store/index.ts'
import { activateOperatingPoint, followVersion } from './activate-operating-point.ts'
import { approveOperatingPoint } from './approve-operating-point.ts'
import {
  ANN,
  BEN,
  BROUGHT,
  BUILT_IN,
  BUILT_IN_FLOOR,
  CAM,
  CHIEF,
  codeOf,
  must,
  openTestModels,
  person,
  reportOf,
  type TestModels,
} from './operating-point.fixture.ts'
import { proposeOperatingPoint } from './propose-operating-point.ts'
import { currentOperatingPoint, openProposal, proposalOf } from './records.ts'
import { rejectOperatingPoint } from './reject-operating-point.ts'
import { operatingPointView } from './view-operating-point.ts'

let models: TestModels

beforeEach(async () => {
  models = await openTestModels()
})
afterEach(() => models.store.close())

const approve = (proposal: string, actor = ANN) => approveOperatingPoint(models.deps, actor, proposal)
const activate = (proposal: string) => activateOperatingPoint(models.deps, proposal)
const current = () => models.store.transaction({ agency: null }, currentOperatingPoint)
const stateOf = async (id: string) =>
  (await models.store.transaction({ agency: null }, (tx) => proposalOf(tx, id)))?.state
const proposeFloor = async (similarityFloor = 0.3) => {
  const evaluation = await models.evaluate(reportOf())
  const change = { modelSha256: BUILT_IN.model.sha256, similarityFloor, evaluation }
  return must(await proposeOperatingPoint(models.deps, CHIEF, change))
}
const approvedChange = async () => {
  const { id } = await models.proposeBrought()
  must(await approve(id, ANN))
  must(await approve(id, BEN))
  return id
}
const retemplate = (makeTemplate = BROUGHT.makeTemplate) => {
  const { store, clock, ids } = models.deps
  return retemplateGallery({ store, clock, ids, engine: { ...BROUGHT, makeTemplate } })
}

describe('a change of floor', () => {
  it('is in force with the second approval, not with the first', async () => {
    const { id, evaluation } = await proposeFloor()
    expect(must(await approve(id))).toMatchObject({ state: 'proposed', approvals: [{ account: ANN.account }] })
    expect(await current()).toBeNull()
    expect(must(await approve(id, CAM))).toMatchObject({ state: 'active' })
    expect(await current()).toMatchObject({
      ...{ model: { id: BUILT_IN.model.id }, similarityFloor: 0.3, proposal: id, evaluation },
    })
    expect((await models.acts()).slice(-3)).toMatchObject([
      { act: 'operating.point.approved', actor: ANN.account, about: id, facts: { approval: 1, needed: 2 } },
      { act: 'operating.point.approved', actor: CAM.account, facts: { approval: 2, needed: 2 } },
      { act: 'operating.point.activated', actor: null, facts: { floor: 0.3, proposal: id, evaluation } },
    ])
  })

  it('is superseded by the next one and stays on record', async () => {
    const first = await proposeFloor()
    for (const actor of [ANN, BEN]) must(await approve(first.id, actor))
    const second = await proposeFloor(0.25)
    for (const actor of [ANN, BEN]) must(await approve(second.id, actor))
    expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(['superseded', 'active'])
  })
})

describe('an approval is refused', () => {
  it('to the person who proposed it, on record', async () => {
    const { id } = await proposeFloor()
    expect(codeOf(await approve(id, CHIEF))).toBe('own_proposal')
    expect((await models.acts()).at(-1)).toMatchObject({
      act: 'operating.point.refused',
      facts: { codes: ['own_proposal'], proposal: id },
    })
  })

  it('to the same person twice, also at the same moment', async () => {
    const { id } = await proposeFloor()
    const twice = await Promise.all([approve(id), approve(id)])
    expect(twice.map(codeOf).sort()).toEqual(['approved_already', 'ok'])
    expect(await current()).toBeNull()
  })

  it('when there is nothing to approve', async () => {
    expect(codeOf(await approve('prop_none'))).toBe('not_found')
    const { id } = await proposeFloor()
    for (const actor of [ANN, BEN]) must(await approve(id, actor))
    expect(codeOf(await approve(id, CAM))).toBe('proposal_closed')
  })

  it('to every other role', async () => {
    const { id } = await proposeFloor()
    for (const role of ['investigator', 'examiner', 'custodian', 'auditor'] as const) {
      expect(codeOf(await approve(id, person('x', role)))).toBe('role_required')
    }
  })

  it('by the tables themselves', async () => {
    const { id } = await proposeFloor()
    const insert = (account: string, place: number) =>
      models.store.transaction({ agency: null }, (tx) =>
        sql`insert into operating_point_approval values (${id}, ${CHIEF.account}, ${account}, 'N', ${place}, now())`.execute(
          tx,
        ),
      )
    await expect(insert(CHIEF.account, 1)).rejects.toThrow('not_by_the_proposer')
    await insert('acct_x', 1)
    await expect(insert('acct_x', 2)).rejects.toThrow('operating_point_approval_pkey')
    await expect(insert('acct_y', 3)).rejects.toThrow('place_check')
    for (const table of ['operating_point', 'operating_point_approval', 'evaluation_report', 'registered_model']) {
      const change = (statement: string) =>
        models.store.transaction({ agency: null }, (tx) => sql.raw(statement).execute(tx))
      await expect(change(`delete from ${table}`)).rejects.toThrow('permission denied')
    }
  })
})

describe('a change of model', () => {
  it('waits for templates of the whole gallery, then is in force', async () => {
    for (const name of ['ada', 'bea']) await models.enrol(name)
    const id = await approvedChange()
    expect(await stateOf(id)).toBe('approved')
    expect(codeOf(await activate(id))).toBe('templates_missing')
    await retemplate()
    await models.enrol('cyd')
    expect(codeOf(await activate(id))).toBe('templates_missing')
    await retemplate()
    expect(must(await activate(id))).toMatchObject({ model: { id: 'brought-model' }, similarityFloor: 0.3 })
    expect(await current()).toMatchObject({ proposal: id })
    expect((await models.acts()).at(-1)).toMatchObject({
      act: 'operating.point.activated',
      facts: { model: BROUGHT.model.sha256, floor: 0.3, proposal: id, templates: 3, failed: 0 },
    })
    await expect(models.enrol('dot')).rejects.toThrow('model_changed')
  })

  it('does not come into force before its approvals, or twice, or after it was rejected', async () => {
    const { id } = await models.proposeBrought()
    expect(codeOf(await activate(id))).toBe('proposal_not_approved')
    for (const actor of [ANN, BEN]) must(await approve(id, actor))
    must(await rejectOperatingPoint(models.deps, CAM, { proposal: id, reason: 'A better one is coming.' }))
    expect(codeOf(await activate(id))).toBe('proposal_not_approved')
    expect(codeOf(await activate('prop_none'))).toBe('not_found')
    expect(await current()).toBeNull()
  })

  it('does not come into force when too many photographs have no template', async () => {
    for (const name of ['ada', 'bea']) await models.enrol(name)
    const id = await approvedChange()
    const failing: typeof BROUGHT.makeTemplate = (bytes) =>
      BROUGHT.makeTemplate(Buffer.from(bytes).includes('ada') ? new TextEncoder().encode('NOFACE') : bytes)
    await retemplate(failing)
    expect(codeOf(await activate(id))).toBe('too_many_without_template')
    expect(must(await operatingPointView(models.deps, ANN)).migration).toMatchObject({
      ...{ proposal: id, coverage: { bookings: 2, templates: 1, failed: 1, missing: 0 } },
      failures: [{ code: 'no_face', photographs: 1 }],
    })
  })
})

describe('rejecting', () => {
  it('is withdrawing for the person who proposed it; both make room for another', async () => {
    const first = await proposeFloor()
    const withdrawn = await rejectOperatingPoint(models.deps, CHIEF, { proposal: first.id, reason: 'A slip.' })
    expect(must(withdrawn)).toMatchObject({ state: 'withdrawn', closure: { outcome: 'withdrawn', reason: 'A slip.' } })
    const second = await proposeFloor(0.25)
    const rejected = await rejectOperatingPoint(models.deps, ANN, { proposal: second.id, reason: 'Too low.' })
    expect(must(rejected).state).toBe('rejected')
    expect(await models.store.transaction({ agency: null }, openProposal)).toBeNull()
    expect((await models.acts()).at(-1)).toMatchObject({
      act: 'operating.point.rejected',
      about: second.id,
      facts: { outcome: 'rejected' },
    })
  })

  it('needs a reason, an open proposal and the role', async () => {
    const { id } = await proposeFloor()
    const reject = (proposal: string, reason: string, actor = ANN) =>
      rejectOperatingPoint(models.deps, actor, { proposal, reason })
    expect(codeOf(await reject(id, ' '))).toBe('reason_missing')
    expect(codeOf(await reject('prop_none', 'No.'))).toBe('not_found')
    expect(codeOf(await reject(id, 'No.', person('x', 'auditor')))).toBe('role_required')
    must(await reject(id, 'No.'))
    expect(codeOf(await reject(id, 'No.'))).toBe('proposal_closed')
  })
})

describe('the view', () => {
  it('begins with the default, and is for those who answer for it', async () => {
    await models.enrol('ada')
    expect(must(await operatingPointView(models.deps, person('x', 'auditor')))).toMatchObject({
      current: { id: null, model: { sha256: BUILT_IN.model.sha256 }, similarityFloor: BUILT_IN_FLOOR },
      ...{ proposals: [], approvalsNeeded: 2, migration: null },
      coverage: { bookings: 1, templates: 1, failed: 0, missing: 0 },
    })
    expect(codeOf(await operatingPointView(models.deps, person('x', 'investigator')))).toBe('role_required')
  })
})

describe('a new version with another built-in model', () => {
  const newer = () => ({ ...models.deps, builtIn: { ...BUILT_IN.model, id: 'newer', sha256: 'e'.repeat(64) } })

  it('takes the place of the former built-in one, with its own floor, on record', async () => {
    const { id } = await proposeFloor()
    for (const actor of [ANN, BEN]) must(await approve(id, actor))
    expect(await followVersion(models.deps)).toMatchObject({ proposal: id })
    const point = await followVersion({ ...newer(), builtInFloor: 0.4 })
    expect(point).toMatchObject({ model: { id: 'newer' }, similarityFloor: 0.4, proposal: null, evaluation: null })
    expect(await followVersion(newer())).toMatchObject({ id: point.id })
    expect(await stateOf(id)).toBe('superseded')
  })

  it('leaves a brought model in force, and an untouched default alone', async () => {
    expect(await followVersion(newer())).toMatchObject({ id: null, model: { id: 'newer' } })
    const id = await approvedChange()
    must(await activate(id))
    expect(await followVersion(newer())).toMatchObject({ proposal: id, model: { id: 'brought-model' } })
  })
})
