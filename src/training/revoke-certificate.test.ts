import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { sql } from '../store/index.ts'
import { listCertificates, ownCertificates } from './list-certificates.ts'
import { revokeCertificate } from './revoke-certificate.ts'
import { issued, lastEntry, open, openTestTraining, type TestTraining, validNow } from './training.fixture.ts'

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

describe('revokeCertificate', () => {
  it('ends the certificate at once; it stays on record', async () => {
    const certificate = await issued(training, officer)
    const request = { certificate: certificate.id, reason: 'misuse' } as const
    expect(await revokeCertificate(deps, supervisor, request)).toMatchObject({
      ok: true,
      value: { id: certificate.id },
    })
    expect(await validNow(training, officer)).toBeNull()
    const facts = { account: officer.account, reason: 'misuse' }
    expect(await lastEntry(deps)).toMatchObject({ act: 'certificate.revoked', about: certificate.id, facts })
    expect(await ownCertificates(deps, officer)).toMatchObject([{ id: certificate.id, issuedAt: certificate.issuedAt }])
    expect(await revokeCertificate(deps, supervisor, request)).toMatchObject({ problem: { code: 'already_revoked' } })
  })

  it('leaves an earlier certificate of the same person alone', async () => {
    const [older, newer] = [
      await issued(training, officer, { completedAt: '2026-06-01' }),
      await issued(training, officer),
    ]
    await revokeCertificate(deps, supervisor, { certificate: newer.id, reason: 'issued_in_error' })
    expect((await validNow(training, officer))?.id).toBe(older.id)
  })

  it('is for supervisors of the agency', async () => {
    const request = { certificate: (await issued(training, officer)).id, reason: 'misuse' } as const
    expect(await revokeCertificate(deps, officer, request)).toMatchObject({ problem: { code: 'role_required' } })
    expect(await revokeCertificate(deps, foreigner, request)).toMatchObject({ problem: { code: 'not_found' } })
    expect(await lastEntry(deps)).toMatchObject({ act: 'record.withheld', facts: { kind: 'certificate' } })
    expect(await validNow(training, officer)).not.toBeNull()
  })

  it('nothing is overwritten: the service may neither change nor delete a certificate', async () => {
    await issued(training, officer)
    for (const statement of [sql`update certificate set score = 1`, sql`delete from certificate_revocation`]) {
      const attempt = deps.store.transaction({ agency: lakeside }, (tx) => statement.execute(tx))
      await expect(attempt).rejects.toThrow(/permission denied/)
    }
  })
})

describe('listCertificates', () => {
  it("holds the own agency's certificates", async () => {
    const certificate = await issued(training, officer)
    const mine = await listCertificates(deps, supervisor)
    expect(mine.ok ? mine.value.map((one) => one.id) : []).toContain(certificate.id)
    expect(await listCertificates(deps, foreigner)).toEqual({ ok: true, value: [] })
    expect(await listCertificates(deps, officer)).toMatchObject({ problem: { code: 'role_required' } })
  })
})
