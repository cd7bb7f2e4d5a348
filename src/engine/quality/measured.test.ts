import { describe, expect, test } from 'vitest'
import { measured } from './measured.ts'
import { NOT_MEASURED } from './not-measured.ts'
import { QUALITY_OF } from './quality-mappings.ts'
import { MEASURES } from './quality-measure.ts'

describe('measured', () => {
  test('carries the code, its number in the standard, its unit and the quality', () => {
    expect(measured('dynamic_range', 7)).toEqual({
      code: 'dynamic_range',
      iso: 0x48,
      native: 7,
      unit: 'bits',
      quality: 88,
    })
  })

  test.each([null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%s was not measured', (native) => {
    expect(measured('dynamic_range', native)).toMatchObject({ native: null, quality: null })
  })

  test('0 is a value', () => {
    expect(measured('pose_yaw', 0)).toMatchObject({ native: 0, quality: 100 })
  })
})

describe('the components of the standard', () => {
  const numbers = [...Object.values(MEASURES), ...NOT_MEASURED].map(({ iso }) => iso).filter((iso) => iso !== 0)

  test('are each measured or named as not measured, but for the two we measure in our own way', () => {
    const all = Array.from({ length: 0x5c - 0x42 + 1 }, (_, place) => 0x42 + place)
    const ours = [0x49, 0x4a]
    expect([...numbers, ...ours].sort((one, other) => one - other)).toEqual(all)
  })

  test('each measure has a mapping', () => {
    expect(Object.keys(QUALITY_OF)).toEqual(Object.keys(MEASURES))
  })

  test('every reason is a sentence, every title begins with a capital', () => {
    for (const { reason } of NOT_MEASURED) expect(reason).toMatch(/^[A-Z].*\.$/)
    for (const { title } of [...Object.values(MEASURES), ...NOT_MEASURED]) expect(title).toMatch(/^[A-Z][^.]*$/)
  })
})
