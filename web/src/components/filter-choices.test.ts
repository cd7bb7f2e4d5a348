import { describe, expect, it } from 'vitest'
import { exactChoice, filterChoices } from './filter-choices.ts'

const CHOICES = [
  { code: 'a', label: 'Aggravated assault' },
  { code: 'b', label: 'Burglary/breaking & entering' },
  { code: 'c', label: 'Simple assault' },
  { code: 'd', label: 'Assault on an officer' },
]
const found = (text: string) => filterChoices(CHOICES, text).map((choice) => choice.code)

describe('filterChoices', () => {
  it.each(['', '   '])('offers everything, in its own order, for %o', (text) => {
    expect(found(text)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('puts first what begins with the text', () => {
    expect(found('assault')).toEqual(['d', 'a', 'c'])
  })

  it('wants every word, in any order and case', () => {
    expect(found('ENTERING burg')).toEqual(['b'])
    expect(found('assault burglary')).toEqual([])
  })
})

describe('exactChoice', () => {
  it('takes a label typed in full', () => {
    expect(exactChoice(CHOICES, ' simple ASSAULT ')?.code).toBe('c')
    expect(exactChoice(CHOICES, 'simple')).toBeUndefined()
    expect(exactChoice(CHOICES, '')).toBeUndefined()
  })
})
