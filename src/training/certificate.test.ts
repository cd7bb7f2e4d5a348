import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Certificate, countsAt, expiryOf, PASS_MARKS, TRACKS } from './certificate.ts'

const certificate: Certificate = {
  id: 'cert_1',
  account: 'acct_1',
  track: 'requester',
  course: 'face-search-requester',
  courseVersion: '1',
  score: 0.9,
  completedAt: '2026-01-10T00:00:00.00Z',
  issuedAt: '2026-01-12T00:00:00.00Z',
  expiresAt: '2027-01-10T00:00:00.00Z',
  issuedBy: 'acct_2',
  revokedAt: null,
}

describe('countsAt', () => {
  it.each([
    ['2026-01-11T23:59:59.99Z', false],
    ['2026-01-12T00:00:00.00Z', true],
    ['2027-01-09T23:59:59.99Z', true],
    ['2027-01-10T00:00:00.00Z', false],
  ])('%s: %s', (at, counts) => {
    expect(countsAt(certificate, new Date(at))).toBe(counts)
  })

  it('ends with its revocation, and counted before', () => {
    const revoked = { ...certificate, revokedAt: '2026-06-01T12:00:00.00Z' }
    expect(countsAt(revoked, new Date('2026-06-01T11:59:59.99Z'))).toBe(true)
    expect(countsAt(revoked, new Date('2026-06-01T12:00:00.00Z'))).toBe(false)
  })
})

describe('expiryOf', () => {
  it.each([
    ['2026-11-22T15:00:00.000Z', '2027-11-22T15:00:00.000Z'],
    ['2028-02-29T00:00:00.000Z', '2029-02-28T00:00:00.000Z'],
    ['2026-12-31T23:59:59.000Z', '2027-12-31T23:59:59.000Z'],
  ])('of %s is %s', (completed, expiry) => {
    expect(expiryOf(new Date(completed)).toISOString()).toBe(expiry)
  })

  it('is 365 or 366 days away', () => {
    const dates = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(dates, (completed) => {
        const days = (expiryOf(completed).getTime() - completed.getTime()) / 86_400_000
        expect([365, 366]).toContain(days)
      }),
    )
  })
})

it('every track has a pass mark between 0.8 and 1', () => {
  for (const track of TRACKS) {
    expect(PASS_MARKS[track]).toBeGreaterThanOrEqual(0.8)
    expect(PASS_MARKS[track]).toBeLessThan(1)
  }
})
