import type { OnnxConstant, OnnxNode } from './write-onnx.ts'

/**
 * TensorFlow writes a PRelu as `relu(x) + slope * (x - |x|) * 0.5`, six operations; each such group becomes one
 * PRelu again. Everything else stays as it is, in its order; so does a group of which something else reads a part.
 * @param constants one-value constants are looked up here; slopes are those of one number per channel
 * @param outputs names of the graph's outputs
 */
export function foldPrelu(
  nodes: readonly OnnxNode[],
  constants: readonly OnnxConstant[],
  outputs: readonly string[],
): readonly OnnxNode[] {
  const uses = new Map<string, number>()
  for (const name of [...nodes.flatMap((node) => node.inputs), ...outputs]) uses.set(name, (uses.get(name) ?? 0) + 1)
  const made = new Map(nodes.map((node) => [node.outputs[0] ?? '', node] as const))
  const known = new Map(constants.map((constant) => [constant.name, constant] as const))
  const gone = new Set<OnnxNode>()
  const folded = nodes.map((node) => {
    const group = groupOf(node, made, known)
    if (group === null || group.members.some((member) => uses.get(member.outputs[0] ?? '') !== 1)) return node
    for (const member of group.members) gone.add(member)
    return { op: 'PRelu', inputs: [group.input, group.slope], outputs: node.outputs, attributes: {} }
  })
  return folded.filter((node) => !gone.has(node))
}

interface Group {
  readonly input: string
  readonly slope: string
  /** The five operations that the last one, the sum, takes the place of. */
  readonly members: readonly OnnxNode[]
}

type Made = ReadonlyMap<string, OnnxNode>
type Known = ReadonlyMap<string, OnnxConstant>

function groupOf(sum: OnnxNode, made: Made, known: Known): Group | null {
  if (sum.op !== 'Add') return null
  const [positive, half] = sum.inputs.map((name) => made.get(name))
  const byHalf = factors(half, known, isHalf)
  const bySlope = factors(made.get(byHalf?.other ?? ''), known, isSlope)
  const difference = made.get(bySlope?.other ?? '')
  const [input = '', absolute = ''] = difference?.op === 'Sub' ? difference.inputs : []
  const size = made.get(absolute)
  if (positive?.op !== 'Relu' || size?.op !== 'Abs' || !half || !bySlope || !difference) return null
  if (positive.inputs[0] !== input || size.inputs[0] !== input) return null
  const scaled = made.get(byHalf?.other ?? '')
  return scaled ? { input, slope: bySlope.constant, members: [positive, size, difference, scaled, half] } : null
}

/** The constant factor of a product and the other one. */
function factors(node: OnnxNode | undefined, known: Known, wanted: (constant: OnnxConstant) => boolean) {
  if (node?.op !== 'Mul') return null
  const constant = node.inputs.find((name) => {
    const found = known.get(name)
    return found !== undefined && wanted(found)
  })
  const other = node.inputs.find((name) => name !== constant)
  return constant === undefined || other === undefined ? null : { constant, other }
}

function isHalf({ data }: OnnxConstant): boolean {
  return data.length === 1 && data[0] === 0.5
}

function isSlope({ data, shape }: OnnxConstant): boolean {
  return data instanceof Float32Array && data.length > 1 && shape[0] === data.length
}
