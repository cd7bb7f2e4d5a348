import { describe, expect, it } from 'vitest'
import { type Enrolment, emptyEnrolment, enrolmentTroubles, toFields, withBookingDay } from './enrolment.ts'

const TODAY = '2026-11-22'
const FULL: Enrolment = {
  source: 'src_1',
  personKey: 'P-1',
  bookingNumber: '26-1',
  bookedAt: '2026-11-22',
  capturedAt: '2026-11-22',
  birthYear: '1987',
  sex: 'F',
}
const fields = (part: Partial<Enrolment>, hasImage = true) =>
  enrolmentTroubles({ ...FULL, ...part }, hasImage, TODAY).map((trouble) => trouble.field)

describe('enrolmentTroubles', () => {
  it('is empty for a full form', () => {
    expect(fields({})).toEqual([])
  })

  it('names all an empty form lacks', () => {
    const troubles = enrolmentTroubles(emptyEnrolment(undefined), false, TODAY)
    expect(troubles.map((trouble) => trouble.field)).toEqual([
      'enrolImage',
      'enrolSource',
      'enrolPerson',
      'enrolNumber',
      'enrolDay',
      'enrolTaken',
    ])
  })

  it('refuses a booking of tomorrow, once', () => {
    expect(fields({ bookedAt: '2026-11-23' })).toEqual(['enrolDay'])
  })

  it.each(['87', '1887', 'abcd', '20011'])('refuses "%s" as a year of birth', (birthYear) => {
    expect(fields({ birthYear })).toEqual(['enrolBirth'])
  })

  it('does without a year of birth', () => {
    expect(fields({ birthYear: '' })).toEqual([])
  })

  it('chooses the only source by itself', () => {
    expect(emptyEnrolment('src_1').source).toBe('src_1')
  })
})

describe('withBookingDay', () => {
  it('offers the day of the booking as that of the photograph', () => {
    expect(withBookingDay(emptyEnrolment('s'), TODAY)).toMatchObject({ bookedAt: TODAY, capturedAt: TODAY })
    expect(withBookingDay(FULL, '2026-11-01').capturedAt).toBe('2026-11-01')
  })

  it('keeps another day once it was given', () => {
    expect(withBookingDay({ ...FULL, capturedAt: '2020-01-01' }, '2026-11-01').capturedAt).toBe('2020-01-01')
  })
})

describe('toFields', () => {
  it('trims and leaves out what is empty', () => {
    expect(toFields({ ...FULL, personKey: ' P-1 ', birthYear: ' ', sex: '' })).toEqual({
      source: 'src_1',
      personKey: 'P-1',
      bookingNumber: '26-1',
      bookedAt: TODAY,
      capturedAt: TODAY,
    })
    expect(toFields(FULL)).toMatchObject({ birthYear: '1987', sex: 'F' })
  })
})
