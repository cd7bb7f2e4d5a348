import { afterEach, describe, expect, it, vi } from 'vitest'
import { counted, formatCount } from './moment.tsx'

afterEach(() => vi.unstubAllEnvs())

/** The formatters take the zone of the browser when they are made. */
async function formatDayIn(zone: string) {
  vi.stubEnv('TZ', zone)
  vi.resetModules()
  return (await import('./moment.tsx')).formatDay
}

describe.each(['America/Los_Angeles', 'UTC', 'Pacific/Kiritimati'])('formatDay in %s', (zone) => {
  it('shows a calendar day as the day it names', async () => {
    const formatDay = await formatDayIn(zone)
    expect(formatDay('2026-03-01')).toBe('Mar 1, 2026')
    expect(formatDay('2024-02-29')).toBe('Feb 29, 2024')
  })
})

it.each([
  ['America/Los_Angeles', 'Nov 21, 2026'],
  ['Pacific/Kiritimati', 'Nov 22, 2026'],
])('shows an instant as the day it is in %s', async (zone, day) => {
  expect((await formatDayIn(zone))('2026-11-22T01:00:00.000Z')).toBe(day)
})

describe('counted', () => {
  it.each([
    [0, '0 entries'],
    [1, '1 entry'],
    [2, '2 entries'],
    [1_234_567, '1,234,567 entries'],
  ])('%i', (count, words) => {
    expect(counted(count, 'entry', 'entries')).toBe(words)
  })

  it('groups thousands', () => expect(formatCount(10_000)).toBe('10,000'))
})
