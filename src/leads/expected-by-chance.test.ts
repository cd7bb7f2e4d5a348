import { describe, expect, it } from 'vitest'
import { expectedSentence } from './expected-by-chance.ts'

describe('expectedSentence', () => {
  it.each([
    [123_456, 123.4, false, 'Of the 123,456 photographs searched, about 123 innocent people'],
    [645, 3.21, false, 'about 3.2 innocent people'],
    [645, 0.0634, false, 'about 0.06 innocent people'],
    [645, 0.0634, true, 'fewer than 0.06 innocent people'],
    [645, 0.00001, true, 'fewer than 0.001 innocent people'],
    [645, 0.00001, false, 'fewer than 0.001 innocent people'],
    [0, 0, false, 'Of the 0 photographs searched, fewer than 0.001'],
  ])('%i searched, %f expected, bound %s', (searched, expected, floor, words) => {
    expect(expectedSentence(searched, expected, floor)).toContain(words)
  })

  it('calls a figure beyond the measured range an upper limit', () => {
    const above = expectedSentence(645, 2, true)
    expect(above).toContain('fewer than 2.0')
    expect(above).toContain('only a limit')
    expect(expectedSentence(645, 2, false)).not.toContain('only a limit')
  })

  it('is never a share', () => {
    expect(expectedSentence(645, 0.5, false)).not.toMatch(/%|percent/i)
  })
})
