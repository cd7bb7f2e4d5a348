import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestOf } from '../intake/index.ts'
import { sql } from '../store/index.ts'
import { openExamination } from './open-examination.ts'
import { recordVerdict } from './record-verdict.ts'
import { examinationOf, signatureOf, verdictsOf } from './records.ts'
import { signExamination } from './sign-examination.ts'
import { signatureDigest } from './signature.ts'
import { must, openTestCounty, type PersonName, type TestCounty } from './test-county.ts'

let county: TestCounty
beforeAll(async () => {
  county = await openTestCounty()
})
afterAll(() => county.deps.store.close())

async function stateOf(request: string): Promise<string | undefined> {
  const { agency } = county.people.first
  return (await county.deps.store.transaction({ agency }, (tx) => requestOf(tx, request)))?.state
}

/** An examination of `first` in which every candidate but `left` has the verdict. */
async function judged(verdict: string, left = 0, name: PersonName = 'first', probe?: string) {
  const request = await county.searched(probe)
  const view = must(await openExamination(county.deps, county.people[name], request))
  for (const { id } of view.candidates.slice(left)) {
    must(await recordVerdict(county.deps, county.people[name], { examination: view.id, candidate: id, verdict }))
  }
  return { request, view, examination: view.id, candidate: view.candidates.at(-1)?.id ?? '' }
}

const reason = { justification: 'Ears and hairline.' }

describe('signExamination', () => {
  it('keeps the signature, its digest and the entry together', async () => {
    const { request, examination, candidate } = await judged('cannot_exclude')
    const said = { examination, conclusion: 'investigative_lead', leadCandidate: candidate, limitations: ' Dark. ' }
    const signed = must(await signExamination(county.deps, county.people.first, { ...said, ...reason }))
    expect(signed).toMatchObject({ request, order: 1, state: 'awaiting_second' })
    expect(signed).not.toHaveProperty('outcome')
    expect(signed).not.toHaveProperty('verified')
    const { agency, account } = county.people.first
    await county.deps.store.transaction({ agency }, async (tx) => {
      const kept = await signatureOf(tx, examination)
      const opened = await examinationOf(tx, examination)
      if (kept === null || opened === null) throw new Error('Not kept.')
      expect(kept).toMatchObject({ limitations: 'Dark.', ...reason, digest: signed.digest })
      expect(signatureDigest(opened, kept, await verdictsOf(tx, examination))).toBe(signed.digest)
      const changed = (await verdictsOf(tx, examination)).map((one) => ({ ...one, verdict: 'excluded' as const }))
      expect(signatureDigest(opened, kept, changed)).not.toBe(signed.digest)
    })
    const facts = { request, order: 1, conclusion: 'investigative_lead', digest: signed.digest }
    expect((await county.entries()).at(-1)).toMatchObject({
      ...{ act: 'examination.signed', actor: account, about: examination, facts },
    })
    expect(await stateOf(request)).toBe('in_verification')
  })

  it('refuses to sign while a candidate has no verdict, and says how many', async () => {
    const { examination } = await judged('excluded', 2)
    const said = { examination, conclusion: 'no_viable_candidate', ...reason }
    expect(await signExamination(county.deps, county.people.first, said)).toMatchObject({
      problem: { code: 'verdicts_missing', facts: { missing: 2, listed: 3 } },
    })
  })

  it.each([
    [{ conclusion: 'identification' }, 'conclusion_unknown'],
    [{ conclusion: 'investigative_lead' }, 'lead_candidate_missing'],
    [{ conclusion: 'investigative_lead', leadCandidate: 'cand_00000000000000000001' }, 'candidate_unknown'],
    [{ conclusion: 'no_viable_candidate', justification: '  ' }, 'justification_missing'],
    [{ conclusion: 'no_viable_candidate', justification: 'x'.repeat(4001) }, 'text_too_long'],
    [{ conclusion: 'no_viable_candidate', limitations: 'x'.repeat(2001) }, 'text_too_long'],
  ])('refuses %o as %s and writes nothing', async (said, code) => {
    const { examination } = await judged('excluded')
    const before = (await county.entries()).length
    const outcome = await signExamination(county.deps, county.people.first, { examination, ...reason, ...said })
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refusal', code } })
    expect(await county.entries()).toHaveLength(before)
  })

  it.each([
    ['investigative_lead', 'excluded', true, 'lead_candidate_not_supported'],
    ['inconclusive', 'excluded', true, 'lead_candidate_unexpected'],
    ['no_viable_candidate', 'cannot_exclude', false, 'conclusion_contradicts_verdicts'],
  ])('refuses %s with every verdict %s', async (conclusion, verdict, named, code) => {
    const { examination, candidate } = await judged(verdict)
    const said = { examination, conclusion, ...reason, ...(named ? { leadCandidate: candidate } : {}) }
    expect(await signExamination(county.deps, county.people.first, said)).toMatchObject({ problem: { code } })
  })

  it('S-13: refuses to sign twice, and the first signature stands', async () => {
    const { examination, candidate } = await judged('cannot_exclude')
    const lead = { examination, conclusion: 'investigative_lead', leadCandidate: candidate, ...reason }
    const signed = must(await signExamination(county.deps, county.people.first, lead))
    const again = { examination, conclusion: 'inconclusive', ...reason }
    expect(await signExamination(county.deps, county.people.first, again)).toMatchObject({
      problem: { code: 'examination_signed' },
    })
    const { agency } = county.people.first
    const kept = await county.deps.store.transaction({ agency }, (tx) => signatureOf(tx, examination))
    expect(kept?.digest).toBe(signed.digest)
  })

  it('signs once when it is asked for twice at once', async () => {
    const { examination } = await judged('excluded')
    const said = { examination, conclusion: 'no_viable_candidate', ...reason }
    const both = await Promise.all([1, 2].map(() => signExamination(county.deps, county.people.first, said)))
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1)
  })

  it('refuses anybody else, and another agency, as if there were no such examination', async () => {
    const { examination } = await judged('excluded')
    const said = { examination, conclusion: 'no_viable_candidate', ...reason }
    for (const name of ['second', 'stranger'] as const) {
      expect(await signExamination(county.deps, county.people[name], said)).toMatchObject({
        problem: { code: 'not_found' },
      })
      const facts = { kind: 'examination', id: examination }
      expect((await county.entries()).at(-1)).toMatchObject({ act: 'record.withheld', facts })
    }
    expect(await signExamination(county.deps, county.people.supervisor, said)).toMatchObject({
      problem: { code: 'role_required' },
    })
  })

  it('refuses an examiner whose certificate expired after the opening', async () => {
    const own = await openTestCounty()
    const request = await own.searched('PERSON:nobody:probe')
    const view = must(await openExamination(own.deps, own.people.first, request))
    own.deps.clock.advance(366 * 86_400_000)
    const said = { examination: view.id, conclusion: 'no_viable_candidate', ...reason }
    expect(await signExamination(own.deps, own.people.first, said)).toMatchObject({
      problem: { code: 'certificate_missing' },
    })
    await own.deps.store.close()
  })

  it('an empty list still takes two examiners, who cannot call it inconclusive', async () => {
    const { request, view, examination } = await judged('excluded', 0, 'first', 'PERSON:nobody:probe')
    expect(view.candidates).toEqual([])
    const inconclusive = { examination, conclusion: 'inconclusive', ...reason }
    expect(await signExamination(county.deps, county.people.first, inconclusive)).toMatchObject({
      problem: { code: 'conclusion_contradicts_verdicts' },
    })
    expect(await county.examine(county.people.first, request)).toMatchObject({ state: 'awaiting_second' })
    const signed = await county.examine(county.people.second, request)
    expect(signed).toMatchObject({ state: 'agreed', outcome: 'no_viable_candidate' })
    expect(await stateOf(request)).toBe('closed')
  })
})

describe('S-13: what the database itself refuses', () => {
  async function attempt(statement: string): Promise<unknown> {
    const { agency } = county.people.first
    return await county.deps.store.transaction({ agency }, (tx) => sql.raw(statement).execute(tx)).catch(String)
  }

  it.each(['examination', 'examination_verdict', 'examination_signature', 'examination_outcome'])(
    'no row of %s is changed or removed',
    async (table) => {
      await county.examine(county.people.first, await county.searched())
      expect(await attempt(`update ${table} set agency = agency`)).toContain('permission denied')
      expect(await attempt(`delete from ${table}`)).toContain('permission denied')
      expect(await attempt(`truncate ${table}`)).toContain('permission denied')
    },
  )

  it('no verdict is added to a signed examination, whoever writes it', async () => {
    const { examination } = await county.examine(county.people.first, await county.searched())
    const { agency } = county.people.first
    expect(
      await attempt(`insert into examination_verdict (agency, examination, candidate, verdict, recorded_at)
        values ('${agency}', '${examination}', 'cand_x', 'excluded', now())`),
    ).toContain('This examination is signed.')
  })

  it('another agency sees and writes no row', async () => {
    const { examination } = await county.examine(county.people.first, await county.searched())
    const { agency } = county.people.stranger
    await county.deps.store.transaction({ agency }, async (tx) => {
      for (const table of ['examination', 'examination_verdict', 'examination_signature', 'examination_outcome']) {
        expect((await sql`select 1 from ${sql.table(table)}`.execute(tx)).rows).toEqual([])
      }
      expect(await examinationOf(tx, examination)).toBeNull()
    })
    const forged = county.deps.store.transaction({ agency }, (tx) =>
      sql`insert into examination (id, agency, request, ord, examiner, opened_at)
        values ('exam_x', ${county.people.first.agency}, 'req_x', 1, ${county.people.first.account}, now())`.execute(
        tx,
      ),
    )
    await expect(forged).rejects.toThrow('row-level security')
  })
})
