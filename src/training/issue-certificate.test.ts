import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, actorOfAccount, INSTALLATION, openAccount, type Role, registerAgency } from '../access/index.ts'
import { fixedClock, randomIds } from '../base/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import type { Certificate } from './certificate.ts'
import { type CertificateInput, issueCertificate } from './issue-certificate.ts'
import { listCertificates, ownCertificates } from './list-certificates.ts'
import { certificatesOf, validCertificate } from './records.ts'
import { revokeCertificate } from './revoke-certificate.ts'

const DAY = 86_400_000

let store: TestStore
let clock: ReturnType<typeof fixedClock>
let deps: { store: TestStore; clock: ReturnType<typeof fixedClock>; ids: typeof randomIds }
let lakeside: string
let supervisor: Actor
let officer: Actor
let foreigner: Actor

async function agency(ori: string): Promise<string> {
  const format = { caseNumberPattern: '\\d+', caseNumberExample: '1' }
  const outcome = await registerAgency(deps, INSTALLATION, { ori, name: ori, ...format })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value.id
}

async function open(at: string, ...roles: Role[]): Promise<Actor> {
  const username = `user${Math.random().toString(36).slice(2, 12)}`
  const input = { username, name: 'P. Quill', agency: at, roles, password: 'a long enough phrase' }
  const outcome = await openAccount(deps, INSTALLATION, input)
  if (!outcome.ok) throw new Error(outcome.problem.message)
  const actor = await store.transaction({ agency: null }, (tx) => actorOfAccount(tx, outcome.value.id))
  if (actor === null) throw new Error('No such actor.')
  return actor
}

function input(changes: Partial<CertificateInput> = {}): CertificateInput {
  const course = { track: 'requester', course: 'face-search-requester', courseVersion: '2026.1' } as const
  return { account: officer.account, ...course, score: 0.9, ...changes }
}

async function issued(changes: Partial<CertificateInput> = {}): Promise<Certificate> {
  const outcome = await issueCertificate(deps, supervisor, input(changes))
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value
}

function valid(track: 'requester' | 'examiner' = 'requester', scope = lakeside): Promise<Certificate | null> {
  return store.transaction({ agency: scope }, (tx) => validCertificate(tx, officer.account, track, clock.now()))
}

async function lastEntry(): Promise<unknown> {
  const { rows } = await store.transaction({ agency: null }, (tx) =>
    sql<{ leaf: string }>`select leaf from log_entry order by seq desc limit 1`.execute(tx),
  )
  return JSON.parse(rows[0]?.leaf ?? '{}')
}

beforeAll(async () => {
  store = await openTestStore()
  clock = fixedClock('2026-11-22T08:00:00Z')
  deps = { store, clock, ids: randomIds }
  lakeside = await agency('CA0194200')
  supervisor = await open(lakeside, 'supervisor')
  foreigner = await open(await agency('CA0194300'), 'supervisor')
})

beforeEach(async () => {
  officer = await open(lakeside, 'investigator')
})

afterAll(() => store.close())

describe('issueCertificate', () => {
  it('counts from now for 12 months, and is logged', async () => {
    const certificate = await issued()
    expect(certificate.expiresAt).toBe(new Date(clock.now().getTime() + 365 * DAY).toISOString().replace('000Z', '00Z'))
    expect(await valid()).toEqual(certificate)
    const { id: about, expiresAt: expires } = certificate
    const { account } = officer
    const facts = { account, track: 'requester', course: 'face-search-requester', expires }
    expect(await lastEntry()).toMatchObject({ act: 'certificate.issued', actor: supervisor.account, about, facts })
  })

  it('counts for its own track alone', async () => {
    await issued()
    expect(await valid('examiner')).toBeNull()
  })

  it('runs from the completion of the course: an old course makes no valid certificate', async () => {
    const old = await issued({ completedAt: '2025-10-01' })
    expect(old.expiresAt).toBe('2026-10-01T00:00:00.00Z')
    expect(await valid()).toBeNull()
  })

  it('the certificate that lasts longest is the one that counts', async () => {
    await issued({ completedAt: '2026-03-01' })
    const newest = await issued({ completedAt: '2026-11-01' })
    await issued({ completedAt: '2026-06-01' })
    expect((await valid())?.id).toBe(newest.id)
  })

  it('before there is a supervisor, installation issues it without a name', async () => {
    const outcome = await issueCertificate(deps, INSTALLATION, input())
    expect(outcome).toMatchObject({ ok: true, value: { issuedBy: null } })
    expect(await lastEntry()).toMatchObject({ act: 'certificate.issued', actor: null })
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
    expect(await issueCertificate(deps, supervisor, input(changes))).toMatchObject({ ok: false, problem: { code } })
    expect(await valid()).toBeNull()
  })

  it('is for supervisors', async () => {
    for (const role of ['investigator', 'examiner', 'custodian', 'auditor', 'administrator'] as const) {
      const outcome = await issueCertificate(deps, { ...supervisor, roles: [role] }, input())
      expect(outcome).toMatchObject({ ok: false, problem: { code: 'role_required' } })
    }
  })

  it('nobody certifies himself, and the database holds to it', async () => {
    const outcome = await issueCertificate(deps, supervisor, input({ account: supervisor.account }))
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'self_certification' } })
    const forged = { ...(await issued()), id: 'cert_forged' }
    const attempt = store.transaction({ agency: lakeside }, (tx) =>
      sql`insert into certificate values (${forged.id}, ${lakeside}, ${officer.account}, 'requester', 'c', '1', 1,
        now(), now(), now() + interval '1 year', ${officer.account})`.execute(tx),
    )
    await expect(attempt).rejects.toThrow(/not_by_the_holder/)
  })

  it('knows no account of another agency, and logs that it was asked for', async () => {
    const outcome = await issueCertificate(deps, foreigner, input())
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'not_found' } })
    const facts = { kind: 'account', id: officer.account }
    expect(await lastEntry()).toMatchObject({ act: 'record.withheld', actor: foreigner.account, facts })
  })
})

describe('validCertificate', () => {
  it('ends with the last day', async () => {
    const start = clock.now().getTime()
    await issued()
    clock.advance(365 * DAY - 1)
    expect(await valid()).not.toBeNull()
    clock.advance(1)
    expect(await valid()).toBeNull()
    clock.advance(start - clock.now().getTime())
  })

  it('sees nothing from another agency (row-level security)', async () => {
    await issued()
    expect(await valid('requester', foreigner.agency)).toBeNull()
    const rows = await store.transaction({ agency: null }, (tx) => certificatesOf(tx, officer.account))
    expect(rows).toEqual([])
  })
})

describe('revokeCertificate', () => {
  it('ends the certificate at once; it stays on record', async () => {
    const certificate = await issued()
    const request = { certificate: certificate.id, reason: 'misuse' } as const
    expect(await revokeCertificate(deps, supervisor, request)).toMatchObject({
      ok: true,
      value: { id: certificate.id },
    })
    expect(await valid()).toBeNull()
    const facts = { account: officer.account, reason: 'misuse' }
    expect(await lastEntry()).toMatchObject({ act: 'certificate.revoked', about: certificate.id, facts })
    expect(await ownCertificates(deps, officer)).toMatchObject([{ id: certificate.id, issuedAt: certificate.issuedAt }])
    expect(await revokeCertificate(deps, supervisor, request)).toMatchObject({ problem: { code: 'already_revoked' } })
  })

  it('leaves an earlier certificate of the same person alone', async () => {
    const [older, newer] = [await issued({ completedAt: '2026-06-01' }), await issued()]
    await revokeCertificate(deps, supervisor, { certificate: newer.id, reason: 'issued_in_error' })
    expect((await valid())?.id).toBe(older.id)
  })

  it('is for supervisors of the agency', async () => {
    const request = { certificate: (await issued()).id, reason: 'misuse' } as const
    expect(await revokeCertificate(deps, officer, request)).toMatchObject({ problem: { code: 'role_required' } })
    expect(await revokeCertificate(deps, foreigner, request)).toMatchObject({ problem: { code: 'not_found' } })
    expect(await lastEntry()).toMatchObject({ act: 'record.withheld', facts: { kind: 'certificate' } })
    expect(await valid()).not.toBeNull()
  })

  it('nothing is overwritten: the service may neither change nor delete a certificate', async () => {
    await issued()
    for (const statement of [sql`update certificate set score = 1`, sql`delete from certificate_revocation`]) {
      const attempt = store.transaction({ agency: lakeside }, (tx) => statement.execute(tx))
      await expect(attempt).rejects.toThrow(/permission denied/)
    }
  })
})

describe('listCertificates', () => {
  it("holds the own agency's certificates", async () => {
    const certificate = await issued()
    const mine = await listCertificates(deps, supervisor)
    expect(mine.ok ? mine.value.map((one) => one.id) : []).toContain(certificate.id)
    expect(await listCertificates(deps, foreigner)).toEqual({ ok: true, value: [] })
    expect(await listCertificates(deps, officer)).toMatchObject({ problem: { code: 'role_required' } })
  })
})
