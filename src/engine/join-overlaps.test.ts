import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FaceCandidate } from './face-candidate.ts'
import { groupOverlaps, joinOverlaps, overlaps } from './join-overlaps.ts'

const edge = fc.double({ min: 5, max: 200, noNaN: true })
const place = fc.double({ min: -50, max: 800, noNaN: true })
const candidate: fc.Arbitrary<FaceCandidate> = fc.record({
  box: fc.record({ x: place, y: place, width: edge, height: edge }),
  side: edge,
  points: fc.array(fc.record({ x: place, y: place }), { minLength: 6, maxLength: 6 }),
  score: fc.double({ min: 0.5, max: 1, noNaN: true }),
  detector: fc.constantFrom(0, 1),
})
const candidates = fc.array(candidate, { maxLength: 30 })

function candidateAt(x: number, score: number, detector = 0, size = 100): FaceCandidate {
  return { box: { x, y: 0, width: size, height: size }, side: size, points: [{ x, y: 0 }], score, detector }
}

describe('groupOverlaps', () => {
  test('every candidate ends in exactly one group', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const members = groupOverlaps(all).flatMap((group) => group.members)
        expect(members).toHaveLength(all.length)
        expect(new Set(members)).toEqual(new Set(all))
      }),
    )
  })

  test('no two leaders overlap', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const leaders = groupOverlaps(all).map((group) => group.leader.box)
        for (const [index, one] of leaders.entries()) {
          for (const other of leaders.slice(index + 1)) expect(overlaps(one, other)).toBe(false)
        }
      }),
    )
  })

  test('a member overlaps its leader and never outranks it', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        for (const { leader, members } of groupOverlaps(all)) {
          for (const member of members) {
            expect(member === leader || overlaps(leader.box, member.box)).toBe(true)
            expect(member.detector).toBeGreaterThanOrEqual(leader.detector)
            if (member.detector === leader.detector) expect(member.score).toBeLessThanOrEqual(leader.score)
          }
        }
      }),
    )
  })

  test('boxes that do not touch stay apart', () => {
    expect(groupOverlaps([candidateAt(0, 0.9), candidateAt(100, 0.8), candidateAt(300, 0.7)])).toHaveLength(3)
  })
})

describe('joinOverlaps', () => {
  test('gives one face for each group, with the best score of the group', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const groups = groupOverlaps(all)
        const joined = joinOverlaps(all)
        expect(joined).toHaveLength(groups.length)
        for (const [index, face] of joined.entries()) {
          expect(face.score).toBe(Math.max(...(groups[index]?.members.map((member) => member.score) ?? [])))
        }
      }),
    )
  })

  test('a joined box lies among the boxes it was made of', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const groups = groupOverlaps(all)
        for (const [index, face] of joinOverlaps(all).entries()) {
          const left = groups[index]?.members.map((member) => member.box.x) ?? []
          expect(face.box.x).toBeGreaterThanOrEqual(Math.min(...left) - 1e-9)
          expect(face.box.x).toBeLessThanOrEqual(Math.max(...left) + 1e-9)
        }
      }),
    )
  })

  test('boxes of one detector are averaged by score', () => {
    const [face] = joinOverlaps([candidateAt(0, 0.9), candidateAt(10, 0.6)])
    expect(face?.box.x).toBeCloseTo((0 * 0.9 + 10 * 0.6) / 1.5)
    expect(face?.points[0]?.x).toBeCloseTo(4)
  })

  test('sides of one detector are averaged by score, whatever the boxes around them', () => {
    const turned = { ...candidateAt(0, 0.9), side: 70 }
    const other = { ...candidateAt(10, 0.6), side: 80 }
    const [face] = joinOverlaps([turned, other, { ...candidateAt(0, 0.99, 1), side: 500 }])
    expect(face?.side).toBeCloseTo((70 * 0.9 + 80 * 0.6) / 1.5)
    expect(face?.box.width).toBeCloseTo(100)
  })

  test('the earlier detector decides the box, even with a lower score', () => {
    const [face, ...others] = joinOverlaps([candidateAt(10, 0.95, 1), candidateAt(0, 0.6, 0)])
    expect(others).toEqual([])
    expect(face).toMatchObject({ box: { x: 0 }, score: 0.95, detector: 0 })
  })

  test('nothing gives nothing', () => {
    expect(joinOverlaps([])).toEqual([])
  })
})

describe('overlaps', () => {
  test('is the same both ways, and true of a box with itself', () => {
    fc.assert(
      fc.property(candidate, candidate, (one, other) => {
        expect(overlaps(one.box, other.box)).toBe(overlaps(other.box, one.box))
        expect(overlaps(one.box, one.box)).toBe(true)
      }),
    )
  })

  test('a small box inside a large one is the same face', () => {
    const inner = candidateAt(20, 0.9, 1, 40)
    expect(overlaps(candidateAt(0, 0.9).box, { ...inner.box, y: 20 })).toBe(true)
  })
})
