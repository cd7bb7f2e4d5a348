import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openExamination } from './open-examination.ts'
import { readExamination } from './read-examination.ts'
import { must, openTestCounty, type TestCounty } from './test-county.ts'

let county: TestCounty
beforeAll(async () => {
  county = await openTestCounty()
})
afterAll(() => county.deps.store.close())

describe('openExamination', () => {
  it('claims order 1 and logs it', async () => {
    const request = await county.searched()
    const view = must(await openExamination(county.deps, county.people.first, request))
    expect(view).toMatchObject({ request, order: 1, signed: false })
    expect(view.candidates).toHaveLength(3)
    const { account } = county.people.first
    const last = (await county.entries()).at(-1)
    const facts = { request, order: 1 }
    expect(last).toMatchObject({ act: 'examination.opened', actor: account, about: view.id, facts })
  })

  it('asked again by the same person, goes on with the same examination and logs nothing', async () => {
    const request = await county.searched()
    const view = must(await openExamination(county.deps, county.people.first, request))
    const before = (await county.entries()).length
    expect(must(await openExamination(county.deps, county.people.first, request))).toEqual(view)
    expect(await county.entries()).toHaveLength(before)
  })

  it('hands one order to one of four people who ask at once', async () => {
    const request = await county.searched()
    const { first, second, third, both } = county.people
    const asked = await Promise.all(
      [first, second, third, both].map((actor) => openExamination(county.deps, actor, request)),
    )
    expect(asked.filter((outcome) => outcome.ok)).toHaveLength(1)
    const codes = asked.flatMap((outcome) => (outcome.ok ? [] : [outcome.problem.code]))
    expect(codes).toEqual(['examination_taken', 'examination_taken', 'examination_taken'])
  })

  it.each(['requester', 'supervisor', 'auditor', 'custodian'] as const)(
    'refuses a %s without the role',
    async (name) => {
      const request = await county.searched()
      expect(await openExamination(county.deps, county.people[name], request)).toMatchObject({
        problem: { code: 'role_required' },
      })
    },
  )

  it('refuses the requester, even one who is an examiner', async () => {
    const request = await county.searched()
    const requester = { ...county.people.requester, roles: ['investigator', 'examiner'] as const }
    expect(await openExamination(county.deps, requester, request)).toMatchObject({
      problem: { kind: 'refusal', code: 'requester_cannot_examine' },
    })
  })

  it('refuses an examiner without a certificate, and one whose certificate has expired', async () => {
    const own = await openTestCounty()
    const request = await own.searched()
    const missing = { problem: { kind: 'refusal', code: 'certificate_missing' } }
    expect(await openExamination(own.deps, own.people.untrained, request)).toMatchObject(missing)
    own.deps.clock.advance(366 * 86_400_000)
    expect(await openExamination(own.deps, own.people.first, request)).toMatchObject(missing)
    await own.deps.store.close()
  })

  it('refuses a person who signed an earlier order', async () => {
    const request = await county.searched()
    await county.examine(county.people.first, request)
    expect(await openExamination(county.deps, county.people.first, request)).toMatchObject({
      problem: { code: 'already_examined' },
    })
  })

  it('refuses a second person while the first is at work', async () => {
    const request = await county.searched()
    must(await openExamination(county.deps, county.people.first, request))
    expect(await openExamination(county.deps, county.people.second, request)).toMatchObject({
      problem: { code: 'examination_taken' },
    })
  })

  it('refuses a request that has not been searched, and says so', async () => {
    const request = await county.filed()
    expect(await openExamination(county.deps, county.people.first, request)).toMatchObject({
      problem: { code: 'not_ready_for_examination' },
    })
  })

  it('refuses everybody once two agree', async () => {
    const request = await county.searched()
    await county.examine(county.people.first, request, { lead: 1 })
    await county.examine(county.people.second, request, { lead: 1 })
    expect(await openExamination(county.deps, county.people.third, request)).toMatchObject({
      problem: { code: 'examination_finished' },
    })
  })

  it("answers another agency's request as if there were none, and logs that it was asked for", async () => {
    const request = await county.searched()
    expect(await openExamination(county.deps, county.people.stranger, request)).toMatchObject({
      problem: { code: 'not_found' },
    })
    const { account } = county.people.stranger
    const facts = { kind: 'request', id: request }
    expect((await county.entries()).at(-1)).toMatchObject({ act: 'record.withheld', actor: account, facts })
  })
})

describe('readExamination', () => {
  it('shows the view again to the person who opened it, and to nobody else', async () => {
    const request = await county.searched()
    const view = must(await openExamination(county.deps, county.people.first, request))
    expect(must(await readExamination(county.deps, county.people.first, view.id))).toEqual(view)
    for (const name of ['second', 'stranger'] as const) {
      expect(await readExamination(county.deps, county.people[name], view.id)).toMatchObject({
        problem: { code: 'not_found' },
      })
      const facts = { kind: 'examination', id: view.id }
      expect((await county.entries()).at(-1)).toMatchObject({ act: 'record.withheld', facts })
    }
    expect(await readExamination(county.deps, county.people.supervisor, view.id)).toMatchObject({
      problem: { code: 'role_required' },
    })
  })
})
