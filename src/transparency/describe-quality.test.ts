import { describe, expect, it } from 'vitest'
import { type FaceQuality, MEASURES } from '../engine/index.ts'
import { describeQuality } from './describe-quality.ts'

const measure = { code: 'pose_yaw', iso: 0x58, native: 38, unit: 'degrees', quality: 41 } as const

describe('describeQuality', () => {
  it('names every measure and keeps its two numbers', () => {
    expect(describeQuality({ unified: 63, measures: [measure] })).toEqual({
      unified: 63,
      measures: [{ ...measure, title: 'Turned to the side' }],
    })
  })

  it('knows every measure of the engine', () => {
    const measures = Object.entries(MEASURES).map(([code, { iso, unit }]) => ({
      code,
      iso,
      native: null,
      unit,
      quality: null,
    }))
    const described = describeQuality({ unified: 0, measures } as unknown as FaceQuality)
    expect(described?.measures.map(({ code }) => code)).toEqual(Object.keys(MEASURES))
    expect(described?.measures.every(({ title }) => title.length > 3)).toBe(true)
  })

  it('a photograph measured before quality was has none', () => {
    expect(describeQuality(undefined)).toBeNull()
  })

  it.each(['no_longer_known', 'toString'])('leaves out the measure %s of another version', (code) => {
    const quality = { unified: 63, measures: [{ ...measure, code }, measure] } as unknown as FaceQuality
    expect(describeQuality(quality)?.measures).toHaveLength(1)
  })
})
