import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodForm, must, openTestIntake, person, type TestIntake } from './intake.fixture.ts'
import { moveRequest } from './move-request.ts'
import { readRequest } from './read-request.ts'
import { requestsIn } from './records-request.ts'
import type { RequestInput, SearchRequest } from './request.ts'
import { submitRequest } from './submit-request.ts'

const officer = person('rivera', 'a', 'investigator')

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

describe('the states of a request', () => {
  const move = (id: string, ...states: Parameters<typeof moveRequest>[2][]) =>
    intake.store.transaction({ agency: 'agcy_a' }, async (tx) => {
      for (const state of states) await moveRequest(tx, id, state)
    })

  it('go from submitted to a lead', async () => {
    const { id } = await filed()
    await move(id, 'permitted', 'searched', 'in_examination', 'in_verification', 'in_resolution', 'lead', 'closed')
    expect(must(await readRequest(intake.deps, officer, id)).state).toBe('closed')
  })

  it.each([
    ['submitted', 'searched', []],
    ['submitted', 'lead', []],
    ['refused', 'searched', ['refused']],
    ['searched', 'permitted', ['permitted', 'searched']],
    ['searched', 'lead', ['permitted', 'searched']],
    ['closed', 'in_examination', ['permitted', 'searched', 'in_examination', 'closed']],
  ] as const)('%s never becomes %s', async (_from, to, path) => {
    const { id } = await filed()
    await move(id, ...path)
    await expect(move(id, to)).rejects.toMatchObject({ code: 'state_conflict' })
  })

  it('do not move under another agency', async () => {
    const { id } = await filed()
    const act = intake.store.transaction({ agency: 'agcy_b' }, (tx) => moveRequest(tx, id, 'permitted'))
    await expect(act).rejects.toMatchObject({ code: 'state_conflict' })
  })

  it('are asked for by the rooms below, oldest first', async () => {
    const { id } = await filed()
    await move(id, 'permitted', 'searched')
    const found = await intake.store.transaction({ agency: 'agcy_a' }, (tx) => requestsIn(tx, ['searched']))
    expect(found.at(-1)?.id).toBe(id)
    expect(found.every((request) => request.state === 'searched')).toBe(true)
  })
})
