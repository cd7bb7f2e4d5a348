import fc from 'fast-check'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { beforeAll, describe, expect, test } from 'vitest'
import { featureRecord, mobileRecord } from '../embedder-record.ts'
import { meshRecord } from '../front-end-records.ts'
import { loadWeight } from '../load-weights.ts'
import { cosine, weightsReady } from '../test-support.ts'
import { type OnnxConstant, type OnnxGraph, type OnnxNode, writeOnnx } from '../tflite/write-onnx.ts'
import { readFields } from './protobuf.ts'
import { MODEL, readGraph } from './read-graph.ts'
import { spreadPrelu } from './spread-prelu.ts'

// Small networks are run through ONNX Runtime as they are and rewritten; both must give the same numbers.

const CHANNELS = 4
const INPUT = [1, 3, 5, 5]
const SHAPE = [1, CHANNELS, 5, 5]

type Slopes = readonly number[]

/** Numbers that look like nothing, the same for the same name. */
function numbersFor(name: string, length: number): Float32Array {
  const seed = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1000
  return Float32Array.from({ length }, (_, place) => Math.sin(place * 12.9898 + seed))
}

function weights(name: string, shape: readonly number[]): OnnxConstant {
  return {
    name,
    shape,
    data: numbersFor(
      name,
      shape.reduce((product, size) => product * size, 1),
    ),
  }
}

function slopesOf(name: string, values: Slopes, shape: readonly number[] = [values.length, 1, 1]): OnnxConstant {
  return { name, shape, data: Float32Array.from(values) }
}

function conv(input: string, weight: string, output: string, kernel = 1, group = 1): OnnxNode {
  const pad = (kernel - 1) / 2
  const attributes = {
    group: { i: group },
    kernel_shape: { ints: [kernel, kernel] },
    pads: { ints: [pad, pad, pad, pad] },
  }
  return { op: 'Conv', inputs: [input, weight], outputs: [output], attributes }
}

function node(op: string, inputs: readonly string[], output: string): OnnxNode {
  return { op, inputs, outputs: [output], attributes: {} }
}

/** A convolution, a PRelu `p` with these slopes, and what comes after it. */
function network(
  slopes: OnnxConstant,
  after: readonly OnnxNode[],
  constants: readonly OnnxConstant[],
  outputs: readonly string[],
): OnnxGraph {
  return {
    name: 'g',
    nodes: [conv('x', 'first', 'c', 3), node('PRelu', ['c', slopes.name], 'p'), ...after],
    constants: [weights('first', [CHANNELS, 3, 3, 3]), slopes, ...constants],
    inputs: [{ name: 'x', shape: INPUT }],
    outputs: outputs.map((name) => ({ name, shape: SHAPE })),
  }
}

const pointwise = weights('w', [CHANNELS, CHANNELS, 1, 1])
const other = weights('v', [CHANNELS, CHANNELS, 3, 3])

/** Ways in which a PRelu's output is read; `joined` where its factor can go into the weights that follow. */
const READERS: Readonly<Record<string, { readonly joined: boolean; graph(slopes: Slopes): OnnxGraph }>> = {
  'by a pointwise convolution': {
    joined: true,
    graph: (slopes) => network(slopesOf('s', slopes), [conv('p', 'w', 'y')], [pointwise], ['y']),
  },
  'by a depthwise convolution with a border of zeros': {
    joined: true,
    graph: (slopes) => {
      const depthwise = weights('w', [CHANNELS, 1, 3, 3])
      return network(slopesOf('s', slopes), [conv('p', 'w', 'y', 3, CHANNELS)], [depthwise], ['y'])
    },
  },
  'by a convolution in two groups': {
    joined: true,
    graph: (slopes) => {
      const grouped = weights('w', [CHANNELS, CHANNELS / 2, 3, 3])
      return network(slopesOf('s', slopes), [conv('p', 'w', 'y', 3, 2)], [grouped], ['y'])
    },
  },
  'by two convolutions': {
    joined: true,
    graph: (slopes) => {
      const after = [conv('p', 'w', 'y'), conv('p', 'v', 'z', 3)]
      return network(slopesOf('s', slopes, [1, CHANNELS, 1, 1]), after, [pointwise, other], ['y', 'z'])
    },
  },
  'by a convolution, a PRelu and a convolution again': {
    joined: true,
    graph: (slopes) => {
      const after = [conv('p', 'w', 'd'), node('PRelu', ['d', 's'], 'q'), conv('q', 'v', 'y', 3)]
      return network(slopesOf('s', slopes), after, [pointwise, other], ['y'])
    },
  },
  'by a sum': {
    joined: false,
    graph: (slopes) => network(slopesOf('s', slopes), [node('Add', ['p', 'c'], 'y')], [], ['y']),
  },
  'by a convolution and a sum': {
    joined: false,
    graph: (slopes) => {
      return network(slopesOf('s', slopes), [conv('p', 'w', 'd'), node('Add', ['d', 'p'], 'y')], [pointwise], ['y'])
    },
  },
  'as an output': { joined: false, graph: (slopes) => network(slopesOf('s', slopes), [], [], ['p']) },
  'by a convolution and as an output': {
    joined: false,
    graph: (slopes) => network(slopesOf('s', slopes), [conv('p', 'w', 'y')], [pointwise], ['y', 'p']),
  },
  'by two convolutions with the same weights': {
    joined: false,
    graph: (slopes) => {
      return network(slopesOf('s', slopes), [conv('p', 'w', 'y'), conv('c', 'w', 'z')], [pointwise], ['y', 'z'])
    },
  },
  'by a convolution whose weights are computed': {
    joined: false,
    graph: (slopes) => {
      const after = [node('Relu', ['v0'], 'v'), conv('p', 'v', 'y')]
      return network(slopesOf('s', slopes), after, [weights('v0', [CHANNELS, CHANNELS, 1, 1])], ['y'])
    },
  },
}

async function run(model: Uint8Array, shape = INPUT): Promise<readonly Float32Array[]> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 4 })
  const planes = numbersFor(
    'pixels',
    shape.reduce((product, size) => product * size, 1),
  )
  const outputs = await session.run({ [session.inputNames[0] ?? '']: new Tensor('float32', planes, shape) })
  const values = session.outputNames.map((name) => outputs[name]?.data as Float32Array)
  await session.release()
  return values
}

function expectSame(found: readonly Float32Array[], expected: readonly Float32Array[], tolerance = 1e-5): void {
  expect(found.map((values) => values.length)).toEqual(expected.map((values) => values.length))
  for (const [index, values] of expected.entries()) {
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
    const apart = values.reduce(
      (most, value, place) => Math.max(most, Math.abs(value - (found[index]?.[place] ?? 99))),
      0,
    )
    expect(apart / largest).toBeLessThanOrEqual(tolerance)
  }
}

function graphOf(model: Uint8Array) {
  const part = readFields(model).find(({ number }) => number === MODEL.graph)
  return readGraph(part?.bytes ?? new Uint8Array())
}

function operations(model: Uint8Array): readonly string[] {
  return [...graphOf(model).nodes.values()].map(({ op }) => op)
}

function count(model: Uint8Array, op: string): number {
  return operations(model).filter((one) => one === op).length
}

const usual = fc.double({ min: -3, max: 3, noNaN: true })
const nearOne = fc.double({ min: 1 - 1 / 32, max: 1 + 1 / 32, noNaN: true })
const slope = fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: nearOne }, fc.constantFrom(0, 1, -1))
const slopes = fc.array(slope, { minLength: CHANNELS, maxLength: CHANNELS })
const PLAIN: Slopes = [0.25, -0.5, 0, 0.9]

describe.each(Object.entries(READERS))('a PRelu read %s', (_, { joined, graph }) => {
  test('gives the same numbers, whatever its slopes', async () => {
    await fc.assert(
      fc.asyncProperty(slopes, async (values) => {
        const model = writeOnnx(graph(values))
        const spread = spreadPrelu(model)
        expect(count(spread, 'PRelu')).toBe(0)
        expectSame(await run(spread), await run(model))
      }),
      { numRuns: 25 },
    )
  })

  test(joined ? 'goes into the weights that follow' : 'is written out, and all other weights are kept', () => {
    const model = writeOnnx(graph(PLAIN))
    const spread = spreadPrelu(model)
    const nodes = count(model, 'PRelu')
    expect(count(spread, 'Conv') - count(model, 'Conv')).toBe(joined ? nodes : 2 * nodes)
    const [before, after] = [graphOf(model).constants, graphOf(spread).constants]
    for (const name of ['w', 'v'].filter((one) => before.has(one))) {
      expect(Buffer.from(after.get(name)?.data ?? []).equals(Buffer.from(before.get(name)?.data ?? []))).toBe(!joined)
    }
  })
})

describe('slopes near 1', () => {
  const near = READERS['by a pointwise convolution']

  test.each([1, 1 - 1 / 65, 1 + 1 / 65, 0.99999])('%f in one channel is written out', async (value) => {
    const model = writeOnnx(near?.graph([0.5, value, 0.1, 0.2]) ?? network(slopesOf('s', PLAIN), [], [], ['p']))
    const spread = spreadPrelu(model)
    expect(count(spread, 'Conv')).toBe(4)
    expectSame(await run(spread), await run(model))
  })

  test.each([1 - 1 / 63, 1 + 1 / 63])('%f is still carried by the weights', async (value) => {
    const model = writeOnnx(near?.graph([0.5, value, 0.1, 0.2]) ?? network(slopesOf('s', PLAIN), [], [], ['p']))
    const spread = spreadPrelu(model)
    expect(count(spread, 'Conv')).toBe(3)
    expectSame(await run(spread), await run(model))
  })
})

describe('what is left as it is', () => {
  const left: Readonly<Record<string, OnnxConstant>> = {
    'one slope for all channels': slopesOf('s', [0.25], [1, 1, 1]),
    'one slope without a shape': slopesOf('s', [0.25], []),
    'a slope for each column': slopesOf(
      's',
      [1, 2, 3, 4, 5].map((value) => value / 10),
      [1, 1, 5],
    ),
    'a slope for each place': slopesOf('s', [...numbersFor('s', 100)], [CHANNELS, 5, 5]),
  }

  test.each(Object.entries(left))('%s', (_, constant) => {
    const model = Buffer.from(writeOnnx(network(constant, [conv('p', 'w', 'y')], [pointwise], ['y'])))
    expect(Buffer.from(spreadPrelu(model)).equals(model)).toBe(true)
  })

  test('slopes that are computed', () => {
    const after = [node('Relu', ['raw'], 's')]
    const { nodes, ...rest } = network(slopesOf('raw', PLAIN), [], [], ['p'])
    const computed = nodes.map((one) => (one.op === 'PRelu' ? { ...one, inputs: ['c', 's'] } : one))
    const model = Buffer.from(writeOnnx({ ...rest, nodes: [...after, ...computed] }))
    expect(Buffer.from(spreadPrelu(model)).equals(model)).toBe(true)
  })

  test('a network without a PRelu, byte for byte', () => {
    const graph = network(slopesOf('s', PLAIN), [conv('p', 'w', 'y')], [pointwise], ['y'])
    const plain = graph.nodes.map((one) => (one.op === 'PRelu' ? node('Relu', ['c'], 'p') : one))
    const model = Buffer.from(writeOnnx({ ...graph, nodes: plain }))
    expect(Buffer.from(spreadPrelu(model)).equals(model)).toBe(true)
  })

  test('every other field of the model and of its graph, byte for byte and in order', () => {
    const graph = network(slopesOf('s', PLAIN), [conv('p', 'w', 'y'), node('Relu', ['y'], 'z')], [pointwise], ['z'])
    const model = writeOnnx(graph)
    const spread = spreadPrelu(model)
    const outside = (bytes: Uint8Array) => readFields(bytes).filter(({ number }) => number !== MODEL.graph)
    expect(outside(spread).map(({ raw }) => [...raw])).toEqual(outside(model).map(({ raw }) => [...raw]))
    const before = graphOf(model)
    const changed = [...before.nodes.values()].filter(({ op }) => op === 'PRelu').map(({ field }) => field)
    const kept = before.fields.filter((one) => !changed.includes(one) && one !== before.constants.get('w')?.field)
    const after = graphOf(spread).fields.map(({ raw }) => Buffer.from(raw).toString('hex'))
    const places = kept.map(({ raw }) => after.indexOf(Buffer.from(raw).toString('hex')))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((one, next) => one - next))
  })

  test('bytes that are no model are refused', () => {
    expect(() => spreadPrelu(Buffer.from('nothing'))).toThrow(RangeError)
  })
})

describe('the networks of the engine', () => {
  let weightsDir = ''
  beforeAll(async () => {
    weightsDir = await weightsReady()
  }, 120_000)

  test.each([meshRecord, featureRecord, mobileRecord])('$id gives the same', async (record) => {
    const model = await loadWeight(record, { weightsDir })
    const spread = spreadPrelu(model)
    expect(count(model, 'PRelu')).toBeGreaterThan(5)
    expect(count(spread, 'PRelu')).toBe(0)
    const shape = [1, 3, record.input.height, record.input.width]
    const [expected, found] = [await run(model, shape), await run(spread, shape)]
    expectSame(found, expected, 1e-4)
    const [one = new Float32Array(), same = new Float32Array()] = [expected[0], found[0]]
    expect(cosine(one, same) / (Math.hypot(...one) * Math.hypot(...same))).toBeGreaterThan(0.999999)
  })
})
