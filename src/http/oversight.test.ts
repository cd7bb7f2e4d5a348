import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyExport } from '../audit/index.ts'
import { fileRequest } from './case.fixture.ts'
import { acts, ask, openTestDoor, type TestDoor } from './door.fixture.ts'

let door: TestDoor

beforeAll(async () => {
  door = await openTestDoor()
})

afterAll(() => door.close())

describe('the log', () => {
  it('has a signed head that everybody signed in can read', async () => {
    const head = (await ask(door, 'officer', 'GET', '/api/log')).json()
    expect(head.origin).toBe('countenance.test/log')
    expect(head.checkpoint).toContain(`countenance.test/log\n${head.size}\n`)
    expect(head.verifierKey).toContain('countenance.test/log+')
    expect(head.root).toMatch(/^[0-9a-f]{64}$/)
    expect(head.witnessed).toBeNull()
  })

  it('shows entries in words, with names, newest first; reading is an entry', async () => {
    const request = await fileRequest(door)
    const page = (await ask(door, 'auditor', 'GET', '/api/log/entries?limit=5')).json()
    expect(page.entries).toHaveLength(5)
    expect(page.entries[0].seq).toBe(page.size - 1)
    const submitted = page.entries.find((entry: { act: string }) => entry.act === 'request.submitted')
    expect(submitted).toMatchObject({ actorName: 'Name of officer', about: request })
    expect(submitted.sentence).toContain('Name of officer')
    expect(submitted.leafHash).toMatch(/^[0-9a-f]{64}$/)
    expect((await acts(door)).at(-1)).toMatchObject({ act: 'log.read', facts: { last: page.size - 1 } })
  })

  it('is paged and filtered by record', async () => {
    const request = await fileRequest(door)
    const about = (await ask(door, 'supervisor', 'GET', `/api/log/entries?about=${request}`)).json().entries
    expect(about.map((entry: { act: string }) => entry.act)).toEqual(['request.permitted', 'request.submitted'])
    const [newest, older] = about
    const before = (
      await ask(door, 'supervisor', 'GET', `/api/log/entries?about=${request}&before=${newest.seq}`)
    ).json()
    expect(before.entries.map((entry: { seq: number }) => entry.seq)).toEqual([older.seq])
  })

  it("leaves out another agency's entries", async () => {
    await fileRequest(door, { beneficiaryOri: 'CA0194300' }, 'neighbour')
    const { entries } = (await ask(door, 'auditor', 'GET', '/api/log/entries?limit=200')).json()
    const { agency } = door.staff.auditor.actor
    expect(entries.length).toBeGreaterThan(20)
    expect(
      entries.filter((entry: { agency: string | null }) => entry.agency !== null && entry.agency !== agency),
    ).toEqual([])
  })

  it('is proved entry by entry', async () => {
    const proof = (await ask(door, 'officer', 'GET', '/api/log/entries/3/proof')).json()
    expect(proof).toMatchObject({ seq: 3 })
    expect(proof.checkpoint).toContain(`\n${proof.size}\n`)
    expect(proof.path.length).toBeGreaterThan(0)
    expect((await ask(door, 'officer', 'GET', '/api/log/entries/999999/proof')).json()).toMatchObject({ status: 404 })
    expect((await ask(door, 'officer', 'GET', '/api/log/entries/x/proof')).json()).toMatchObject({
      status: 422,
      where: 'seq',
    })
  })

  it('is exported whole, and the export verifies without the server', async () => {
    const response = await ask(door, 'auditor', 'GET', '/api/log/export')
    expect(response.headers).toMatchObject({ 'content-type': 'application/jsonl', 'cache-control': 'no-store' })
    expect(response.headers['content-disposition']).toContain('countenance-log.jsonl')
    const report = await verifyExport([response.body], { verifierKey: door.deps.log.verifierKey })
    expect(report).toMatchObject({ ok: true, origin: 'countenance.test/log' })
    expect(report.size).toBe(response.body.trim().split('\n').length - 1)
    expect((await acts(door)).at(-1)?.act).toBe('log.exported')
  })

  it('is verified on request, and that is an entry', async () => {
    const report = (await ask(door, 'auditor', 'POST', '/api/log/verification')).json()
    expect(report).toMatchObject({ ok: true, faults: [] })
    expect(report.size).toBeGreaterThan(10)
    expect((await acts(door)).at(-1)).toMatchObject({
      act: 'log.verified',
      facts: { size: report.size, root: report.root },
    })
  })
})

describe('policy', () => {
  it('shows every directive with its text, Cedar and code', async () => {
    const policy = (await ask(door, 'officer', 'GET', '/api/policy')).json()
    expect(policy).toMatchObject({ pack: 'lapd-2020', moratorium: null })
    expect(policy.directives.length).toBeGreaterThan(5)
    for (const directive of policy.directives) expect(directive.cedar).toContain(`@code("${directive.code}")`)
  })

  it('a moratorium is started, seen by all of the agency, and lifted', async () => {
    const started = await ask(door, 'administrator', 'POST', '/api/policy/moratorium', { reason: 'Independent review' })
    expect(started.json().moratorium).toMatchObject({
      reason: 'Independent review',
      startedBy: 'Name of administrator',
    })
    expect((await ask(door, 'officer', 'GET', '/api/policy')).json().moratorium).toEqual(started.json().moratorium)
    expect((await ask(door, 'neighbour', 'GET', '/api/policy')).json().moratorium).toBeNull()
    const twice = await ask(door, 'supervisor', 'POST', '/api/policy/moratorium', { reason: 'Again, please' })
    expect(twice.json()).toMatchObject({ status: 409, code: 'moratorium_in_force' })
    const lifted = await ask(door, 'supervisor', 'DELETE', '/api/policy/moratorium', { reason: 'Review is finished' })
    expect(lifted.json()).toEqual({ moratorium: null })
    const again = await ask(door, 'supervisor', 'DELETE', '/api/policy/moratorium', { reason: 'Review is finished' })
    expect(again.json()).toMatchObject({ status: 409, code: 'no_moratorium' })
    const empty = await ask(door, 'supervisor', 'POST', '/api/policy/moratorium', { reason: '  ' })
    expect(empty.json()).toMatchObject({ status: 422, where: 'reason' })
  })
})

describe('accounts and reference', () => {
  it('accounts of the agency come with their certificates', async () => {
    const { accounts } = (await ask(door, 'supervisor', 'GET', '/api/accounts')).json()
    const officer = accounts.find((account: { username: string }) => account.username === 'officer')
    expect(officer).toMatchObject({
      roles: ['investigator'],
      state: 'open',
      certificates: [{ track: 'requester', valid: true }],
    })
    expect(accounts.map((account: { username: string }) => account.username)).not.toContain('neighbour')
    expect(JSON.stringify(accounts)).not.toMatch(/argon2|password/)
  })

  it('a certificate that ran out is shown as such', async () => {
    door.clock.advance(366 * 86_400_000)
    const payload = { username: 'supervisor', password: 'a long enough phrase', acknowledged: true }
    const { token } = (await door.app.inject({ method: 'POST', url: '/api/session', payload })).json()
    const response = await door.app.inject({ url: '/api/accounts', headers: { authorization: `Bearer ${token}` } })
    door.clock.advance(-366 * 86_400_000)
    const officer = response.json().accounts.find((account: { username: string }) => account.username === 'officer')
    expect(officer.certificates).toMatchObject([{ track: 'requester', valid: false }])
  })

  it('a suspended account is out at once, and can no longer sign in', async () => {
    const { actor, token } = door.staff.third
    const url = `/api/accounts/${actor.account}/suspension`
    const vague = await ask(door, 'administrator', 'POST', url, { reason: 'He was late again' })
    expect(vague.json()).toMatchObject({ status: 422, where: 'reason' })
    const suspended = await ask(door, 'administrator', 'POST', url, { reason: 'left_agency' })
    expect(suspended.json()).toEqual({ id: actor.account, state: 'suspended' })
    const after = await door.app.inject({ url: '/api/session', headers: { authorization: `Bearer ${token}` } })
    expect(after.statusCode).toBe(401)
    const payload = { username: 'third', password: 'a long enough phrase', acknowledged: true }
    const again = await door.app.inject({ method: 'POST', url: '/api/session', payload })
    expect(again.json()).toMatchObject({ status: 403, code: 'account_suspended' })
    const twice = await ask(door, 'administrator', 'POST', url, { reason: 'left_agency' })
    expect(twice.json()).toMatchObject({ status: 409, code: 'already_suspended' })
    const foreign = `/api/accounts/${door.staff.neighbour.actor.account}/suspension`
    expect((await ask(door, 'administrator', 'POST', foreign, { reason: 'on_leave' })).statusCode).toBe(404)
    const own = `/api/accounts/${door.staff.administrator.actor.account}/suspension`
    expect((await ask(door, 'administrator', 'POST', own, { reason: 'on_leave' })).json().code).toBe('own_account')
  })

  it('the reference has the words of every form', async () => {
    const reference = (await ask(door, 'officer', 'GET', '/api/reference')).json()
    expect(reference.agency).toEqual({
      ...{ ori: 'CA0194200', name: 'Lakeside Police' },
      ...{ caseNumberPattern: '\\d{2}-\\d{6}', caseNumberExample: '26-000123' },
    })
    expect(reference.agencies).toHaveLength(2)
    expect(reference.crimes.length).toBeGreaterThan(50)
    expect(reference.verdicts.map((verdict: { code: string }) => verdict.code)).toEqual([
      'excluded',
      'cannot_exclude',
      'inconclusive',
    ])
    for (const list of [
      'purposes',
      'predicates',
      'probeSources',
      'depicts',
      'acquisitionBases',
      'conclusions',
      'corroborationTypes',
      'releaseReasons',
    ]) {
      expect(reference[list].length, list).toBeGreaterThan(2)
      expect(Object.keys(reference[list][0]), list).toEqual(['code', 'label'])
    }
  })
})
