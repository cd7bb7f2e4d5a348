import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, INSTALLATION } from '../access/index.ts'
import { sql } from '../store/index.ts'
import { issueCertificate } from './issue-certificate.ts'
import { certificatesOf } from './records.ts'
import { courseOf, issued, lastEntry, open, openTestTraining, type TestTraining, validNow } from './training.fixture.ts'

const DAY = 86_400_000

let training: TestTraining
let deps: TestTraining['deps']
let lakeside: string
let supervisor: Actor
let foreigner: Actor
let officer: Actor

beforeAll(async () => {
  training = await openTestTraining()
  ;({ deps, lakeside, supervisor, foreigner } = training)
})

beforeEach(async () => {
  officer = await open(deps, lakeside, 'investigator')
})

afterAll(() => deps.store.close())

describe('issueCertificate', () => {
  it('counts from now for 12 months, and is logged', async () => {
    const certificate = await issued(training, officer)
    expect(certificate.expiresAt).toBe(
      new Date(deps.clock.now().getTime() + 365 * DAY).toISOString().replace('000Z', '00Z'),
    )
    expect(await validNow(training, officer)).toEqual(certificate)
    const { id: about, expiresAt: expires } = certificate
    const { account } = officer
    const facts = { account, track: 'requester', course: 'face-search-requester', expires }
    expect(await lastEntry(deps)).toMatchObject({ act: 'certificate.issued', actor: supervisor.account, about, facts })
  })

  it('counts for its own track alone', async () => {
    await issued(training, officer)
    expect(await validNow(training, officer, { track: 'examiner' })).toBeNull()
  })

  it('runs from the completion of the course: an old course makes no valid certificate', async () => {
    const old = await issued(training, officer, { completedAt: '2025-10-01' })
    expect(old.expiresAt).toBe('2026-10-01T00:00:00.00Z')
    expect(await validNow(training, officer)).toBeNull()
  })

  it('the certificate that lasts longest is the one that counts', async () => {
    await issued(training, officer, { completedAt: '2026-03-01' })
    const newest = await issued(training, officer, { completedAt: '2026-11-01' })
    await issued(training, officer, { completedAt: '2026-06-01' })
    expect((await validNow(training, officer))?.id).toBe(newest.id)
  })

  it('before there is a supervisor, installation issues it without a name', async () => {
    const outcome = await issueCertificate(deps, INSTALLATION, courseOf(officer))
    expect(outcome).toMatchObject({ ok: true, value: { issuedBy: null } })
    expect(await lastEntry(deps)).toMatchObject({ act: 'certificate.issued', actor: null })
  })

  it.each([
    ['score_below_pass_mark', { score: 0.79 }],
    ['score_below_pass_mark', { score: 1.01 }],
    ['score_below_pass_mark', { score: Number.NaN }],
    ['score_below_pass_mark', { track: 'examiner', score: 0.84 }],
    ['course_missing', { course: ' ' }],
    ['course_missing', { courseVersion: '' }],
    ['completion_date_unusable', { completedAt: 'last week' }],
    ['completion_date_unusable', { completedAt: '2026-11-23' }],
    ['not_found', { account: 'acct_none' }],
  ] as const)('refuses: %s %j', async (code, changes) => {
    expect(await issueCertificate(deps, supervisor, courseOf(officer, changes))).toMatchObject({
      ok: false,
      problem: { code },
    })
    expect(await validNow(training, officer)).toBeNull()
  })

  it('is for supervisors', async () => {
    for (const role of ['investigator', 'examiner', 'custodian', 'auditor', 'administrator'] as const) {
      const outcome = await issueCertificate(deps, { ...supervisor, roles: [role] }, courseOf(officer))
      expect(outcome).toMatchObject({ ok: false, problem: { code: 'role_required' } })
    }
  })

  it('nobody certifies himself, and the database holds to it', async () => {
    const outcome = await issueCertificate(deps, supervisor, courseOf(officer, { account: supervisor.account }))
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'self_certification' } })
    const forged = { ...(await issued(training, officer)), id: 'cert_forged' }
    const attempt = deps.store.transaction({ agency: lakeside }, (tx) =>
      sql`insert into certificate values (${forged.id}, ${lakeside}, ${officer.account}, 'requester', 'c', '1', 1,
        now(), now(), now() + interval '1 year', ${officer.account})`.execute(tx),
    )
    await expect(attempt).rejects.toThrow(/not_by_the_holder/)
  })

  it('knows no account of another agency, and logs that it was asked for', async () => {
    const outcome = await issueCertificate(deps, foreigner, courseOf(officer))
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'not_found' } })
    const facts = { kind: 'account', id: officer.account }
    expect(await lastEntry(deps)).toMatchObject({ act: 'record.withheld', actor: foreigner.account, facts })
  })
})

describe('validCertificate', () => {
  it('ends with the last day', async () => {
    const start = deps.clock.now().getTime()
    await issued(training, officer)
    deps.clock.advance(365 * DAY - 1)
    expect(await validNow(training, officer)).not.toBeNull()
    deps.clock.advance(1)
    expect(await validNow(training, officer)).toBeNull()
    deps.clock.advance(start - deps.clock.now().getTime())
  })

  it('sees nothing from another agency (row-level security)', async () => {
    await issued(training, officer)
    expect(await validNow(training, officer, { agency: foreigner.agency })).toBeNull()
    const rows = await deps.store.transaction({ agency: null }, (tx) => certificatesOf(tx, officer.account))
    expect(rows).toEqual([])
  })
})
