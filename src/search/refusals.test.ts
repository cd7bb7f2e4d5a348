import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { type RequestInput, readRequest } from '../intake/index.ts'
import { decideRequest, liftMoratorium, type Permit, permitFor, startMoratorium } from '../policy/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { revokeCertificate } from '../training/index.ts'
import { runSearch } from './run-search.ts'
import { codeOf, must, TestBureau } from './search.fixture.ts'

let store: TestStore
let bureau: TestBureau
let officer: Actor
let supervisor: Actor
let foreigner: Actor

beforeAll(async () => {
  store = await openTestStore()
  bureau = await TestBureau.open(store)
  await bureau.enrol('ann')
  officer = await bureau.person('a', ['investigator'])
  supervisor = await bureau.person('a', ['supervisor'])
  foreigner = await bureau.person('b', ['investigator', 'supervisor', 'auditor'])
})

afterAll(() => store.close())

/** Over this whole file: no template was made and none compared. */
function expectNothingCompared(): void {
  expect(bureau.engine.counts.templates).toBe(0)
  expect(bureau.gallery.comparisons).toBe(0)
}

async function expectRefused(actor: Actor, changes: Partial<RequestInput>, ...codes: string[]): Promise<void> {
  const request = await bureau.file(actor, changes)
  const outcome = await decideRequest(bureau, actor, request.id)
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refusal', code: codes[0], facts: { codes } } })
  if (!outcome.ok) {
    expect(outcome.problem.message).toMatch(/^[A-Z].*\.$/)
    expect(outcome.problem.remedy).toMatch(/^[A-Z].*\.$/)
  }
  const entry = { act: 'request.refused', actor: actor.account, about: request.id, facts: { codes } }
  expect((await bureau.entries()).at(-1)).toMatchObject(entry)
  expect(codeOf(await permitFor(bureau, actor, request.id))).toBe(codes[0])
  expect(must(await readRequest(bureau, actor, request.id)).state).toBe('refused')
  expectNothingCompared()
}

describe('a refused request compares nothing', () => {
  it.each<[string, Partial<RequestInput>, string]>([
    ['on behalf of an outside agency', { beneficiaryOri: 'CA0190100' }, 'outside_agency'],
    ['on behalf of an agency nobody knows', { beneficiaryOri: 'TX9999999' }, 'outside_agency'],
    ['without a case number', { caseNumber: undefined }, 'case_number_missing'],
    ['with a case number of spaces', { caseNumber: '     ' }, 'case_number_missing'],
    ['with a case number of another form', { caseNumber: 'DR-12' }, 'case_number_malformed'],
    ['with a case number that only contains a good one', { caseNumber: 'x20-1114732x' }, 'case_number_malformed'],
    ['without a crime type', { crimeCode: null }, 'crime_type_missing'],
    ['with an unknown crime type', { crimeCode: 'WITCHCRAFT' }, 'crime_type_unknown'],
    ['without a predicate', { predicate: { level: 'none', narrative: 'A hunch.' } }, 'predicate_missing'],
    ['without a narrative', { predicate: { level: 'probable_cause', narrative: '  ' } }, 'predicate_missing'],
    ['without the attestation', { attested: false }, 'acquisition_not_attested'],
    ['of a person who looks alike', { depicts: 'look_alike' }, 'probe_not_of_the_person'],
    ['of a sketch', { depicts: 'artificial' }, 'probe_not_of_the_person'],
    ['with a declared conflict', { conflictDeclared: true }, 'conflict_declared'],
  ])('%s', async (_what, changes, code) => {
    await expectRefused(officer, changes, code)
  })

  it('with several things wrong: every one is told', async () => {
    const changes = { beneficiaryOri: 'CA0190100', caseNumber: '', attested: false }
    await expectRefused(officer, changes, 'outside_agency', 'case_number_missing', 'acquisition_not_attested')
  })

  it('by an administrator', async () => {
    const administrator = await bureau.person('a', ['administrator'])
    await expectRefused(administrator, {}, 'administrator_cannot_search', 'investigator_required')
  })

  it('by a supervisor, an examiner, a custodian, an auditor', async () => {
    await expectRefused(supervisor, {}, 'investigator_required')
    for (const role of ['examiner', 'custodian', 'auditor'] as const) {
      await expectRefused(await bureau.person('a', [role]), {}, 'investigator_required')
    }
  })

  it('with an expired certificate', async () => {
    await expectRefused(await bureau.person('a', ['investigator'], 'expired'), {}, 'certificate_missing')
  })

  it('without a certificate', async () => {
    await expectRefused(await bureau.person('a', ['investigator'], 'none'), {}, 'certificate_missing')
  })

  it('with a revoked certificate', async () => {
    const person = await bureau.person('a', ['investigator'], 'none')
    const { id: certificate } = await bureau.certify(person.account, '2026-06-01')
    must(await revokeCertificate(bureau, supervisor, { certificate, reason: 'misuse' }))
    await expectRefused(person, {}, 'certificate_missing')
  })

  it('while a moratorium is in force', async () => {
    must(await startMoratorium(bureau, supervisor, { reason: 'Review.' }))
    await expectRefused(officer, {}, 'moratorium')
    must(await liftMoratorium(bureau, supervisor, { reason: 'Reviewed.' }))
  })

  it('of another agency: it is not there, and who asked is in the log', async () => {
    const request = await bureau.file(officer)
    for (const ask of [decideRequest, permitFor]) {
      expect(codeOf(await ask(bureau, foreigner, request.id))).toBe('not_found')
      const facts = { kind: 'request', id: request.id }
      expect((await bureau.entries()).at(-1)).toMatchObject({ act: 'record.withheld', actor: foreigner.account, facts })
    }
    expectNothingCompared()
  })
})

describe('a permit that is no longer good compares nothing', () => {
  async function expectFailed(actor: Actor, permit: Permit, code: string): Promise<void> {
    expect(codeOf(await runSearch(bureau, actor, permit))).toBe(code)
    const entry = { act: 'search.failed', actor: actor.account, facts: { request: permit.request, code } }
    expect((await bureau.entries()).at(-1)).toMatchObject(entry)
    expectNothingCompared()
  }

  it('because a moratorium began', async () => {
    const permit = await bureau.permit(officer)
    must(await startMoratorium(bureau, supervisor, { reason: 'Review.' }))
    await expectFailed(officer, permit, 'moratorium')
    must(await liftMoratorium(bureau, supervisor, { reason: 'Reviewed.' }))
  })

  it('because it ended', async () => {
    const permit = await bureau.permit(officer)
    bureau.clock.advance(15 * 60_000)
    await expectFailed(officer, permit, 'permit_expired')
  })

  it('because the request was decided again', async () => {
    const permit = await bureau.permit(officer)
    must(await decideRequest(bureau, officer, permit.request))
    await expectFailed(officer, permit, 'permit_superseded')
  })

  it('because somebody else holds it', async () => {
    const permit = await bureau.permit(officer)
    await expectFailed(supervisor, permit, 'permit_of_another')
    await expectFailed(foreigner, permit, 'permit_of_another')
  })

  it.each([
    [
      'an object with its fields',
      (permit: Permit) => ({ id: permit.id, request: permit.request, account: permit.account }),
    ],
    ['a copy', (permit: Permit) => structuredClone({ ...permit })],
    ['nothing', () => undefined],
  ])('because it is %s', async (_what, imitate) => {
    const permit = await bureau.permit(officer)
    const before = (await bureau.entries()).length
    const act = runSearch(bureau, officer, imitate(permit) as Permit)
    await expect(act).rejects.toMatchObject({ name: 'PolicyError', code: 'permit_invalid' })
    expect(await bureau.entries()).toHaveLength(before)
    expectNothingCompared()
  })
})

describe('the counts that prove it', () => {
  it('do move when a search is permitted', async () => {
    must(await runSearch(bureau, officer, await bureau.permit(officer)))
    expect([bureau.engine.counts.templates, bureau.gallery.comparisons]).toEqual([1, 1])
  })
})
