import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { readRequest } from '../intake/index.ts'
import { sql } from '../store/index.ts'
import { revokeCertificate } from '../training/index.ts'
import { decideRequest } from './decide-request.ts'
import { permitFor } from './permit-for.ts'
import { codeOf, must, openTestCounty, type TestCounty } from './policy.fixture.ts'
import { readDecision } from './read-policy.ts'
import { spendPermit } from './spend-permit.ts'

const MINUTE = 60_000

let county: TestCounty
let officer: Actor
let supervisor: Actor

beforeAll(async () => {
  county = await openTestCounty()
  officer = await county.person('a', ['investigator'])
  supervisor = await county.person('a', ['supervisor'], 'none')
})

afterAll(() => county.store.close())

function spend(permit: Parameters<typeof spendPermit>[2], agency = officer.agency) {
  return county.store.act({ agency }, (tx) => spendPermit(tx, county.deps, permit))
}

async function rows(table: string): Promise<number> {
  return await county.store.transaction({ agency: officer.agency }, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx)
    return rows[0]?.n ?? 0
  })
}

describe('permitFor', () => {
  it('gives the same permit back while it is good, without a new decision', async () => {
    const request = await county.file(officer)
    const first = must(await decideRequest(county.deps, officer, request.id))
    const [decisions, entries] = [await rows('decision'), (await county.entries()).length]
    const again = must(await permitFor(county.deps, officer, request.id))
    expect(again.id).toBe(first.id)
    expect([await rows('decision'), (await county.entries()).length]).toEqual([decisions, entries])
  })

  it('decides a submitted request', async () => {
    const request = await county.file(officer)
    expect(must(await permitFor(county.deps, officer, request.id)).request).toBe(request.id)
  })

  it('gives a new one when the old one is spent or has ended', async () => {
    const request = await county.file(officer)
    const first = must(await decideRequest(county.deps, officer, request.id))
    must(await spend(first))
    const second = must(await permitFor(county.deps, officer, request.id))
    expect(second.id).not.toBe(first.id)
    county.deps.clock.advance(15 * MINUTE)
    const third = must(await permitFor(county.deps, officer, request.id))
    expect(third.id).not.toBe(second.id)
  })

  it('refuses when the certificate was revoked after the permit, and says so on record', async () => {
    const person = await county.person('a', ['investigator'])
    const request = await county.file(person)
    must(await decideRequest(county.deps, person, request.id))
    const decision = must(await readDecision(county.deps, person, request.id))
    const certificate = decision?.facts.certificate?.id ?? ''
    must(await revokeCertificate(county.deps, supervisor, { certificate, reason: 'misuse' }))
    expect(codeOf(await permitFor(county.deps, person, request.id))).toBe('certificate_missing')
    expect((await county.entries()).at(-1)).toMatchObject({
      act: 'request.refused',
      facts: { codes: ['certificate_missing'] },
    })
    expect(must(await readRequest(county.deps, person, request.id)).state).toBe('refused')
  })
})
