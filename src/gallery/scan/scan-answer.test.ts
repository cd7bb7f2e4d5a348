import { describe, expect, it } from 'vitest'
import { CodeRows } from './code-rows.ts'
import { addAll, OPEN_FILTER, unitVectors } from './scan.fixture.ts'
import { answerFrom } from './scan-answer.ts'

const rows = new CodeRows({ dimension: 16, shardRows: 4 })
addAll(rows, unitVectors(8, 16))
const list = (...entries: readonly (readonly [number, number])[]) => ({
  places: Uint32Array.from(entries, ([place]) => place),
  uppers: Float64Array.from(entries, ([, upper]) => upper),
})
const ask = (k: number, floor = -1) => ({ k, floor, filter: OPEN_FILTER })

describe('answerFrom', () => {
  it('names rows by seq, and takes the next one as the bound', () => {
    expect(answerFrom(rows, [list([5, 0.9], [0, 0.5], [2, 0.4])], ask(2), 8)).toEqual({
      searched: 8,
      enrolled: 8,
      rows: [
        { seq: 60, upper: 0.9 },
        { seq: 10, upper: 0.5 },
      ],
      bound: 0.4,
    })
  })

  it('joins what several threads found, equal ones by seq', () => {
    const lists = [list([5, 0.9], [6, 0.5]), list(), list([7, 0.9], [1, 0.5], [2, 0.1])]
    const answer = answerFrom(rows, lists, ask(3), 8)
    expect(answer.rows.map(({ seq }) => seq)).toEqual([60, 80, 20])
    expect(answer.bound).toBe(0.5)
  })

  it('the bound is the floor when only the floor left rows out', () => {
    expect(answerFrom(rows, [list([5, 0.9])], ask(2, 0.3), 8).bound).toBe(0.3)
    expect(answerFrom(rows, [list()], ask(2, 0.3), 8).bound).toBe(0.3)
  })

  it('the bound is the best row left out when that is above the floor', () => {
    expect(answerFrom(rows, [list([5, 0.9], [6, 0.8])], ask(1, 0.3), 8).bound).toBe(0.8)
  })

  it('there is no bound when nothing was left out', () => {
    const none = Number.NEGATIVE_INFINITY
    expect(answerFrom(rows, [list([5, 0.9], [6, 0.8])], ask(2, 0.3), 2).bound).toBe(none)
    expect(answerFrom(rows, [list()], ask(2, 0.3), 0)).toMatchObject({ bound: none, rows: [], searched: 0 })
    expect(answerFrom(rows, [list([1, 0.2]), list([2, 0.1])], ask(5), 2).bound).toBe(none)
  })
})
