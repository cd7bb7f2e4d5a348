import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { decideRequest } from './decide-request.ts'
import { liftMoratorium } from './lift-moratorium.ts'
import { permitFor } from './permit-for.ts'
import { codeOf, must, openTestCounty, type TestCounty } from './policy.fixture.ts'
import { currentMoratorium } from './read-policy.ts'
import { moratoriumOf } from './records.ts'
import { spendPermit } from './spend-permit.ts'
import { startMoratorium } from './start-moratorium.ts'

let county: TestCounty
let officer: Actor
let supervisor: Actor
let administrator: Actor
let foreigner: Actor

beforeAll(async () => {
  county = await openTestCounty()
  officer = await county.person('a', ['investigator'])
  supervisor = await county.person('a', ['supervisor'], 'none')
  administrator = await county.person('a', ['administrator'], 'none')
  foreigner = await county.person('b', ['investigator', 'supervisor'])
})

afterAll(() => county.store.close())

beforeEach(async () => {
  await liftMoratorium(county.deps, supervisor, { reason: 'Between tests.' })
})

const start = (actor: Actor, reason = 'Review of unsanctioned searches.') =>
  startMoratorium(county.deps, actor, { reason })
const lift = (actor: Actor, reason = 'The review is closed.') => liftMoratorium(county.deps, actor, { reason })

describe('starting and lifting', () => {
  it.each(['supervisor', 'administrator'] as const)('a %s may do both, with a reason, on record', async (role) => {
    const actor = role === 'supervisor' ? supervisor : administrator
    const moratorium = must(await start(actor, '  Review of searches.  '))
    expect(moratorium).toMatchObject({ agency: actor.agency, reason: 'Review of searches.', startedBy: actor.account })
    expect((await county.entries()).at(-1)).toMatchObject({
      act: 'moratorium.started',
      about: moratorium.id,
      facts: { scope: 'CA0190000', reason: 'Review of searches.' },
    })
    expect(await currentMoratorium(county.deps, officer)).toEqual(moratorium)
    expect(must(await lift(actor)).id).toBe(moratorium.id)
    expect((await county.entries()).at(-1)).toMatchObject({
      act: 'moratorium.lifted',
      about: moratorium.id,
      facts: { reason: 'The review is closed.' },
    })
    expect(await currentMoratorium(county.deps, officer)).toBeNull()
  })

  it('an investigator may do neither', async () => {
    expect(codeOf(await start(officer))).toBe('role_required')
    must(await start(supervisor))
    expect(codeOf(await lift(officer))).toBe('role_required')
    expect(await currentMoratorium(county.deps, officer)).not.toBeNull()
  })

  it.each(['', '   ', '\u200b'])('needs a reason: %j is none', async (reason) => {
    expect(await start(supervisor, reason)).toMatchObject({ problem: { code: 'reason_missing', where: 'reason' } })
    must(await start(supervisor))
    expect(await lift(supervisor, reason)).toMatchObject({ problem: { code: 'reason_missing', where: 'reason' } })
  })

  it('takes a reason of 1000 characters, not of 1001', async () => {
    expect(codeOf(await start(supervisor, 'x'.repeat(1001)))).toBe('text_too_long')
    expect(codeOf(await start(supervisor, 'x'.repeat(1000)))).toBe('ok')
  })

  it('two at the same moment make one', async () => {
    const outcomes = await Promise.all([start(supervisor), start(administrator), start(supervisor)])
    expect(outcomes.map(codeOf).sort()).toEqual(['moratorium_in_force', 'moratorium_in_force', 'ok'])
    must(await lift(supervisor))
    expect(codeOf(await lift(supervisor))).toBe('no_moratorium')
  })

  it('concerns one agency alone', async () => {
    must(await start(supervisor))
    expect(await currentMoratorium(county.deps, foreigner)).toBeNull()
    const request = await county.file(foreigner)
    expect(codeOf(await decideRequest(county.deps, foreigner, request.id))).toBe('ok')
  })
})

describe('while it is in force', () => {
  it('no request is permitted', async () => {
    must(await start(supervisor))
    const request = await county.file(officer)
    expect(codeOf(await decideRequest(county.deps, officer, request.id))).toBe('moratorium')
    expect((await county.entries()).at(-1)).toMatchObject({ act: 'request.refused', facts: { codes: ['moratorium'] } })
  })

  it('a permit given before is worth nothing', async () => {
    const request = await county.file(officer)
    const permit = must(await decideRequest(county.deps, officer, request.id))
    must(await start(supervisor))
    const spent = await county.store.act({ agency: officer.agency }, (tx) => spendPermit(tx, county.deps, permit))
    expect(codeOf(spent)).toBe('moratorium')
    expect(codeOf(await permitFor(county.deps, officer, request.id))).toBe('moratorium')
  })

  it('and when it is lifted, the same request may be permitted by a new decision', async () => {
    const request = await county.file(officer)
    must(await start(supervisor))
    expect(codeOf(await decideRequest(county.deps, officer, request.id))).toBe('moratorium')
    must(await lift(supervisor))
    expect(codeOf(await permitFor(county.deps, officer, request.id))).toBe('ok')
  })

  it('cannot begin while a transaction relies on there being none', async () => {
    const order: string[] = []
    let starting: Promise<unknown> = Promise.resolve()
    await county.store.transaction({ agency: officer.agency }, async (tx) => {
      expect(await moratoriumOf(tx)).toBeNull()
      starting = start(supervisor).then(() => order.push('started'))
      await new Promise((resolve) => setTimeout(resolve, 300))
      order.push('recorded')
    })
    await starting
    expect(order).toEqual(['recorded', 'started'])
  })
})
