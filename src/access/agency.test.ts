import { expect, it } from 'vitest'
import { caseNumberExpression, isOri } from './agency.ts'

it.each(['CA0194200', 'NYNY03030', 'USDEA0001'])('%s is an ORI', (ori) => {
  expect(isOri(ori)).toBe(true)
})

it.each(['', 'ca0194200', 'CA019420', 'CA01942000', '120194200', 'CA 194200', 'CA0194200\n'])('%j is no ORI', (ori) => {
  expect(isOri(ori)).toBe(false)
})

it('a case number must fit from its first to its last character', () => {
  const expression = caseNumberExpression('\\d{2}-\\d{4}|X\\d')
  expect(expression?.test('26-0042')).toBe(true)
  expect(expression?.test('X7')).toBe(true)
  expect(expression?.test('126-0042')).toBe(false)
  expect(expression?.test('26-00421')).toBe(false)
  expect(expression?.test('X77')).toBe(false)
})

it('a broken pattern is no expression', () => {
  expect(caseNumberExpression('(')).toBeNull()
})
