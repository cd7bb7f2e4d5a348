import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PASS_MARKS, TRACKS } from './certificate.ts'
import { COURSE_TEXT_LIMITS, type CourseInput, checkCourse, completionOf } from './check-course.ts'

const NOW = new Date('2026-11-22T08:00:00Z')
const COURSE: CourseInput = { track: 'requester', course: 'face-search-requester', courseVersion: '2026.1', score: 0.9 }

const check = (changes: Partial<CourseInput> = {}) => checkCourse({ ...COURSE, ...changes }, NOW)

describe('checkCourse', () => {
  it.each([
    {},
    { course: ' Gesichtsprüfung / Teil 2 ' },
    { course: 'x'.repeat(COURSE_TEXT_LIMITS.course) },
    { courseVersion: 'x'.repeat(COURSE_TEXT_LIMITS.courseVersion) },
    { completedAt: '2026-11-22' },
    { completedAt: '2026-11-22T08:00:00Z' },
    { completedAt: '2024-02-29' },
    { completedAt: '2000-01-01' },
    { score: 1 },
  ])('accepts %j', (changes) => {
    expect(check(changes)).toMatchObject({ ok: true })
  })

  it.each([
    ['course_missing', 'course', { course: '' }],
    ['course_missing', 'courseVersion', { courseVersion: ' \t ' }],
    ['text_too_long', 'course', { course: 'x'.repeat(101) }],
    ['text_too_long', 'courseVersion', { courseVersion: 'x'.repeat(51) }],
    ['course_malformed', 'course', { course: 'two\nlines' }],
    ['course_malformed', 'course', { course: 'a\u0000b' }],
    ['course_malformed', 'course', { course: 'a\u2028b' }],
    ['course_malformed', 'course', { course: 'half \ud800' }],
    ['course_malformed', 'courseVersion', { courseVersion: "1'; drop table certificate" }],
    ['completion_date_unusable', 'completedAt', { completedAt: '' }],
    ['completion_date_unusable', 'completedAt', { completedAt: '2026-02-30' }],
    ['completion_date_unusable', 'completedAt', { completedAt: '2025-02-29' }],
    ['completion_date_unusable', 'completedAt', { completedAt: '22.11.2026' }],
    ['completion_date_unusable', 'completedAt', { completedAt: '2026' }],
    ['completion_date_unusable', 'completedAt', { completedAt: '2026-11-22T09:00:00+02:00' }],
    ['completion_date_unusable', 'completedAt', { completedAt: '2026-11-22T08:00:00.001Z' }],
    ['completion_date_unusable', 'completedAt', { completedAt: '1999-12-31' }],
    ['completion_date_unusable', 'completedAt', { completedAt: '+275760-09-13' }],
    ['score_below_pass_mark', 'score', { score: Number.POSITIVE_INFINITY }],
    ['score_below_pass_mark', 'score', { score: -1 }],
  ])('refuses: %s at %s %j', (code, where, changes) => {
    expect(check(changes)).toMatchObject({ ok: false, problem: { code, where } })
  })

  it.each(TRACKS)('%s: the pass mark passes, anything below does not', (track) => {
    expect(check({ track, score: PASS_MARKS[track] }).ok).toBe(true)
    fc.assert(
      fc.property(fc.double({ min: 0, max: PASS_MARKS[track], maxExcluded: true }), (score) => {
        expect(check({ track, score })).toMatchObject({ problem: { code: 'score_below_pass_mark' } })
      }),
    )
  })
})

it('completionOf: whatever is not a day or a UTC time is no date', () => {
  expect(completionOf({}, NOW)).toEqual(NOW)
  fc.assert(
    fc.property(fc.string(), (completedAt) => {
      fc.pre(!/^\d{4}-\d\d-\d\d/.test(completedAt))
      expect(Number.isNaN(completionOf({ completedAt }, NOW).getTime())).toBe(true)
    }),
  )
})
