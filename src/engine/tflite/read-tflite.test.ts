import { describe, expect, test } from 'vitest'
import { readTflite, tensorNumbers } from './read-tflite.ts'

function tensor(type: number, data: Uint8Array) {
  return { name: 'weights', shape: [data.length], type, data }
}

describe('tensorNumbers', () => {
  test('reads 32-bit floats', () => {
    const data = new Uint8Array(Float32Array.of(1.5, -2).buffer)
    expect([...tensorNumbers(tensor(0, data))]).toEqual([1.5, -2])
  })

  // Values of IEEE 754 binary16: 1, -2, the largest, the smallest normal, the smallest, zero, infinity.
  test.each([
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x0001, 2 ** -24],
    [0x8000, -0],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x3555, 0.333251953125],
  ])('reads the 16-bit float %i as %f', (bits, value) => {
    expect([...tensorNumbers(tensor(1, Uint8Array.of(bits & 255, bits >> 8)))]).toEqual([value])
  })

  test('reads what is no number as such', () => {
    expect([...tensorNumbers(tensor(1, Uint8Array.of(1, 0x7c)))]).toEqual([Number.NaN])
  })

  test('reads integers', () => {
    expect([...tensorNumbers(tensor(2, new Uint8Array(Int32Array.of(4, -4).buffer)))]).toEqual([4, -4])
  })

  test('refuses other types, by name', () => {
    expect(() => tensorNumbers(tensor(9, new Uint8Array(4)))).toThrow('Tensor weights has type 9')
  })
})

describe('readTflite', () => {
  test('refuses bytes that are no TensorFlow Lite model', () => {
    expect(() => readTflite(Buffer.from('not a model at all'))).toThrow('TFL3')
    expect(() => readTflite(new Uint8Array())).toThrow('TFL3')
  })
})
