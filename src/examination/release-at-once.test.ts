import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { openExamination } from './open-examination.ts'
import { recordVerdict } from './record-verdict.ts'
import { releaseExamination } from './release-examination.ts'
import { signExamination } from './sign-examination.ts'
import { must, openTestCounty, type PersonName, type TestCounty } from './test-county.ts'

let county: TestCounty
beforeAll(async () => {
  county = await openTestCounty()
})
afterAll(() => county.deps.store.close())

const codeOf = (outcome: { ok: boolean; problem?: { code: string } }) => outcome.problem?.code ?? 'ok'

async function opened(name: PersonName = 'first', request?: string) {
  const asked = request ?? (await county.searched())
  const view = must(await openExamination(county.deps, county.people[name], asked))
  return { request: asked, view, examination: view.id }
}

async function release(name: PersonName, examination: string, reason = 'ABSENT') {
  return await releaseExamination(county.deps, county.people[name], { examination, reason })
}

describe('at once', () => {
  it('a release and a signature: one of them ends the examination', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { view, examination } = await opened()
      for (const { id } of view.candidates) {
        const verdict = { examination, candidate: id, verdict: 'excluded' }
        must(await recordVerdict(county.deps, county.people.first, verdict))
      }
      const said = { examination, conclusion: 'no_viable_candidate', justification: 'Ears.' }
      const acts = [
        () => signExamination(county.deps, county.people.first, said),
        () => release('supervisor', examination),
      ]
      const order = round % 2 === 0 ? acts : [...acts].reverse()
      const outcomes = await Promise.all(order.map((act) => act()))
      const codes = outcomes.map(codeOf)
      expect(codes.filter((code) => code === 'ok')).toHaveLength(1)
      expect(codes.filter((code) => code !== 'ok')[0]).toMatch(/^examination_(signed|released)$/)
      const ends = (await county.entries()).filter((entry) => entry.about === examination)
      expect(ends.map((entry) => entry.act)).toHaveLength(2)
    }
  })

  it('two releases: one counts; then two who open: one gets the order', async () => {
    const { request, examination } = await opened()
    const asked = await Promise.all([release('supervisor', examination), release('both', examination)])
    expect(asked.map(codeOf).sort()).toEqual(['examination_released', 'ok'])
    const names = ['second', 'third'] as const
    const claims = await Promise.all(names.map((name) => openExamination(county.deps, county.people[name], request)))
    expect(claims.map(codeOf).sort()).toEqual(['examination_taken', 'ok'])
  })
})

describe('what the database itself refuses of releases', () => {
  async function attempt(statement: ReturnType<typeof sql>) {
    const { agency } = county.people.first
    return await county.deps.store.transaction({ agency }, (tx) => statement.execute(tx)).then(() => 'done', String)
  }
  const claim = (request: string, order: number, name: PersonName) => {
    const { agency, account } = county.people[name]
    const id = county.deps.ids.next('exam')
    return attempt(sql`insert into examination (id, agency, request, ord, examiner, opened_at)
      values (${id}, ${agency}, ${request}, ${order}, ${account}, now())`)
  }

  it('a second claim on an order, a second order of one examiner, and the return of a released one', async () => {
    const { request, examination } = await opened()
    expect(await claim(request, 1, 'second')).toContain('taken')
    expect(await claim(request, 2, 'first')).toContain('has had the request')
    must(await release('supervisor', examination))
    expect(await claim(request, 1, 'first')).toContain('has had the request')
    expect(await claim(request, 1, 'second')).toBe('done')
  })

  it('two claims on one order that both saw it free', async () => {
    const request = await county.searched()
    const names = ['first', 'second', 'third'] as const
    const answers = await Promise.all(names.map((name) => claim(request, 1, name)))
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1)
  })

  it('a verdict or a signature after a release, and a release after a signature', async () => {
    const { request, examination } = await opened()
    const { agency, account } = county.people.first
    const verdict = (id: string) => sql`insert into examination_verdict (agency, examination, candidate, verdict,
      recorded_at) values (${agency}, ${id}, 'cand_x', 'excluded', now())`
    const signature = (id: string) => sql`insert into examination_signature (examination, agency, conclusion,
      justification, certificate, digest, signed_at)
      values (${id}, ${agency}, 'inconclusive', 'Ears.', 'cert_x', ${'a'.repeat(64)}, now())`
    const giveUp = (id: string, reason: string) => sql`insert into examination_release (examination, agency, reason,
      released_by, released_at) values (${id}, ${agency}, ${reason}, ${account}, now())`
    expect(await attempt(giveUp(examination, 'TIRED'))).toContain('check constraint')
    must(await release('supervisor', examination))
    expect(await attempt(verdict(examination))).toContain('was released')
    expect(await attempt(signature(examination))).toContain('was released')
    expect(await attempt(giveUp(examination, 'ABSENT'))).toContain('was released')
    const { examination: signed } = await county.examine(county.people.second, request)
    expect(await attempt(giveUp(signed, 'ABSENT'))).toContain('is signed')
  })
})
