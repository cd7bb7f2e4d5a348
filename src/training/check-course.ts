import { done, type Outcome, refuse } from '../base/index.ts'
import { PASS_MARKS, type Track } from './certificate.ts'

/** A completed course, as it was told. */
export interface CourseInput {
  readonly track: Track
  readonly course: string
  readonly courseVersion: string
  readonly score: number
  readonly completedAt?: string
}

export type CourseCode =
  | 'course_missing'
  | 'course_malformed'
  | 'text_too_long'
  | 'score_below_pass_mark'
  | 'completion_date_unusable'

/** Characters of each text. */
export const COURSE_TEXT_LIMITS = { course: 100, courseVersion: 50 } as const

/** No course is older than the first systems. */
const EARLIEST = Date.UTC(2000, 0, 1)

/** Whether a certificate can say all of this. */
export function checkCourse(input: CourseInput, at: Date): Outcome<null, CourseCode> {
  for (const field of ['course', 'courseVersion'] as const) {
    const named = checkName(field, input[field].trim())
    if (!named.ok) return named
  }
  const mark = PASS_MARKS[input.track]
  if (!(input.score >= mark && input.score <= 1)) return belowMark(input.score, mark)
  const completed = completionOf(input, at).getTime()
  return completed >= EARLIEST && completed <= at.getTime() ? done(null) : dateUnusable()
}

/** When the course was completed, now when left out; an invalid date when it is none. */
export function completionOf({ completedAt }: Pick<CourseInput, 'completedAt'>, at: Date): Date {
  if (completedAt === undefined) return at
  const [day = ''] = /^\d{4}-\d\d-\d\d(?=$|T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$)/.exec(completedAt) ?? []
  const date = new Date(completedAt)
  // 31 February is no day, though some would read it as one of March.
  const isDay = !Number.isNaN(date.getTime()) && day !== '' && date.toISOString().startsWith(day)
  return isDay ? date : new Date(Number.NaN)
}

function checkName(where: keyof typeof COURSE_TEXT_LIMITS, text: string): Outcome<null, CourseCode> {
  const limit = COURSE_TEXT_LIMITS[where]
  if (text === '') {
    return refuse('course_missing', 'The course is not named.', 'Give its code and its version.', { where })
  }
  if (text.length > limit) {
    const facts = { limit, length: text.length }
    return refuse('text_too_long', `The ${where} is longer than ${limit} characters.`, 'Shorten it.', { where, facts })
  }
  if (/^[\p{L}\p{N} ._/-]+$/u.test(text)) return done(null)
  const remedy = 'Use letters, digits, spaces, dots, dashes, underscores and slashes.'
  return refuse('course_malformed', `The ${where} holds characters that cannot be used.`, remedy, { where })
}

function belowMark(score: number, mark: number): Outcome<never, 'score_below_pass_mark'> {
  return refuse(
    'score_below_pass_mark',
    `The share of right answers, ${score}, is not between ${mark} and 1.`,
    'Certify only who passed the assessment.',
    { where: 'score' },
  )
}

function dateUnusable(): Outcome<never, 'completion_date_unusable'> {
  return refuse(
    'completion_date_unusable',
    'The completion date is not a date since 2000, or it lies in the future.',
    'Give the day the course was completed, as in 2026-11-22.',
    { where: 'completedAt' },
  )
}
