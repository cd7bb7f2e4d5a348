import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { readShippedReports } from '../transparency/index.ts'
import { acts, ask, openTestDoor, type StaffName, send, type TestDoor, upload } from './door.fixture.ts'
import { attachReport, pairsWithinGroups } from './model-report.fixture.ts'

let door: TestDoor
let evaluation: string

beforeAll(async () => {
  door = await openTestDoor()
  evaluation = await attachReport(door)
})

afterAll(() => door.close())

const propose = (similarityFloor: number, changes: object = {}, who: StaffName = 'administrator') =>
  ask(door, who, 'POST', '/api/model/changes', {
    ...{ model: door.deps.engine.model.sha256, similarityFloor, evaluation, ...changes },
  })
const approve = (who: StaffName, id: string) => ask(door, who, 'POST', `/api/model/changes/${id}/approval`, {})
const reject = (who: StaffName, id: string, reason: string) =>
  ask(door, who, 'POST', `/api/model/changes/${id}/rejection`, { reason })
const view = async () => (await ask(door, 'auditor', 'GET', '/api/model/changes')).json()

describe('the model card', () => {
  it.each(['officer', 'first', 'custodian', 'auditor', 'neighbour'] as const)('%s reads it whole', async (who) => {
    const response = await ask(door, who, 'GET', '/api/model')
    expect(response.statusCode).toBe(200)
    const card = response.json()
    expect(card).toMatchObject({ model: door.deps.engine.model, origin: 'built_in', leftOut: [] })
    expect(card.networks.length).toBeGreaterThan(3)
    expect(card.notMeasured.every((one: { reason: string }) => one.reason.length > 10)).toBe(true)
    expect(card.evaluations).toHaveLength(1)
    expect(card.evaluations[0]).toMatchObject({
      ...{ origin: 'attached', id: evaluation, atFloor: { fnir: 0.01, fpir: 0.175 } },
      figures: {
        set: { name: 'faces' },
        groupComparisons: null,
        thresholds: [{ targetFpir: 0.01, fnir: { errors: 10, trials: 500 } }],
      },
    })
  })

  it('is for those who signed in', async () => {
    expect((await ask(door, null, 'GET', '/api/model')).statusCode).toBe(401)
  })

  it('tells how often two people of one group are taken for one, as far as the contract allows and no further', async () => {
    const other = await openTestDoor()
    await attachReport(other, { groupComparisons: [{ ...pairsWithinGroups(), surprise: true }] })
    const response = await ask(other, 'officer', 'GET', '/api/model')
    await other.close()
    expect(response.statusCode).toBe(200)
    const [sex, ...more] = response.json().evaluations[0].figures.groupComparisons
    expect(more).toEqual([])
    const { rows, spread, ...rest } = sex
    expect(rest).toEqual({
      ...{ axis: 'sex', threshold: 0.41, pairs: 8040 },
      everybody: { errors: 10, trials: 10_000, rate: 0.001, low: 0, high: 1 },
    })
    expect(rows).toMatchObject([
      { group: 'F', people: 60, trials: 4000, rate: { errors: 12, rate: 0.003 }, suppressed: null },
      { group: 'M', rate: { errors: 4, rate: 0.001 } },
      { group: 'X', people: 5, trials: 40, rate: null, suppressed: '5 people; a rate is stated from 10.' },
    ])
    expect(spread).toMatchObject({ worst: 'F', best: 'M', maxMin: { value: 3, low: 1, high: null } })
  })

  it('a damaged table of pairs leaves the report out by name, and the card stays', async () => {
    const other = await openTestDoor()
    const id = await attachReport(other, { groupComparisons: [{ ...pairsWithinGroups(), threshold: null }] })
    const card = (await ask(other, 'auditor', 'GET', '/api/model')).json()
    await other.close()
    expect(card.evaluations).toEqual([])
    expect(card.leftOut).toHaveLength(1)
    expect(card.leftOut[0]).toContain(`${id} was left out. The report's groupComparisons[0].threshold is not`)
  })

  it('says which reports were left out, and opens without any', async () => {
    const reports = { ...(await readShippedReports('/no/such/folder')), leftOut: ['The report a.json is no JSON.'] }
    const other = await openTestDoor({ reports })
    const card = (await ask(other, 'auditor', 'GET', '/api/model')).json()
    await other.close()
    expect(card).toMatchObject({ evaluations: [], leftOut: ['The report a.json is no JSON.'] })
  })
})

describe('a change of the similarity floor', () => {
  it('is in force after two others approved it, and each step is an entry', async () => {
    const proposed = await propose(0.4)
    expect(proposed.statusCode).toBe(201)
    const { id, findings, proposedBy } = proposed.json()
    expect(proposedBy).toEqual({ account: door.staff.administrator.actor.account, name: 'Name of administrator' })
    expect(findings.length).toBeGreaterThan(5)
    const first = (await approve('supervisor', id)).json()
    expect(first).toMatchObject({ state: 'proposed', approvals: [{ name: 'Name of supervisor' }] })
    expect((await view()).current.similarityFloor).toBe(0.35)
    expect((await approve('neighbourSupervisor', id)).json()).toMatchObject({ state: 'active' })
    const after = await view()
    expect(after.current).toMatchObject({ similarityFloor: 0.4, model: { id: door.deps.engine.model.id } })
    expect(after.current.since).toMatch(/^2026-11-22/)
    const card = (await ask(door, 'officer', 'GET', '/api/model')).json()
    expect(card.operatingPoint).toMatchObject({ similarityFloor: 0.4, change: id, evaluation })
    expect(card.calibration).toMatchObject({ origin: 'evaluation', dataset: 'faces' })
    const done = (await acts(door)).map(({ act }) => act).filter((act) => act.startsWith('operating.point'))
    expect(done).toEqual([
      'operating.point.proposed',
      'operating.point.approved',
      'operating.point.approved',
      'operating.point.activated',
    ])
  })

  it('is refused without an attached evaluation, with a floor that is no cosine, and when nothing changes', async () => {
    expect((await propose(0.45, { evaluation: undefined })).json()).toMatchObject({
      ...{ status: 422, code: 'evaluation_missing', where: 'evaluation' },
    })
    expect((await propose(2)).json()).toMatchObject({ status: 422, where: 'similarityFloor' })
    expect((await propose(0.4)).json()).toMatchObject({ status: 409, code: 'nothing_changes' })
    expect((await propose(0.3, { model: 'e'.repeat(64) })).json()).toMatchObject({ status: 422, where: 'model' })
    expect((await propose(0.3, { surprise: true })).json()).toMatchObject({ status: 422 })
    const low = await propose(0.15)
    expect(low.json()).toMatchObject({ status: 409, code: 'evaluation_below_floor' })
    expect(low.json().facts.rules).toContain('floor_not_measured')
  })

  it('is approved neither by its proposer nor twice by one person, and by nobody who is not there', async () => {
    const { id } = (await propose(0.42)).json()
    expect((await approve('administrator', id)).json()).toMatchObject({ status: 403, code: 'own_proposal' })
    expect((await approve('supervisor', id)).statusCode).toBe(200)
    expect((await approve('supervisor', id)).json()).toMatchObject({ status: 409, code: 'approved_already' })
    expect((await approve('supervisor', 'prop_none')).statusCode).toBe(404)
    expect((await propose(0.43)).json()).toMatchObject({ status: 409, code: 'another_proposal_open' })
    expect((await reject('supervisor', id, ' ')).json()).toMatchObject({ status: 422, where: 'reason' })
    const rejected = (await reject('supervisor', id, 'It misses too many')).json()
    expect(rejected).toMatchObject({
      state: 'rejected',
      closure: { outcome: 'rejected', reason: 'It misses too many' },
    })
    expect((await reject('supervisor', id, 'Again')).json()).toMatchObject({ status: 409, code: 'proposal_closed' })
    expect((await view()).proposals[0]).toMatchObject({ id, state: 'rejected' })
  })

  it('is withdrawn when its proposer rejects it', async () => {
    const { id } = (await propose(0.41)).json()
    expect((await reject('administrator', id, 'A slip')).json()).toMatchObject({ closure: { outcome: 'withdrawn' } })
  })

  it('lists the models that may be proposed, with their evaluations', async () => {
    const { models, coverage, approvalsNeeded, migration } = await view()
    expect(models).toMatchObject([
      { origin: 'built_in', licence: null, evaluations: [{ id: evaluation, set: 'faces' }] },
    ])
    expect({ coverage, approvalsNeeded, migration }).toEqual({
      ...{ coverage: { bookings: 0, templates: 0, failed: 0, missing: 0 }, approvalsNeeded: 2, migration: null },
    })
  })
})

describe('the quality of a face', () => {
  it('comes with the face', async () => {
    const probe = (await send(door, 'officer', '/api/probes', upload('PERSON:mara:probe'))).json()
    expect(probe.faces[0].quality).toEqual({ unified: 80, measures: [] })
  })

  it('is null for a probe that was stored before quality was measured', async () => {
    const probe = (await send(door, 'officer', '/api/probes', upload('PERSON:mara:old'))).json()
    const old = `${probe.id.slice(0, -1)}${probe.id.endsWith('0') ? '1' : '0'}`
    await door.store.transaction({ agency: door.staff.officer.actor.agency }, (tx) =>
      sql`insert into probe select ${old}, agency, uploaded_by, image_digest, data_key, blob, media_type, width, height,
        exif_orientation, jsonb_set(faces, '{0}', (faces->0) - 'quality'), received_at from probe where id = ${probe.id}
      `.execute(tx),
    )
    const read = (await ask(door, 'officer', 'GET', `/api/probes/${old}`)).json()
    expect(read.faces[0]).toEqual({ ...probe.faces[0], quality: null })
  })
})
