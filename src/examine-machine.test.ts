import { describe, expect, it } from 'vitest'
import type { Witnessed } from './audit/index.ts'
import { readSettings } from './config.ts'
import { examineWitnesses } from './examine-machine.ts'

const KEY = 'witness.example/w1+efcd800c+BGa+fjMsekUzMr2dCn99sFX1xe8aBq2mbZizn7aBDEc6'
const LAST: Witnessed = { size: 120, note: '', count: 1, needed: 1, cosignedAt: '2026-11-22T15:24:03.17Z' }

describe('what the doctor says of witnesses', () => {
  const say = (last: Witnessed | null, env: Readonly<Record<string, string>>) =>
    examineWitnesses({ log: { witnessed: async () => last }, settings: readSettings(env) })
  const set = { COUNTENANCE_WITNESSES: `https://w.example ${KEY}` }

  it.each([
    [null, {}, 'good', 'none is set (COUNTENANCE_WITNESSES): the log is signed by its own key alone.'],
    [null, set, 'warning', 'none has cosigned the log.'],
    [LAST, set, 'good', '1 of 1 cosigned 120 entries, 1 must; last at 2026-11-22T15:24:03.17Z.'],
    [{ ...LAST, count: 0 }, set, 'warning', '0 of 1 cosigned 120 entries, 1 must; last at 2026-11-22T15:24:03.17Z.'],
  ])('is one line (%#)', async (last, env, state, sentence) => {
    expect(await say(last, env)).toEqual({ what: 'Witnesses', state, sentence })
  })
})
