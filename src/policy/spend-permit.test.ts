import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { NO_FILTER } from '../gallery/index.ts'
import type { RequestFilterInput } from '../intake/index.ts'
import { decideRequest } from './decide-request.ts'
import { Permit } from './permit.ts'
import { codeOf, must, openTestCounty, type TestCounty } from './policy.fixture.ts'
import { readDecision } from './read-policy.ts'
import { spendPermit } from './spend-permit.ts'

const MINUTE = 60_000

let county: TestCounty
let officer: Actor
let foreigner: Actor

beforeAll(async () => {
  county = await openTestCounty()
  officer = await county.person('a', ['investigator'])
  foreigner = await county.person('b', ['investigator', 'supervisor', 'auditor'])
})

afterAll(() => county.store.close())

function spend(permit: Parameters<typeof spendPermit>[2], agency = officer.agency) {
  return county.store.act({ agency }, (tx) => spendPermit(tx, county.deps, permit))
}

describe('spending a permit', () => {
  async function permitted(filter: RequestFilterInput | null = null) {
    const request = await county.file(officer, { filter })
    return must(await decideRequest(county.deps, officer, request.id))
  }

  it('works once', async () => {
    const permit = await permitted()
    expect(must(await spend(permit)).id).toBe(permit.id)
    expect(codeOf(await spend(permit))).toBe('permit_spent')
    const decision = must(await readDecision(county.deps, officer, permit.request))
    expect(decision?.permit?.usedAt).not.toBeNull()
  })

  it('works once even when tried at the same moment', async () => {
    const permit = await permitted()
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => spend(permit)))
    expect(outcomes.map(codeOf).sort()).toEqual(['ok', 'permit_spent', 'permit_spent', 'permit_spent'])
  })

  it.each([
    ['a moment before its end', 15 * MINUTE - 10, 'ok'],
    ['at its end', 15 * MINUTE, 'permit_expired'],
  ])('%s: %s', async (_when, wait, code) => {
    const permit = await permitted()
    county.deps.clock.advance(wait)
    expect(codeOf(await spend(permit))).toBe(code)
  })

  it.each([
    ['for another account', { account: 'acct_00000000000000000099' }],
    ['that lasts longer', { expiresAt: '2999-01-01T00:00:00.00Z' }],
    ['with a wider filter', { filter: NO_FILTER }],
    ['with another filter', { filter: { ...NO_FILTER, sexes: ['M'] as const } }],
  ])('made from a real one %s is worth nothing: the row counts', async (_what, change) => {
    const { id, agency, request, account, policyDigest, expiresAt, filter } = await permitted({ sexes: ['F'] })
    const forged = Permit.issue({ id, agency, request, account, policyDigest, expiresAt, filter, ...change })
    expect(codeOf(await spend(forged))).toBe('permit_superseded')
  })

  it('does not work after a newer decision', async () => {
    const permit = await permitted()
    must(await decideRequest(county.deps, officer, permit.request))
    expect(codeOf(await spend(permit))).toBe('permit_superseded')
  })

  it('does not work in the name of another agency', async () => {
    const permit = await permitted()
    expect(codeOf(await spend(permit, foreigner.agency))).toBe('permit_superseded')
    expect(codeOf(await spend(permit))).toBe('ok')
  })
})
