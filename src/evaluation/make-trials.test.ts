import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { good, photo, problemOf } from './evaluation.fixture.ts'
import type { LabelledPhoto, PhotoRole } from './labelled-set.ts'
import { makeTrials } from './make-trials.ts'

const people = (count: number, photos: number): readonly LabelledPhoto[] =>
  Array.from({ length: count }, (_, person) =>
    Array.from({ length: photos }, (_, at) => photo(`p${person}`, `${at}`)),
  ).flat()
const files = (photos: readonly LabelledPhoto[]) => photos.map(({ file }) => file)

describe('trials by draw', () => {
  it('enrols the first photograph of each person, and searches with the others and with the people left out', () => {
    const trials = good(makeTrials(people(4, 3), { leftOut: 1, seed: 5 }))
    expect(trials.leftOut).toBe(1)
    expect(trials.enrolled).toHaveLength(3)
    expect(trials.enrolled.every(({ file }) => file.endsWith('/0'))).toBe(true)
    expect(trials.mated).toHaveLength(6)
    expect(trials.nonMated).toHaveLength(3)
    expect(trials.sentence).toMatch(/1 people, drawn with seed 5, were left out/)
  })

  it('leaves out 400 unless told, and never more than a quarter', () => {
    expect(good(makeTrials(people(2000, 2))).leftOut).toBe(400)
    expect(good(makeTrials(people(100, 2))).leftOut).toBe(25)
    expect(good(makeTrials(people(3, 2))).leftOut).toBe(0)
  })

  it('the same seed draws the same people whatever the order of photographs; another seed draws others', () => {
    const drawn = (photos: readonly LabelledPhoto[], seed: number) =>
      files(good(makeTrials(photos, { leftOut: 20, seed })).nonMated).sort()
    expect(drawn([...people(100, 2)].reverse(), 7)).toEqual(drawn(people(100, 2), 7))
    expect(drawn(people(100, 2), 8)).not.toEqual(drawn(people(100, 2), 7))
  })

  it('every person is drawn about as often as any other', () => {
    const counts = new Map<string, number>()
    for (let seed = 1; seed <= 400; seed += 1) {
      const { nonMated } = good(makeTrials(people(10, 2), { leftOut: 3, seed }))
      for (const subject of new Set(nonMated.map((one) => one.subject))) {
        counts.set(subject, (counts.get(subject) ?? 0) + 1)
      }
    }
    expect(counts.size).toBe(10)
    for (const count of counts.values()) expect(Math.abs(count - 120)).toBeLessThan(40)
  })

  it.each([0, -1, 4, 5, 1.5, Number.NaN])('%d of four people cannot be left out', (leftOut) => {
    expect(problemOf(makeTrials(people(4, 2), { leftOut }))).toMatchObject({
      code: 'left_out_unusable',
      remedy: 'Leave out 1 to 3 people, or say nothing.',
    })
  })

  it('nobody with two photographs is refused before any photograph is opened', () => {
    expect(problemOf(makeTrials(people(5, 1)))).toMatchObject({
      code: 'nobody_with_two_photos',
      message: 'None of the 5 people has a second photograph, so there is nobody to find again.',
    })
  })
})

describe('trials by role', () => {
  const list = [
    photo('ada', '1', 'gallery'),
    photo('ada', '2', 'gallery'),
    photo('ada', '3', 'probe'),
    photo('bea', '1', 'probe'),
    photo('cyd', '1'),
    photo('cyd', '2'),
    photo('dot', '1', 'gallery'),
  ]

  it('roles hold; who is not enrolled is a non-mate; a photograph of either role fills a gap', () => {
    const trials = good(makeTrials(list, { leftOut: 3 }))
    expect(files(trials.enrolled)).toEqual(['ada/1', 'ada/2', 'cyd/1', 'dot/1'])
    expect(files(trials.mated)).toEqual(['ada/3', 'cyd/2'])
    expect(files(trials.nonMated)).toEqual(['bea/1'])
    expect(trials.leftOut).toBe(0)
  })

  it('a photograph of either role is a probe when its person has one in the gallery', () => {
    const trials = good(makeTrials([photo('ada', '1'), photo('ada', '2', 'gallery')]))
    expect([files(trials.enrolled), files(trials.mated)]).toEqual([['ada/2'], ['ada/1']])
  })

  it('probes of nobody enrolled are refused', () => {
    expect(problemOf(makeTrials([photo('ada', '1', 'gallery'), photo('bea', '1', 'probe')]))).toMatchObject({
      code: 'nobody_with_two_photos',
      message: expect.stringContaining('No probe shows a person who is enrolled'),
    })
  })
})

describe('whatever the set', () => {
  const anySet = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.constantFrom<PhotoRole>('gallery', 'probe', 'both', 'both')), {
      minLength: 1,
      maxLength: 40,
    })
    .map((rows) => rows.map(([person, role], at) => photo(`p${person}`, `${at}`, role)))

  it('no photograph is searched against itself, and mates are exactly those who are enrolled', () => {
    fc.assert(
      fc.property(anySet, fc.integer({ min: 1, max: 99 }), (photos, seed) => {
        const outcome = makeTrials(photos, { seed })
        if (!outcome.ok) return
        const { enrolled, mated, nonMated } = outcome.value
        const used = [...enrolled, ...mated, ...nonMated]
        expect(new Set(used).size).toBe(used.length)
        const inside = new Set(enrolled.map(({ subject }) => subject))
        expect(mated.every(({ subject }) => inside.has(subject))).toBe(true)
        expect(nonMated.some(({ subject }) => inside.has(subject))).toBe(false)
        expect(enrolled.some(({ role }) => role === 'probe')).toBe(false)
        expect([...mated, ...nonMated].some(({ role }) => role === 'gallery')).toBe(false)
      }),
    )
  })
})
