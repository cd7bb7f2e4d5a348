import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { examinationCandidateImage, examinationProbeImage } from './examination-images.ts'
import { openExamination } from './open-examination.ts'
import { readExamination } from './read-examination.ts'
import { recordVerdict } from './record-verdict.ts'
import { signExamination } from './sign-examination.ts'
import { must, openTestCounty, type PersonName, type TestCounty } from './test-county.ts'

let county: TestCounty
beforeAll(async () => {
  county = await openTestCounty()
})
afterAll(() => county.deps.store.close())

const codeOf = (outcome: { ok: boolean; problem?: { code: string } }) => outcome.problem?.code ?? 'ok'
const reason = { conclusion: 'no_viable_candidate', justification: 'Ears.' }

async function judged(name: PersonName, request: string): Promise<string> {
  const view = must(await openExamination(county.deps, county.people[name], request))
  for (const { id } of view.candidates) {
    const verdict = { examination: view.id, candidate: id, verdict: 'excluded' }
    must(await recordVerdict(county.deps, county.people[name], verdict))
  }
  return view.id
}

describe('at once', () => {
  it('one person who opens an order four times has one examination, opened once in the log', async () => {
    const request = await county.searched()
    const asked = await Promise.all([1, 2, 3, 4].map(() => openExamination(county.deps, county.people.first, request)))
    const ids = new Set(asked.map((outcome) => must(outcome).id))
    expect(ids.size).toBe(1)
    const entries = (await county.entries()).filter((entry) => ids.has(entry.about ?? ''))
    expect(entries.map((entry) => entry.act)).toEqual(['examination.opened'])
  })

  it.each([2, 3] as const)('two examiners who open order %i: one gets it', async (order) => {
    const request = await county.searched()
    await county.examine(county.people.first, request, { lead: 1 })
    if (order === 3) await county.examine(county.people.second, request)
    const names = (['second', 'third', 'both'] as const).slice(order - 2)
    const asked = await Promise.all(names.map((name) => openExamination(county.deps, county.people[name], request)))
    const given = asked.flatMap((outcome) => (outcome.ok ? [outcome.value.order] : []))
    expect(given).toEqual([order])
    expect(asked.map(codeOf).filter((code) => code !== 'ok')).toEqual(
      Array.from({ length: names.length - 1 }, () => 'examination_taken'),
    )
  })

  it('a signature given five times is one: one row, one entry, one outcome', async () => {
    const request = await county.searched()
    await county.examine(county.people.first, request)
    const examination = await judged('second', request)
    const said = { examination, ...reason }
    const asked = await Promise.all([1, 2, 3, 4, 5].map(() => signExamination(county.deps, county.people.second, said)))
    expect(asked.map(codeOf).sort()).toEqual([...Array.from({ length: 4 }, () => 'examination_signed'), 'ok'])
    const entries = (await county.entries()).filter((entry) => entry.facts.request === request)
    expect(entries.filter((entry) => entry.act === 'examination.signed')).toHaveLength(2)
    expect(entries.filter((entry) => entry.act === 'examination.resolved')).toHaveLength(1)
  })

  it('verdicts and the signature: what is signed is what counts, and nothing comes after it', async () => {
    const examination = await judged('first', await county.searched())
    const view = must(await readExamination(county.deps, county.people.first, examination))
    const late = view.candidates.map(({ id }) => {
      return recordVerdict(county.deps, county.people.first, { examination, candidate: id, verdict: 'inconclusive' })
    })
    const signing = signExamination(county.deps, county.people.first, { examination, ...reason })
    const [signature, ...verdicts] = await Promise.all([signing, ...late])
    expect(codeOf(signature)).toBe('ok')
    const { agency } = county.people.first
    const rows = await county.deps.store.transaction({ agency }, async (tx) => {
      const kept = await sql<{ n: string }>`select count(*) as n from examination_verdict
        where examination = ${examination}`.execute(tx)
      return Number(kept.rows[0]?.n)
    })
    const taken = verdicts.filter((outcome) => outcome.ok).length
    expect(rows).toBe(view.candidates.length + taken)
    for (const code of verdicts.map(codeOf)) expect(['ok', 'examination_signed']).toContain(code)
    const again = { examination, candidate: view.candidates[0]?.id ?? '', verdict: 'inconclusive' }
    expect(codeOf(await recordVerdict(county.deps, county.people.first, again))).toBe('examination_signed')
  })
})

describe('who sees the photographs of an examination', () => {
  it.each([
    ['first', 'ok'],
    ['second', 'not_found'],
    ['third', 'not_found'],
    ['both', 'not_found'],
    ['stranger', 'not_found'],
    ['supervisor', 'role_required'],
    ['auditor', 'role_required'],
    ['custodian', 'role_required'],
    ['requester', 'role_required'],
    ['colleague', 'role_required'],
  ] as const)('%s: %s, while it is open and once it is signed', async (name, code) => {
    const request = await county.searched()
    const examination = await judged('first', request)
    const view = must(await readExamination(county.deps, county.people.first, examination))
    const candidate = view.candidates[0]?.id ?? ''
    const look = async () => [
      codeOf(await examinationProbeImage(county.deps, county.people[name], examination)),
      codeOf(await examinationCandidateImage(county.deps, county.people[name], examination, candidate)),
    ]
    expect(await look()).toEqual([code, code])
    must(await signExamination(county.deps, county.people.first, { examination, ...reason }))
    expect(await look()).toEqual([code, code])
  })

  it('not by the candidate ids of the other examination of the same request', async () => {
    const request = await county.searched()
    const first = await judged('first', request)
    must(await signExamination(county.deps, county.people.first, { examination: first, ...reason }))
    const second = must(await openExamination(county.deps, county.people.second, request))
    for (const { id } of second.candidates) {
      const outcome = await examinationCandidateImage(county.deps, county.people.first, first, id)
      expect(codeOf(outcome)).toBe('candidate_unknown')
    }
  })
})
