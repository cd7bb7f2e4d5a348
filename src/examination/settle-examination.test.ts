import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestOf } from '../intake/index.ts'
import { searchOf } from '../search/index.ts'
import { verifiedConclusion } from './settle-examination.ts'
import { openTestCounty, type TestCounty } from './test-county.ts'
import { isVerifiedConclusion, VerifiedConclusion } from './verified-conclusion.ts'

let county: TestCounty
beforeAll(async () => {
  county = await openTestCounty()
})
afterAll(() => county.deps.store.close())

async function lookAt(request: string) {
  const { agency } = county.people.first
  return await county.deps.store.transaction({ agency }, async (tx) => ({
    state: (await requestOf(tx, request))?.state,
    candidates: (await searchOf(tx, request))?.candidates ?? [],
    verified: await verifiedConclusion(tx, request),
  }))
}

async function resolutionsOf(request: string) {
  const entries = await county.entries()
  return entries.filter((entry) => entry.act === 'examination.resolved' && entry.about === request)
}

describe('two examiners', () => {
  it('who agree end the examination with a verified conclusion, logged', async () => {
    const { first, second } = county.people
    const request = await county.searched()
    await county.examine(first, request, { lead: 2 })
    expect((await lookAt(request)).verified).toBeNull()
    const signed = await county.examine(second, request, { lead: 2 })
    expect(signed).toMatchObject({ order: 2, state: 'agreed', outcome: 'investigative_lead' })
    expect(isVerifiedConclusion(signed.verified)).toBe(true)
    const { candidates, verified } = await lookAt(request)
    expect(verified).toMatchObject({
      ...{ request, conclusion: 'investigative_lead', candidate: candidates[1]?.id, settledBy: 'agreement' },
      agency: first.agency,
    })
    expect(verified?.examinations).toHaveLength(2)
    const facts = { request, outcome: 'investigative_lead' }
    expect(await resolutionsOf(request)).toMatchObject([{ actor: second.account, facts }])
  })

  it('who agree that there is none close the request', async () => {
    const request = await county.searched()
    await county.examine(county.people.first, request)
    const signed = await county.examine(county.people.second, request)
    expect(signed).toMatchObject({ state: 'agreed', outcome: 'no_viable_candidate' })
    expect(await lookAt(request)).toMatchObject({ state: 'closed', verified: { candidate: null } })
  })

  it('who name different candidates leave it unresolved, with nothing verified and nothing resolved', async () => {
    const request = await county.searched()
    await county.examine(county.people.first, request, { lead: 1 })
    const signed = await county.examine(county.people.second, request, { lead: 2 })
    expect(signed.state).toBe('unresolved')
    expect(signed).not.toHaveProperty('outcome')
    expect(await lookAt(request)).toMatchObject({ state: 'in_resolution', verified: null })
    expect(await resolutionsOf(request)).toEqual([])
  })
})

describe('a third examiner', () => {
  async function disputed(): Promise<string> {
    const request = await county.searched()
    await county.examine(county.people.first, request, { lead: 1 })
    await county.examine(county.people.second, request)
    return request
  }

  it('who sides with the first makes a majority of those two', async () => {
    const request = await disputed()
    const signed = await county.examine(county.people.third, request, { lead: 1 })
    expect(signed).toMatchObject({ order: 3, state: 'resolved', outcome: 'investigative_lead' })
    const { candidates, verified } = await lookAt(request)
    expect(verified).toMatchObject({ settledBy: 'majority', candidate: candidates[0]?.id })
    expect(verified?.examinations).toHaveLength(2)
  })

  it('who sides with the second closes the request', async () => {
    const request = await disputed()
    await county.examine(county.people.third, request)
    const { state, verified } = await lookAt(request)
    expect(state).toBe('closed')
    expect(verified?.conclusion).toBe('no_viable_candidate')
  })

  it('with a third view makes it inconclusive, which nobody shares and so nothing verifies', async () => {
    const request = await disputed()
    const signed = await county.examine(county.people.third, request, { lead: 3 })
    expect(signed).toMatchObject({ state: 'resolved', outcome: 'inconclusive' })
    expect(signed).not.toHaveProperty('verified')
    expect(await lookAt(request)).toMatchObject({ state: 'closed', verified: null })
  })
})

describe('VerifiedConclusion', () => {
  it('has no look-alike: copies, literals and constructions of others are not genuine', async () => {
    const request = await county.searched()
    await county.examine(county.people.first, request, { lead: 1 })
    const { verified } = await county.examine(county.people.second, request, { lead: 1 })
    if (verified === undefined) throw new Error('Not verified.')
    expect(isVerifiedConclusion({ ...verified })).toBe(false)
    expect(isVerifiedConclusion(Object.create(VerifiedConclusion.prototype))).toBe(false)
    expect(isVerifiedConclusion(JSON.parse(JSON.stringify(verified)))).toBe(false)
    expect(isVerifiedConclusion(null)).toBe(false)
    const outcome = {
      request,
      conclusion: 'inconclusive',
      candidate: null,
      settledBy: 'agreement',
      resolvedAt: 'T',
    } as const
    expect(() => new VerifiedConclusion(Symbol('examination'), outcome, [])).toThrow('of two people')
    // @ts-expect-error a look-alike does not compile
    const forged: VerifiedConclusion = { ...verified }
    expect(isVerifiedConclusion(forged)).toBe(false)
    expect(Object.isFrozen(verified)).toBe(true)
  })
})
