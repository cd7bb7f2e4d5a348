import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { commitCase } from './commit-case.ts'
import { goodForm, must, openTestIntake, person, type TestIntake } from './intake.fixture.ts'
import { readRequest } from './read-request.ts'
import type { RequestInput, SearchRequest } from './request.ts'
import { submitRequest } from './submit-request.ts'

const officer = person('rivera', 'a', 'investigator')
const foreigner = person('stone', 'b', 'investigator', 'supervisor', 'auditor')

let intake: TestIntake
let probe: string

beforeAll(async () => {
  intake = await openTestIntake()
  probe = (await intake.probe(officer, 'TWOFACES')).id
})

afterAll(() => intake.store.close())

async function filed(changes: Partial<RequestInput> = {}): Promise<SearchRequest> {
  return must(await submitRequest(intake.deps, officer, goodForm(probe, changes)))
}

describe('filing a request', () => {
  it('keeps everything the form said', async () => {
    const request = await filed({
      crimeStatute: ' PC 211 ',
      otherMeansTried: 'Canvassed the street.',
      conflictDeclared: true,
      conflictNote: 'The victim is a cousin.',
      limit: 50,
      faceIndex: 1,
    })
    expect(request).toEqual({
      id: request.id,
      agency: 'agcy_a',
      requester: 'acct_rivera',
      requesterName: 'rivera',
      createdAt: '2026-11-22T15:00:00.00Z',
      caseNumber: '20-1114732',
      crimeCode: 'ROBBERY',
      crimeStatute: 'PC 211',
      purpose: 'investigate_crime',
      predicate: { level: 'reasonable_suspicion', narrative: 'The shop camera shows the robber without a mask.' },
      beneficiaryOri: 'CA0190000',
      probe,
      faceIndex: 1,
      probeSource: 'cctv',
      acquisition: { basis: 'business_record', from: 'The shop owner', at: '2026-11-20T00:00:00.00Z' },
      depicts: 'person_sought',
      attested: true,
      capturedAt: '2026-11-19T22:14:00.00Z',
      otherMeansTried: 'Canvassed the street.',
      conflictDeclared: true,
      conflictNote: 'The victim is a cousin.',
      limit: 50,
      filter: null,
      state: 'submitted',
    })
    expect(must(await readRequest(intake.deps, officer, request.id))).toEqual(request)
  })

  it('asks for 20 candidates when the form does not say', async () => {
    expect((await filed()).limit).toBe(20)
  })

  it('is logged with crime and purpose, with the case number committed to and never a narrative', async () => {
    const request = await filed({ predicate: { level: 'emergency', narrative: 'A secret narrative.' } })
    const entry = (await intake.entries()).find((line) => line.about === request.id)
    expect(entry).toMatchObject({ act: 'request.submitted', actor: 'acct_rivera', agency: 'agcy_a' })
    const { rows } = await intake.store.transaction({ agency: 'agcy_a' }, (tx) =>
      sql<{ case_salt: string }>`select case_salt from request where id = ${request.id}`.execute(tx),
    )
    const caseCommitment = commitCase('20-1114732', rows[0]?.case_salt).digest
    const facts = { probe, face: 0, caseCommitment, crime: 'ROBBERY', purpose: 'investigate_crime' }
    expect(entry?.facts).toEqual({ ...facts, beneficiary: 'CA0190000' })
    expect(JSON.stringify(await intake.entries())).not.toMatch(/secret narrative|20-1114732/)
  })

  it.each([
    ['no case number', { caseNumber: undefined }, 'caseNumber'],
    ['null as case number', { caseNumber: null }, 'caseNumber'],
    ['a case number of spaces', { caseNumber: ' \t \u00a0 ' }, 'caseNumber'],
    ['a case number of invisible characters', { caseNumber: '\u200b\u2060\ufeff' }, 'caseNumber'],
    ['no crime type', { crimeCode: undefined }, 'crimeCode'],
    ['a crime type of spaces', { crimeCode: '   ' }, 'crimeCode'],
  ] as const)('%s is kept as missing: policy refuses it on record', async (_what, changes, field) => {
    expect((await filed(changes))[field]).toBe('')
  })

  it('writes crime codes and agencies in upper case and keeps unknown ones for policy', async () => {
    const request = await filed({ crimeCode: ' witchcraft ', beneficiaryOri: ' ca0190100 ' })
    expect(request).toMatchObject({ crimeCode: 'WITCHCRAFT', beneficiaryOri: 'CA0190100' })
  })

  it('puts no stranger’s text into the log in place of a code', async () => {
    const request = await filed({ crimeCode: 'John Doe of 4 Main St', beneficiaryOri: 'Jane Doe, 5551234' })
    expect((await intake.entries()).at(-1)).toMatchObject({
      about: request.id,
      facts: { crime: 'unknown', beneficiary: 'unknown' },
    })
    expect(request.crimeCode).toBe('JOHN DOE OF 4 MAIN ST')
  })

  it('never changes its text afterwards', async () => {
    const request = await filed()
    const change = intake.store.transaction({ agency: 'agcy_a' }, (tx) =>
      sql`update request set case_number = 'other' where id = ${request.id}`.execute(tx),
    )
    await expect(change).rejects.toThrow(/permission denied/)
  })
})

describe('a form that cannot be used', () => {
  const long = (length: number) => 'x'.repeat(length)
  it.each<[string, Record<string, unknown>, string]>([
    ['purpose', { purpose: 'curiosity' }, 'unknown_value'],
    ['purpose', { purpose: undefined }, 'unknown_value'],
    ['predicate.level', { predicate: { level: 'hunch', narrative: 'x' } }, 'unknown_value'],
    ['predicate.level', { predicate: undefined }, 'unknown_value'],
    ['probeSource', { probeSource: 'web_crawl' }, 'unknown_value'],
    ['acquisition.basis', { acquisition: { basis: 'bought' } }, 'unknown_value'],
    ['depicts', { depicts: 'celebrity' }, 'unknown_value'],
    ['caseNumber', { caseNumber: long(41) }, 'text_too_long'],
    ['crimeCode', { crimeCode: long(65) }, 'text_too_long'],
    ['crimeStatute', { crimeStatute: long(81) }, 'text_too_long'],
    ['predicate.narrative', { predicate: { level: 'none', narrative: long(4001) } }, 'text_too_long'],
    ['beneficiaryOri', { beneficiaryOri: long(21) }, 'text_too_long'],
    ['acquisition.from', { acquisition: { basis: 'other', from: long(301) } }, 'text_too_long'],
    ['otherMeansTried', { otherMeansTried: long(2001) }, 'text_too_long'],
    ['conflictNote', { conflictNote: long(1001) }, 'text_too_long'],
    ['caseNumber', { caseNumber: '20-1\u0000' }, 'text_unusable'],
    ['caseNumber', { caseNumber: '\ud800' }, 'text_unusable'],
    ['caseNumber', { caseNumber: 12 }, 'text_unusable'],
    ['attested', { attested: 'yes' }, 'answer_missing'],
    ['attested', { attested: undefined }, 'answer_missing'],
    ['conflictDeclared', { conflictDeclared: 1 }, 'answer_missing'],
    ['limit', { limit: 0 }, 'limit_out_of_range'],
    ['limit', { limit: 51 }, 'limit_out_of_range'],
    ['limit', { limit: 1.5 }, 'limit_out_of_range'],
    ['limit', { limit: Number.NaN }, 'limit_out_of_range'],
    ['faceIndex', { faceIndex: -1 }, 'no_such_face'],
    ['faceIndex', { faceIndex: 2 }, 'no_such_face'],
    ['faceIndex', { faceIndex: 0.5 }, 'no_such_face'],
    ['capturedAt', { capturedAt: 'yesterday' }, 'date_unusable'],
    ['capturedAt', { capturedAt: '2026-02-31' }, 'date_unusable'],
    ['capturedAt', { capturedAt: '2026-02-31T10:00:00Z' }, 'date_unusable'],
    ['capturedAt', { capturedAt: '2026-11-22T10:00:00' }, 'date_unusable'],
    ['capturedAt', { capturedAt: '2026-11-24' }, 'date_in_future'],
    ['acquisition.at', { acquisition: { basis: 'other', at: '2026-13-01' } }, 'date_unusable'],
  ])('names %s for %j', async (where, changes, code) => {
    const before = await intake.count('request', 'agcy_a')
    const outcome = await submitRequest(intake.deps, officer, { ...goodForm(probe), ...changes } as RequestInput)
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refusal', code, where } })
    expect(await intake.count('request', 'agcy_a')).toBe(before)
  })

  it('takes texts of exactly the greatest length', async () => {
    const predicate = { level: 'none', narrative: long(4000) }
    const request = await filed({ caseNumber: long(40), predicate, otherMeansTried: long(2000) })
    expect(request.predicate.narrative).toHaveLength(4000)
  })

  it('refuses an unknown probe, and logs who asked for it', async () => {
    const form = goodForm('probe_00000000000000000000')
    const outcome = await submitRequest(intake.deps, officer, form)
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'no_such_probe', where: 'probe' } })
    expect((await intake.entries()).at(-1)).toMatchObject({ act: 'record.withheld', facts: { kind: 'probe' } })
  })

  it('refuses a colleague’s probe with the same words: who may not see it may not search with it', async () => {
    const outcome = await submitRequest(intake.deps, person('nash', 'a', 'investigator'), goodForm(probe))
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'no_such_probe', where: 'probe' } })
    expect((await intake.entries()).at(-1)).toMatchObject({
      act: 'record.withheld',
      facts: { kind: 'probe', id: probe },
    })
  })

  it("refuses another agency's probe with the same words", async () => {
    const own = await submitRequest(intake.deps, foreigner, goodForm('probe_00000000000000000000'))
    const theirs = await submitRequest(intake.deps, foreigner, goodForm(probe))
    expect(theirs).toEqual(own)
    expect((await intake.entries()).at(-1)).toMatchObject({
      act: 'record.withheld',
      actor: foreigner.account,
      facts: { kind: 'probe', id: probe },
    })
  })

  it('any text at all is either kept trimmed or refused, never thrown', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    const check = fc.asyncProperty(text, text, async (caseNumber, narrative) => {
      const form = goodForm(probe, { caseNumber, predicate: { level: 'none', narrative } })
      const outcome = await submitRequest(intake.deps, officer, form)
      if (!outcome.ok) expect(['text_unusable', 'text_too_long']).toContain(outcome.problem.code)
      else expect(outcome.value.caseNumber).toBe(outcome.value.caseNumber.trim())
    })
    await fc.assert(check, { numRuns: 40 })
  })
})
