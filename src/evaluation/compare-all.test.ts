import { describe, expect, it } from 'vitest'
import { compareAll } from './compare-all.ts'
import { embedded } from './evaluation.fixture.ts'

const round = (scores: Float32Array | Float64Array) => [...scores].map((score) => Number(score.toFixed(3)))

describe('compareAll', () => {
  it('compares every pair once, and parts the same person from two people', async () => {
    const compared = await compareAll([
      embedded('ada', '1', [1, 0]),
      embedded('ada', '2', [0.6, 0.8]),
      embedded('bea', '1', [0, 1]),
    ])
    expect(round(compared.genuine.ascending)).toEqual([0.6])
    expect(round(compared.impostor.ascending)).toEqual([0, 0.8])
    expect(compared).toMatchObject({ impostorPairs: 2, failedGenuine: 0 })
  })

  it('counts the pairs of one person that cannot be compared', async () => {
    const photos = ['1', '2', '3'].map((name) => embedded('ada', name, name === '3' ? null : [1, 0]))
    const compared = await compareAll([...photos, embedded('bea', '1', null)])
    expect(compared.genuine.ascending).toHaveLength(1)
    expect(compared).toMatchObject({ failedGenuine: 2, impostorPairs: 0 })
  })

  it('keeps an even sample of so many pairs of two people, and every pair of the same person', async () => {
    const photos = Array.from({ length: 60 }, (_, at) => {
      const angle = at / 10
      return embedded(`p${Math.floor(at / 2)}`, `${at}`, [Math.cos(angle), Math.sin(angle)])
    })
    const whole = await compareAll(photos)
    const part = await compareAll(photos, { most: 500 })
    expect(whole.impostor.ascending).toHaveLength((60 * 59) / 2 - 30)
    expect(part.impostor.ascending).toHaveLength(500)
    expect(part.impostorPairs).toBe(whole.impostorPairs)
    expect(part.genuine.ascending).toEqual(whole.genuine.ascending)
    const mean = (scores: Float32Array | Float64Array) =>
      [...scores].reduce((sum, score) => sum + score, 0) / scores.length
    expect(Math.abs(mean(part.impostor.ascending) - mean(whole.impostor.ascending))).toBeLessThan(0.1)
    const again = await compareAll(photos, { most: 500 })
    expect(again.impostor.ascending).toEqual(part.impostor.ascending)
  })

  it.each([1, 2, 3, 7, 1000])('a sample of %d is exactly so large, or all there is', async (most) => {
    const photos = Array.from({ length: 8 }, (_, at) => embedded(`p${at}`, '1', [1, 0]))
    const compared = await compareAll(photos, { most })
    expect(compared.impostor.ascending).toHaveLength(Math.min(most, 28))
  })

  it('says how far it is', async () => {
    const told: number[] = []
    const photos = [embedded('a', '1', [1]), embedded('b', '1', [1])]
    await compareAll(photos, { onProgress: (done, total) => told.push(done / total) })
    expect(told).toEqual([0.5, 1])
  })
})
