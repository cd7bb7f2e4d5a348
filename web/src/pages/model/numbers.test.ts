import { describe, expect, it } from 'vitest'
import { amount, interval, oneIn, outOf, score, share, times } from './numbers.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('numbers', () => {
  it.each([
    [0, '0 %'],
    [0.00046, '0.046 %'],
    [0.0123, '1.23 %'],
    [0.256, '25.6 %'],
    [0.99987, '99.99 %'],
    [0.99996, '100 %'],
    [1, '100 %'],
    [null, '–'],
  ])('a share of %d is %s', (value, text) => {
    expect(plain(share(value))).toBe(text)
  })

  it('keeps a number and its unit on one line', () => {
    expect(share(0.5)).toBe('50\u00a0%')
  })

  it('states intervals and counts, or that there is none', () => {
    expect(plain(interval({ low: 0.01, high: 0.02 }))).toBe('1 % to 2 %')
    expect(interval(null)).toBe('–')
    expect(outOf({ errors: 12, trials: 1897 })).toBe('12 of 1,897')
  })

  it('a score is a number with three places and no unit', () => {
    expect(score(0.4)).toBe('0.400')
    expect(score(-0.0314)).toBe('-0.031')
    expect(score(null)).toBe('–')
  })

  it.each([
    [0, '0'],
    [0.0004, 'under 0.001'],
    [0.034, '0.03'],
    [1, '1'],
    [3.44, '3.4'],
    [12.6, '13'],
    [12_345.6, '12,346'],
    [null, '–'],
  ])('%d people expected are %s', (value, text) => {
    expect(amount(value)).toBe(text)
  })

  it.each([
    [0.003, 0.001, '3 times'],
    [0.0004, 0.001, '0.4 times'],
    [0.012, 0.001, '12 times'],
    [0, 0.001, '0 times'],
    [null, 0.001, '–'],
    [0.003, null, '–'],
    [0.003, 0, '–'],
    [0, 0, '–'],
  ])('a rate of %d where everybody has %d is %s', (rate, other, text) => {
    expect(plain(times(rate, other))).toBe(text)
  })

  it.each([
    [0.001, '1 in 1,000'],
    [2e-6, '1 in 500,000'],
    [0, '–'],
  ])('a rate of %d is %s', (rate, text) => {
    expect(oneIn(rate)).toBe(text)
  })
})
