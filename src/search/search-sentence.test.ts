import { describe, expect, it } from 'vitest'
import { searchSentence } from './search-sentence.ts'

const proof = (enrolled: number) => ({ enrolled, certified: true, k: 1024, bound: 0.21 }) as const

describe('the sentence about a search', () => {
  it('says how many of how many, what it was narrowed to, and that the list is proved', () => {
    const narrowed = 'sex recorded as female, or not recorded; booked on or after January 1, 2015'
    expect(searchSentence({ searched: 48_210, proof: proof(63_000) }, narrowed)).toBe(
      'Searched 48,210 of 63,000 photographs: sex recorded as female, or not recorded; booked on or after ' +
        'January 1, 2015. The list is proved exact over 48,210 photographs.',
    )
  })

  it.each([
    [{ searched: 645, proof: proof(645) }, 'Searched 645 photographs. The list is proved exact over 645 photographs.'],
    [{ searched: 1, proof: proof(1) }, 'Searched 1 photograph. The list is proved exact over 1 photograph.'],
    [{ searched: 0, proof: proof(2) }, 'Searched 0 of 2 photographs. The list is proved exact over 0 photographs.'],
    [{ searched: 645, proof: null }, 'Searched 645 photographs.'],
  ])('of %j is "%s"', (search, sentence) => {
    expect(searchSentence(search, null)).toBe(sentence)
  })
})
