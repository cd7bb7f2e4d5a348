import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Clock } from '../base/index.ts'
import { bytesOf, goodForm, openTestIntake, person, type TestIntake } from './intake.fixture.ts'
import { readProbe } from './read-probe.ts'
import { receiveProbe } from './receive-probe.ts'
import { submitRequest } from './submit-request.ts'

const officer = person('rivera', 'a', 'investigator')

let intake: TestIntake
let probe: string

beforeAll(async () => {
  intake = await openTestIntake()
  probe = (await intake.probe(officer)).id
})

afterAll(() => intake.store.close())

/** A clock that breaks after some calls: the entry of an act is the last to ask for the time. */
function clockThatBreaksAfter(calls: number): Clock {
  let left = calls
  return {
    now: () => {
      left -= 1
      if (left < 0) throw new Error('the clock broke')
      return new Date('2026-11-22T15:00:00Z')
    },
  }
}

const TABLES = ['probe', 'request', 'sealed_blob', 'data_key', 'log_entry'] as const

describe('no entry, no act', () => {
  it.each<[string, number, (clock: Clock) => Promise<unknown>]>([
    ['a probe', 1, (clock) => receiveProbe({ ...intake.deps, clock }, officer, bytesOf('PERSON:x:1'))],
    ['a file that is refused', 0, (clock) => receiveProbe({ ...intake.deps, clock }, officer, bytesOf('NOFACE'))],
    ['a request', 2, (clock) => submitRequest({ ...intake.deps, clock }, officer, goodForm(probe))],
    ['a withheld record', 0, (clock) => readProbe({ ...intake.deps, clock }, officer, 'probe_00000000000000000000')],
  ])('%s leaves nothing behind when its entry cannot be written', async (_what, calls, act) => {
    const counts = () => Promise.all(TABLES.map((table) => intake.count(table, 'agcy_a')))
    const before = await counts()
    await expect(act(clockThatBreaksAfter(calls))).rejects.toThrow('the clock broke')
    expect(await counts()).toEqual(before)
    await act(clockThatBreaksAfter(calls + 1))
    expect((await counts()).at(-1)).toBe((before.at(-1) ?? 0) + 1)
  })
})
