import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import type { ExaminationView } from './blind-view.ts'
import { openExamination } from './open-examination.ts'
import { readExamination } from './read-examination.ts'
import { recordVerdict } from './record-verdict.ts'
import { must, openTestCounty, type TestCounty } from './test-county.ts'

let county: TestCounty
beforeAll(async () => {
  county = await openTestCounty()
})
afterAll(() => county.deps.store.close())

async function opened(): Promise<{ view: ExaminationView; examination: string; candidate: string }> {
  const view = must(await openExamination(county.deps, county.people.first, await county.searched()))
  return { view, examination: view.id, candidate: view.candidates[0]?.id ?? '' }
}

describe('recordVerdict', () => {
  it('answers with the verdict, which the view then shows', async () => {
    const { examination, candidate } = await opened()
    const input = { examination, candidate, verdict: 'inconclusive', note: '  The ear is covered.  ' }
    const given = must(await recordVerdict(county.deps, county.people.first, input))
    expect(given).toMatchObject({ id: candidate, verdict: 'inconclusive', note: 'The ear is covered.' })
    const view = must(await readExamination(county.deps, county.people.first, examination))
    expect(view.candidates[0]).toEqual(given)
    expect(view.candidates[1]).toMatchObject({ verdict: null, note: null })
  })

  it('lets the latest verdict count and keeps the earlier one', async () => {
    const { examination, candidate } = await opened()
    for (const verdict of ['excluded', 'cannot_exclude', 'inconclusive']) {
      must(await recordVerdict(county.deps, county.people.first, { examination, candidate, verdict }))
    }
    const view = must(await readExamination(county.deps, county.people.first, examination))
    expect(view.candidates[0]?.verdict).toBe('inconclusive')
    const { agency } = county.people.first
    const { rows } = await county.deps.store.transaction({ agency }, (tx) =>
      sql<{ verdict: string }>`select verdict from examination_verdict where examination = ${examination} order by seq
      `.execute(tx),
    )
    expect(rows.map((row) => row.verdict)).toEqual(['excluded', 'cannot_exclude', 'inconclusive'])
  })

  it.each(['match', '', 'EXCLUDED'])('refuses the unknown verdict "%s"', async (verdict) => {
    const { examination, candidate } = await opened()
    const outcome = await recordVerdict(county.deps, county.people.first, { examination, candidate, verdict })
    expect(outcome).toMatchObject({ problem: { code: 'verdict_unknown', where: 'verdict' } })
  })

  it('refuses a candidate that is not on the list', async () => {
    const { examination } = await opened()
    const input = { examination, candidate: 'cand_00000000000000000001', verdict: 'excluded' }
    expect(await recordVerdict(county.deps, county.people.first, input)).toMatchObject({
      problem: { code: 'candidate_unknown' },
    })
  })

  it('takes a note of 2000 characters and refuses one of 2001', async () => {
    const { examination, candidate } = await opened()
    const input = { examination, candidate, verdict: 'excluded' }
    const fits = await recordVerdict(county.deps, county.people.first, { ...input, note: 'x'.repeat(2000) })
    expect(must(fits).note).toHaveLength(2000)
    expect(await recordVerdict(county.deps, county.people.first, { ...input, note: 'x'.repeat(2001) })).toMatchObject({
      problem: { code: 'text_too_long', where: 'note', facts: { limit: 2000, length: 2001 } },
    })
  })

  it('refuses anybody but the person who opened it, and logs who asked', async () => {
    const { examination, candidate } = await opened()
    const input = { examination, candidate, verdict: 'excluded' }
    for (const name of ['second', 'stranger'] as const) {
      expect(await recordVerdict(county.deps, county.people[name], input)).toMatchObject({
        problem: { code: 'not_found' },
      })
      const { account } = county.people[name]
      expect((await county.entries()).at(-1)).toMatchObject({ act: 'record.withheld', actor: account })
    }
    expect(await recordVerdict(county.deps, county.people.requester, input)).toMatchObject({
      problem: { code: 'role_required' },
    })
  })

  it('S-13: refuses a verdict once the examination is signed', async () => {
    const request = await county.searched()
    const view = must(await openExamination(county.deps, county.people.first, request))
    await county.examine(county.people.first, request, { lead: 1 })
    const input = { examination: view.id, candidate: view.candidates[0]?.id ?? '', verdict: 'inconclusive' }
    expect(await recordVerdict(county.deps, county.people.first, input)).toMatchObject({
      problem: { code: 'examination_signed' },
    })
  })
})
