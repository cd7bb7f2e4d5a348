import { done, fail, type Outcome } from '../../base/index.ts'
import type { OwnModelCode } from './own-model-code.ts'
import { type OwnNetwork, type OwnNetworkPlan, shortReason } from './own-network.ts'
import { cosineOf, unitEmbedding } from './unit-embedding.ts'

/** Two different pictures as near as this: the network does not look at its input. */
const ALIKE = 0.999999

/**
 * Asks a network for the embeddings of three drawn pictures: grey, noise, and a shaded oval with
 * dark eyes. Each must be finite, of the dimension said, the same twice, and unlike the others.
 */
export async function probeNetwork(network: OwnNetwork, plan: OwnNetworkPlan): Promise<Outcome<void, OwnModelCode>> {
  const seen: { readonly picture: string; readonly vector: Float32Array }[] = []
  for (const [picture, planes] of Object.entries(probePictures(plan.width, plan.height))) {
    const first = await embeddingOf(network, planes, plan.dimension)
    if (!first.ok) return first
    const again = await embeddingOf(network, planes, plan.dimension)
    if (!again.ok) return again
    if (first.value.some((value, place) => value !== again.value[place])) {
      const message = `The model gives another embedding each time for the same picture (${picture}).`
      return fail('not_deterministic', message, 'Export it for use, without dropout or random operations.')
    }
    const twin = seen.find((one) => cosineOf(one.vector, first.value) > ALIKE)
    if (twin !== undefined) {
      const message = `The model gives one embedding for two different pictures (${twin.picture} and ${picture}).`
      const remedy = 'Check mean, std and the name of the output, or export the model again.'
      return fail('embeddings_alike', message, remedy, { where: '$.input' })
    }
    seen.push({ picture, vector: first.value })
  }
  return done(undefined)
}

/** A unit embedding, or why there is none; a network that the runtime cannot run is a failure too. */
export async function embeddingOf(
  network: OwnNetwork,
  planes: Float32Array,
  dimension: number,
): Promise<Outcome<Float32Array, OwnModelCode>> {
  const output = await network.embed(planes).catch((cause: unknown) => shortReason(cause))
  if (typeof output !== 'string') return unitEmbedding(output, dimension)
  const message = 'ONNX Runtime loads this model but cannot run it on a face of the size that the manifest says.'
  const remedy = 'Correct width and height, or export the model again.'
  return fail('onnx_will_not_run', message, remedy, { where: '$.input', facts: { detail: output } })
}

/** Planes R, G, B, 0 to 255, the same on every machine. */
export function probePictures(
  width: number,
  height: number,
): Readonly<Record<'grey' | 'noise' | 'oval', Float32Array>> {
  const pixels = width * height
  // Numerical Recipes' linear congruential generator; its high bits are even enough for noise.
  let state = 20_261_122
  const noise = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  }
  return {
    grey: new Float32Array(3 * pixels).fill(128),
    noise: Float32Array.from({ length: 3 * pixels }, noise),
    oval: Float32Array.from({ length: 3 * pixels }, (_, place) => {
      const pixel = place % pixels
      const plane = Math.floor(place / pixels)
      return ovalAt((pixel % width) / width, Math.floor(pixel / width) / height) * (1 - 0.15 * plane)
    }),
  }
}

/** Brightness, 0 to 255, of a drawn head at a place from 0 to 1. */
function ovalAt(x: number, y: number): number {
  const near = (left: number, top: number, wide: number, high: number) =>
    ((x - left) / wide) ** 2 + ((y - top) / high) ** 2 < 1
  if (!near(0.5, 0.5, 0.4, 0.55)) return 30
  if (near(0.34, 0.46, 0.08, 0.04) || near(0.66, 0.46, 0.08, 0.04)) return 40
  if (near(0.5, 0.82, 0.14, 0.04)) return 90
  return 230 - 120 * x - 20 * y
}
