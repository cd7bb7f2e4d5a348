import { describe, expect, it } from 'vitest'
import { counted, interval, mean, plainNumber, power, score, share, succeeded } from './plain-numbers.ts'

describe('numbers for people', () => {
  it.each([
    [null, '–'],
    [0, '0 %'],
    [0.00062, '0.062 %'],
    [0.0035, '0.35 %'],
    [0.0175, '1.75 %'],
    [0.1, '10 %'],
    [0.159, '15.9 %'],
    [0.3, '30 %'],
    [0.9938, '99.38 %'],
    [0.99999, '100 %'],
    [1, '100 %'],
  ])('the share %s is "%s"', (value, text) => {
    expect(share(value)).toBe(text)
  })

  it.each([
    [null, '–'],
    [0, '0.00'],
    [0.007, '0.007'],
    [0.11, '0.11'],
    [9.97, '9.97'],
    [14.2, '14.2'],
    [9999.7, '10,000'],
  ])('the mean %s is "%s"', (value, text) => {
    expect(mean(value)).toBe(text)
  })

  it.each([
    [1e-4, '1e-4'],
    [0.1, '1e-1'],
    [2.54e-6, '2.5e-6'],
    [1, '1e+0'],
  ])('the rate %s is "%s"', (value, text) => {
    expect(power(value)).toBe(text)
  })

  it('intervals, counts, scores', () => {
    expect(interval({ low: 0.0085, high: 0.019 })).toBe('0.85 % to 1.9 %')
    expect(interval(null)).toBe('–')
    const rate = { errors: 12, trials: 1897, rate: null, low: 0, high: 1 }
    expect(counted(rate)).toBe('12 of 1,897')
    expect(succeeded(rate)).toBe('1,885 of 1,897')
    expect([score(0.38174), score(null), plainNumber(1234567.4)]).toEqual(['0.382', '–', '1,234,567'])
  })
})
