import { describe, expect, test } from 'vitest'
import { gradientPixels } from '../test-support.ts'
import { flat, pixelAt } from './degrade-support.ts'
import { turnPixels } from './turn-pixels.ts'

describe('turnPixels', () => {
  test('a quarter turn is clockwise and exact', async () => {
    const image = gradientPixels(40, 30)
    const turned = await turnPixels(image, 90)
    expect(turned).toMatchObject({ width: 30, height: 40 })
    // What was at the top left is at the top right now.
    expect(pixelAt(turned, 29, 0)).toEqual(pixelAt(image, 0, 0))
    expect(pixelAt(turned, 29, 39)).toEqual(pixelAt(image, 39, 0))
  })

  test('four quarter turns bring every pixel back', async () => {
    const image = gradientPixels(40, 30)
    let turned: Awaited<ReturnType<typeof turnPixels>> = image
    for (let turn = 0; turn < 4; turn += 1) turned = await turnPixels(turned, 90)
    expect(Buffer.from(turned.data)).toEqual(Buffer.from(image.data))
  })

  test('any other turn holds the whole image, with grey corners', async () => {
    const turned = await turnPixels(flat(100, 60, 255), 30)
    expect(turned.width).toBeGreaterThanOrEqual(Math.floor(100 * Math.cos(Math.PI / 6) + 60 * 0.5))
    expect(pixelAt(turned, 0, 0)).toEqual([128, 128, 128])
    expect(pixelAt(turned, Math.floor(turned.width / 2), Math.floor(turned.height / 2))).toEqual([255, 255, 255])
  })

  test.each([0, 360, -360])('%i degrees change nothing', async (degrees) => {
    const image = flat(9, 5, 3)
    expect(await turnPixels(image, degrees)).toBe(image)
  })
})
