import { describe, expect, it } from 'vitest'
import type { CardEvaluation, ModelCard } from '../../api/types.ts'
import { answersOf, axisTitle, expectedAt, suppressedGroups } from './answers.ts'
import { card, cell, evaluation, figures } from './figures.fixture.ts'

const WORDS = /\b(match|hit|identified|confidence|percent)/i

function answer(question: RegExp, shown: CardEvaluation | null = evaluation(), of: ModelCard = card()) {
  const found = answersOf(of, shown).find((one) => question.test(one.question))
  if (found === undefined) return null
  const text = [found.value, ...found.sentences].join(' ').replaceAll('\u00a0', ' ')
  return { value: found.value.replaceAll('\u00a0', ' '), text }
}

describe('the first screen', () => {
  it('answers five questions, in words that name no result', () => {
    const all = answersOf(card(), evaluation())
    expect(all).toHaveLength(5)
    expect(JSON.stringify(all)).not.toMatch(WORDS)
  })

  it('without an evaluation says which model, and promises nothing', () => {
    expect(answersOf(card(), null).map(({ question }) => question)).toEqual(['Which model searches?'])
  })

  it('names the model, its floor, and since when', () => {
    expect(answer(/which model/i)?.text).toContain('engine-2 Built in. Nobody below a similarity score of 0.350')
    const operatingPoint = { similarityFloor: 0.4, since: '2026-11-20', change: 'prop_1', evaluation: 'eval_1' }
    const changed = answer(/which model/i, null, card({ operatingPoint, origin: 'registered' }))
    expect(changed?.text).toContain('Brought by this bureau.')
    expect(changed?.text).toContain('In force since Nov 20, 2026, after two people approved')
    const followed = card({ operatingPoint: { ...operatingPoint, change: null, evaluation: null } })
    expect(answer(/which model/i, null, followed)?.text).toContain('with a new version of the product')
  })

  it('counts misses with their interval, and those at the floor', () => {
    const misses = answer(/miss/)
    expect(misses?.value).toBe('2 %')
    expect(misses?.text).toContain('4 of 200 (1 % to 10 %)')
    expect(misses?.text).toContain('With the floor in force (0.350), up to 3 % did not come up at all.')
    expect(answer(/miss/, evaluation({ atFloor: null }))?.text).not.toContain('floor')
    expect(answer(/miss/, evaluation({ figures: figures({ cmc: [] }) }))?.value).toBe('Unknown')
  })

  it('counts innocents by search and by gallery', () => {
    const innocents = answer(/innocents/)
    expect(innocents?.value).toBe('up to 40 %')
    expect(innocents?.text).toContain('among 200 people')
    expect(innocents?.text).toContain('In a gallery of 10,000, expect up to 10 innocent people')
  })

  it('does not turn an unknown rate into a small one', () => {
    const none = answer(/innocents/, evaluation({ atFloor: { fnir: 0.1, fpir: null } }))
    expect(none?.value).toBe('Unknown')
    const operatingPoint = { similarityFloor: 0.1, since: null, change: null, evaluation: null }
    expect(answer(/innocents/, evaluation(), card({ operatingPoint }))?.text).toContain('expect at least 10 innocent')
  })

  it('says why nothing is known of innocents when everybody is enrolled', () => {
    const protocol = { ...figures().protocol, nonMatedSearches: 0 }
    const none = answer(/innocents/, evaluation({ atFloor: null, figures: figures({ protocol }) }))
    expect(none?.value).toBe('Unknown')
    expect(none?.text).toContain('everybody is enrolled')
  })

  it('names the set, its size and the day', () => {
    const text = answer(/measured on what/i)?.text
    expect(text).toContain('faces 500 photographs of 300 people; 200 enrolled.')
    expect(text).toContain('with this version of the product')
    expect(answer(/measured on what/i, evaluation({ origin: 'attached' }))?.text).toContain('attached by an')
  })
})

describe('for whom it is not measured', () => {
  const axis = (name: string) => ({
    ...{ axis: name, missedSpread: null, listedSpread: null },
    rows: [
      { group: 'F', missed: cell(2, 100), listed: cell(1, 50) },
      { group: 'X', missed: cell(null, 3), listed: null },
    ],
  })

  it('is everybody when nothing is recorded about the people', () => {
    const none = answer(/for whom/i)
    expect(none?.value).toBe('Every group')
    expect(none?.text).toContain('does not record sex, age and race: no difference is known')
  })

  it('names what is not recorded, and groups that are too small', () => {
    const shown = evaluation({ figures: figures({ groups: [axis('sex')] }) })
    expect(answer(/for whom/i, shown)?.value).toBe('3 gaps named')
    expect(answer(/for whom/i, shown)?.text).toContain('does not record age and race')
    expect(answer(/for whom/i, shown)?.text).toContain('Too few to state: X.')
  })

  it('a group is suppressed when either of its rates is', () => {
    expect(suppressedGroups(axis('sex'))).toEqual(['X'])
    const row = { group: 'west_asian', missed: cell(1, 90), listed: cell(null, 4) }
    expect(suppressedGroups({ ...axis('race'), rows: [row] })).toEqual(['west asian'])
  })
})

describe('axisTitle', () => {
  it('says where the groups come from; an axis that this version does not know keeps its name', () => {
    expect(['sex', 'skin', 'height'].map(axisTitle)).toEqual([
      'Sex, as recorded',
      'Luminance of the face, as measured on the photograph',
      'height',
    ])
  })
})

describe('expectedAt', () => {
  const { points } = card().calibration

  it.each([
    [0.3, 1],
    [0.4, 1],
    [0.5, 0.01],
    [0.9, 0.01],
  ])('at %d among 1,000 it is at most %d', (score, people) => {
    const found = expectedAt(points, score, 1000)
    expect(found?.people).toBeCloseTo(people, 9)
    expect(found?.atMost).toBe(true)
  })

  it('below everything measured it is at least so many; with nothing measured, nothing', () => {
    expect(expectedAt(points, 0.1, 1000)).toEqual({ people: 1, atMost: false })
    expect(expectedAt([], 0.4, 1000)).toBeNull()
  })
})
