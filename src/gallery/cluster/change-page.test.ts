import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IndexChange, RowFacts } from '../coarse-index.ts'
import { foldChanges } from './change-page.ts'

const FACTS: RowFacts = { source: 1, bookedAt: '2024-05-31', birthYear: 1990, sex: 'F', sealed: false }
const OTHER: RowFacts = { ...FACTS, sealed: true }
const vector = Float32Array.of(0.6, 0.8)
const added = (seq: number): IndexChange => ({ kind: 'added', seq, facts: FACTS, vector })
const facts = (seq: number, row: number): IndexChange => ({ kind: 'facts', seq, row, facts: OTHER })
const removed = (seq: number, row: number): IndexChange => ({ kind: 'removed', seq, row })

describe('a page of changes', () => {
  it('is nothing without changes', () => {
    expect(foldChanges([], 2)).toBeNull()
  })

  it('keeps arrivals, new facts and removals apart, and the last change', () => {
    const page = foldChanges([added(5), facts(6, 1), removed(7, 2)], 2)
    expect(page).toEqual({
      added: [{ seq: 5, facts: FACTS, vector }],
      changed: [{ seq: 1, facts: OTHER }],
      removed: [2],
      last: 7,
    })
  })

  it('gives an arrival its newest facts, and a row only its last', () => {
    const page = foldChanges([added(5), facts(6, 5), facts(7, 1), { ...facts(8, 1), facts: FACTS } as IndexChange], 2)
    expect(page?.added).toEqual([{ seq: 5, facts: OTHER, vector }])
    expect(page?.changed).toEqual([{ seq: 1, facts: FACTS }])
  })

  it('a row that came and went is not added, but removed all the same: an attempt may have left it', () => {
    const page = foldChanges([added(5), facts(6, 5), facts(7, 1), removed(8, 5), removed(9, 1), facts(10, 5)], 2)
    expect(page).toMatchObject({ added: [], changed: [], removed: [5, 1], last: 10 })
  })

  it.each([
    ['NaN', Float32Array.of(Number.NaN, 1)],
    ['another dimension', Float32Array.of(1)],
    ['no length', Float32Array.of(0, 0)],
  ])('refuses a template of %s', (_, broken) => {
    const changes = [added(1), { ...added(2), vector: broken } as IndexChange]
    expect(() => foldChanges(changes, 2)).toThrow(expect.objectContaining({ code: 'vector_unusable' }))
  })

  it('leaves what applying the changes one by one leaves', () => {
    const aChange = fc.tuple(fc.constantFrom('added', 'facts', 'removed'), fc.nat({ max: 8 }))
    fc.assert(
      fc.property(fc.array(aChange, { maxLength: 20 }), (drawn) => {
        const before = new Map([0, 1, 2, 3].map((row) => [row, FACTS]))
        const one = new Map(before)
        const changes = drawn.map(([kind, row], at): IndexChange => {
          const seq = 10 + at
          if (kind === 'added') return added(seq)
          const of = row < 4 ? row : 6 + row
          return kind === 'facts' ? facts(seq, of) : removed(seq, of)
        })
        // A row comes once and is spoken of only afterwards, as in the feed.
        const told = changes.filter((change) => change.kind === 'added' || change.row < change.seq)
        for (const change of told) {
          if (change.kind === 'added') one.set(change.seq, change.facts)
          else if (change.kind === 'removed') one.delete(change.row)
          else if (one.has(change.row)) one.set(change.row, change.facts)
        }
        const page = foldChanges(told, 2)
        for (const row of page?.removed ?? []) before.delete(row)
        for (const row of page?.added ?? []) before.set(row.seq, row.facts)
        for (const row of page?.changed ?? []) if (before.has(row.seq)) before.set(row.seq, row.facts)
        expect([...before].sort()).toEqual([...one].sort())
      }),
    )
  })
})
