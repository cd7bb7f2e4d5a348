import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { canonicalJson, sha256Hex } from '../base/index.ts'
import { moveRequest, readRequest } from '../intake/index.ts'
import { sql } from '../store/index.ts'
import { activePack } from './active-pack.ts'
import { decideRequest } from './decide-request.ts'
import { evaluate } from './evaluate.ts'
import { factsJson } from './facts.ts'
import { permitFor } from './permit-for.ts'
import { codeOf, must, openTestCounty, type TestCounty } from './policy.fixture.ts'
import { readDecision } from './read-policy.ts'

let county: TestCounty
let officer: Actor
let colleague: Actor
let supervisor: Actor
let foreigner: Actor

beforeAll(async () => {
  county = await openTestCounty()
  officer = await county.person('a', ['investigator'])
  colleague = await county.person('a', ['investigator'])
  supervisor = await county.person('a', ['supervisor'], 'none')
  foreigner = await county.person('b', ['investigator', 'supervisor', 'auditor'])
})

afterAll(() => county.store.close())

async function rows(table: string): Promise<number> {
  return await county.store.transaction({ agency: officer.agency }, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx)
    return rows[0]?.n ?? 0
  })
}

describe('a request with nothing wrong', () => {
  it('gets a permit for 15 minutes, a decision and an entry', async () => {
    const request = await county.file(officer)
    const permit = must(await decideRequest(county.deps, officer, request.id))
    expect(permit).toMatchObject({ request: request.id, account: officer.account, agency: officer.agency })
    expect(permit.expiresAt).toBe('2026-11-22T15:15:00.00Z')
    expect(must(await readRequest(county.deps, officer, request.id)).state).toBe('permitted')
    const entry = (await county.entries()).at(-1)
    expect(entry).toMatchObject({ act: 'request.permitted', actor: officer.account, about: request.id })
    expect(entry?.facts).toEqual({
      permit: permit.id,
      policy: activePack().digest,
      directives: activePack().pack.directives.map((directive) => directive.id),
    })
  })

  it('has a decision that can be made again from its record', async () => {
    const request = await county.file(officer)
    const permit = must(await decideRequest(county.deps, officer, request.id))
    const decision = must(await readDecision(county.deps, officer, request.id))
    expect(decision).toMatchObject({ outcome: 'permitted', pack: 'lapd-2020', cedarVersion: '4.13.0' })
    const { id, expiresAt, filter } = permit
    expect(decision?.permit).toEqual({ id, expiresAt, usedAt: null, filter })
    if (decision === null) throw new Error('No decision.')
    expect(evaluate(activePack(), decision.facts).findings).toEqual(decision.findings)
    expect(sha256Hex(canonicalJson(factsJson(decision.facts)))).toBe(decision.factsDigest)
    expect(decision.facts.certificate?.track).toBe('requester')
    expect(JSON.stringify(decision.facts)).not.toContain('without a mask')
  })

  it('permits what it asked to compare, in the decision, the permit and the row of both', async () => {
    const filter = { sexes: ['F'], bookedTo: '2024-12-31', ageTo: 40 }
    const request = await county.file(officer, { filter })
    const permit = must(await decideRequest(county.deps, officer, request.id))
    const asked = {
      sources: null,
      bookedFrom: null,
      bookedTo: '2024-12-31',
      sexes: ['F'],
      bornFrom: 1985,
      bornTo: null,
    }
    expect(permit.filter).toEqual(asked)
    const decision = must(await readDecision(county.deps, officer, request.id))
    expect([decision?.facts.request.filter, decision?.permit?.filter]).toEqual([asked, asked])
    expect(must(await permitFor(county.deps, officer, request.id)).filter).toEqual(asked)
  })

  it('decided twice with the same facts is decided the same', async () => {
    const request = await county.file(officer)
    must(await decideRequest(county.deps, officer, request.id))
    const first = must(await readDecision(county.deps, officer, request.id))
    must(await decideRequest(county.deps, officer, request.id))
    const second = must(await readDecision(county.deps, officer, request.id))
    expect(second?.id).not.toBe(first?.id)
    expect(second?.findings).toEqual(first?.findings)
    expect(second?.factsDigest).toBe(first?.factsDigest)
  })
})

describe('a refusal', () => {
  it('tells the first reason, keeps every finding, and is logged with all codes', async () => {
    const request = await county.file(officer, { caseNumber: ' ', crimeCode: 'WITCHCRAFT', attested: false })
    const outcome = await decideRequest(county.deps, officer, request.id)
    const codes = ['case_number_missing', 'crime_type_unknown', 'acquisition_not_attested']
    expect(outcome).toMatchObject({
      ok: false,
      problem: { kind: 'refusal', code: 'case_number_missing', facts: { codes } },
    })
    const decision = must(await readDecision(county.deps, supervisor, request.id))
    expect(decision?.permit).toBeNull()
    expect(decision?.findings).toHaveLength(14)
    expect((await county.entries()).at(-1)).toMatchObject({
      act: 'request.refused',
      about: request.id,
      facts: { codes, policy: activePack().digest },
    })
    expect(must(await readRequest(county.deps, officer, request.id)).state).toBe('refused')
  })

  it('makes no permit', async () => {
    const before = await rows('permit')
    const request = await county.file(officer, { beneficiaryOri: foreigner.ori })
    expect(codeOf(await decideRequest(county.deps, officer, request.id))).toBe('outside_agency')
    expect(codeOf(await permitFor(county.deps, officer, request.id))).toBe('outside_agency')
    expect(await rows('permit')).toBe(before)
  })
})

describe('who may have a request decided', () => {
  it("another agency's request is not there, and asking is logged", async () => {
    const request = await county.file(officer)
    for (const ask of [decideRequest, permitFor, readDecision]) {
      expect(codeOf(await ask(county.deps, foreigner, request.id))).toBe('not_found')
      const entry = { act: 'record.withheld', actor: foreigner.account, facts: { kind: 'request', id: request.id } }
      expect((await county.entries()).at(-1)).toMatchObject(entry)
    }
    expect(must(await readDecision(county.deps, officer, request.id))).toBeNull()
  })

  it('a colleague does not see it, a supervisor sees it and cannot have it decided', async () => {
    const request = await county.file(officer)
    expect(codeOf(await decideRequest(county.deps, colleague, request.id))).toBe('not_found')
    expect(codeOf(await permitFor(county.deps, supervisor, request.id))).toBe('not_the_requester')
  })

  it('a request that was searched is not decided again', async () => {
    const request = await county.file(officer)
    must(await decideRequest(county.deps, officer, request.id))
    await county.store.transaction({ agency: officer.agency }, (tx) => moveRequest(tx, request.id, 'searched'))
    expect(codeOf(await decideRequest(county.deps, officer, request.id))).toBe('request_already_searched')
    expect(codeOf(await permitFor(county.deps, officer, request.id))).toBe('request_already_searched')
  })
})

describe('nothing is overwritten', () => {
  it.each(['decision', 'permit', 'permit_use', 'moratorium', 'moratorium_lift'])(
    'the service can neither change nor remove a %s',
    async (table) => {
      const run = (statement: ReturnType<typeof sql>) =>
        county.store.transaction({ agency: officer.agency }, (tx) => statement.execute(tx))
      await expect(run(sql`update ${sql.table(table)} set agency = agency`)).rejects.toThrow(/permission denied/)
      await expect(run(sql`delete from ${sql.table(table)}`)).rejects.toThrow(/permission denied/)
    },
  )
})
