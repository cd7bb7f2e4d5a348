import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { foldPrelu } from './fold-prelu.ts'
import { type OnnxConstant, type OnnxNode, writeOnnx } from './write-onnx.ts'

const SHAPE = [1, 3, 2, 2]
const SLOPE: OnnxConstant = { name: 'slope', shape: [3, 1, 1], data: Float32Array.of(0.25, -0.5, 2) }
const HALF: OnnxConstant = { name: 'half', shape: [1], data: Float32Array.of(0.5) }
const CONSTANTS = [SLOPE, HALF]

function node(op: string, inputs: readonly string[], output: string): OnnxNode {
  return { op, inputs, outputs: [output], attributes: {} }
}

/** The six operations as TensorFlow writes them. */
const GROUP = {
  positive: node('Relu', ['x'], 'positive'),
  size: node('Abs', ['x'], 'size'),
  difference: node('Sub', ['x', 'size'], 'difference'),
  scaled: node('Mul', ['difference', 'slope'], 'scaled'),
  halved: node('Mul', ['scaled', 'half'], 'halved'),
  sum: node('Add', ['positive', 'halved'], 'y'),
} as const

/** The group with some of its operations replaced. */
function groupWith(changes: Partial<Record<keyof typeof GROUP, OnnxNode>> = {}): readonly OnnxNode[] {
  return Object.values({ ...GROUP, ...changes })
}

const FOLDED = { op: 'PRelu', inputs: ['x', 'slope'], outputs: ['y'], attributes: {} }

async function run(nodes: readonly OnnxNode[], output = 'y'): Promise<readonly number[]> {
  const model = writeOnnx({
    name: 'g',
    nodes,
    constants: CONSTANTS,
    inputs: [{ name: 'x', shape: SHAPE }],
    outputs: [{ name: output, shape: SHAPE }],
  })
  const session = await InferenceSession.create(model, { logSeverityLevel: 4 })
  const x = new Tensor(
    'float32',
    Float32Array.from({ length: 12 }, (_, place) => Math.sin(place * 2.3) * 4),
    SHAPE,
  )
  const outputs = await session.run({ x })
  const numbers = outputs[output]?.data as Float32Array
  return [...numbers]
}

describe('the group', () => {
  test('becomes one PRelu', () => {
    expect(foldPrelu(groupWith(), CONSTANTS, ['y'])).toEqual([FOLDED])
  })

  test('computes the same afterwards', async () => {
    const [before, after] = [await run(groupWith()), await run(foldPrelu(groupWith(), CONSTANTS, ['y']))]
    expect(before.some((value) => value < 0)).toBe(true)
    for (const [place, value] of before.entries()) expect(after[place]).toBeCloseTo(value, 5)
  })

  test.each([
    ['slope', { scaled: node('Mul', ['slope', 'difference'], 'scaled') }],
    ['half', { halved: node('Mul', ['half', 'scaled'], 'halved') }],
  ])('is known with the %s written first', (_, change) => {
    expect(foldPrelu(groupWith(change), CONSTANTS, ['y'])).toEqual([FOLDED])
  })

  test('leaves everything around it in place and order', () => {
    const before = node('Relu', ['input'], 'x')
    const between = node('Relu', ['x'], 'other')
    const after = node('Add', ['y', 'other'], 'end')
    const [positive, ...others] = groupWith()
    const nodes = [before, ...(positive ? [positive] : []), between, ...others, after]
    expect(foldPrelu(nodes, CONSTANTS, ['end'])).toEqual([before, between, FOLDED, after])
  })

  test('twice in a row becomes two', () => {
    const again = groupWith().map(({ op, inputs, outputs }) => {
      const renamed = inputs.map((name) =>
        name === 'x' ? 'y' : CONSTANTS.some((c) => c.name === name) ? name : `${name}2`,
      )
      return node(op, renamed, `${outputs[0]}2`)
    })
    expect(foldPrelu([...groupWith(), ...again], CONSTANTS, ['y2'])).toEqual([
      FOLDED,
      { ...FOLDED, inputs: ['y', 'slope'], outputs: ['y2'] },
    ])
  })
})

describe('near misses stay as they are', () => {
  const third: OnnxConstant = { ...HALF, data: Float32Array.of(0.25) }
  const wide: OnnxConstant = { ...HALF, shape: [2], data: Float32Array.of(0.5, 0.5) }
  const single: OnnxConstant = { ...SLOPE, shape: [1], data: Float32Array.of(0.25) }
  const whole: OnnxConstant = { ...SLOPE, shape: [1, 3, 1, 1] }

  test.each([
    ['another factor than one half', [SLOPE, third]],
    ['two halves', [SLOPE, wide]],
    ['one slope for all channels', [single, HALF]],
    ['slopes of another shape', [whole, HALF]],
    ['no constants at all', []],
  ])('%s', (_, constants) => {
    expect(foldPrelu(groupWith(), constants, ['y'])).toEqual(groupWith())
  })

  test.each(
    Object.entries({
      'the size of something else': { size: node('Abs', ['z'], 'size') },
      'what is positive of something else': { positive: node('Relu', ['z'], 'positive') },
      'the difference the other way round': { difference: node('Sub', ['size', 'x'], 'difference') },
      'a sum where a difference should be': { difference: node('Add', ['x', 'size'], 'difference') },
      'no absolute value': { size: node('Relu', ['x'], 'size') },
      'another function for what is positive': { positive: node('Abs', ['x'], 'positive') },
      'a difference at the end': { sum: node('Sub', ['positive', 'halved'], 'y') },
      'a sum with something else': { sum: node('Add', ['positive', 'x'], 'y') },
      'a factor that is no constant': { scaled: node('Mul', ['difference', 'x'], 'scaled') },
    }),
  )('%s', (_, change) => {
    expect(foldPrelu(groupWith(change), CONSTANTS, ['y'])).toEqual(groupWith(change))
  })

  test.each(['positive', 'size', 'difference', 'scaled', 'halved'])(
    'a group whose %s something else reads too, by name or as an output',
    async (name) => {
      const nodes = [...groupWith(), node('Add', ['y', name], 'end')]
      expect(foldPrelu(nodes, CONSTANTS, ['end'])).toEqual(nodes)
      expect(foldPrelu(groupWith(), CONSTANTS, ['y', name])).toEqual(groupWith())
      expect(await run(foldPrelu(nodes, CONSTANTS, ['end']), 'end')).toHaveLength(12)
    },
  )
})
