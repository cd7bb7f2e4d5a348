import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { done, fail, type Outcome } from '../../base/index.ts'
import { decodeImage } from '../decode/decode-image.ts'
import { DEFAULT_POOL, type DecodePool, openDecodePool } from '../decode/decode-pool.ts'
import type { Point } from '../engine.ts'
import { type Pixels, pixelPyramid } from '../pixels.ts'
import { fitTransform, invertTransform } from '../similarity-transform.ts'
import { warpToInput } from '../warp-pixels.ts'
import type { OwnModelCode } from './own-model-code.ts'
import type { GoldenTest, OwnModelManifest } from './own-model-manifest.ts'
import type { OwnNetwork } from './own-network.ts'
import { embeddingOf } from './probe-network.ts'
import { reachesInside } from './read-model-file.ts'
import { cosineOf } from './unit-embedding.ts'

/** How near this machine came to what the model's author got. */
export interface GoldenResult {
  /** Path inside the manifest's folder. */
  readonly image: string
  readonly cosine: number
}

/** Runs every golden test of a manifest; the first that fails ends it. */
export async function runGoldenTests(
  manifest: OwnModelManifest,
  network: OwnNetwork,
): Promise<Outcome<readonly GoldenResult[], OwnModelCode>> {
  if (manifest.goldenTests.length === 0) return done([])
  const pool = openDecodePool({ ...DEFAULT_POOL, processes: 1 })
  try {
    const results: GoldenResult[] = []
    for (const [index, test] of manifest.goldenTests.entries()) {
      const result = await runGoldenTest(manifest, network, pool, test, `$.goldenTests[${index}]`)
      if (!result.ok) return result
      results.push(result.value)
    }
    return done(results)
  } finally {
    pool.close()
  }
}

async function runGoldenTest(
  manifest: OwnModelManifest,
  network: OwnNetwork,
  pool: DecodePool,
  test: GoldenTest,
  where: string,
): Promise<Outcome<GoldenResult, OwnModelCode>> {
  const planes = await goldenPlanes(manifest, pool, test, where)
  if (!planes.ok) return planes
  const embedding = await embeddingOf(network, planes.value, manifest.output.dimension)
  if (!embedding.ok) return embedding
  const length = Math.hypot(...test.expected)
  const cosine = cosineOf(embedding.value, test.expected) / length
  const image = relative(manifest.folder, test.file)
  if (cosine >= test.minCosine) return done({ image, cosine })
  const message = `The embedding of ${image} comes within ${cosine.toFixed(5)} (cosine) of the expected one; ${test.minCosine} is asked.`
  const remedy = 'Check colour, layout, mean, std and alignment: one of them is not as the model was trained.'
  return fail('golden_test_failed', message, remedy, { where, facts: { cosine, asked: test.minCosine } })
}

async function goldenPlanes(
  manifest: OwnModelManifest,
  pool: DecodePool,
  test: GoldenTest,
  where: string,
): Promise<Outcome<Float32Array, OwnModelCode>> {
  const unreadable = (reason: string) => {
    const image = relative(manifest.folder, test.file)
    const remedy = 'Put the image of the golden test beside the manifest, as JPEG or PNG.'
    return fail('golden_image_unreadable', `The image ${image} of a golden test ${reason}`, remedy, { where })
  }
  if (!(await reachesInside(test.file, manifest.folder))) return unreadable('is not in the folder of the manifest.')
  const bytes = await readFile(test.file).catch(() => undefined)
  if (bytes === undefined) return unreadable('cannot be read.')
  const image = await decodeImage(pool, bytes)
  if (!image.ok) return unreadable(`cannot be used. ${image.problem.message}`)
  const { pixels } = image.value
  const { width, height } = manifest.input
  if (test.landmarks === null && (pixels.width !== width || pixels.height !== height)) {
    return unreadable(`is ${pixels.width} x ${pixels.height}, not ${width} x ${height}, and no landmarks are given.`)
  }
  return done(facePlanes(manifest, pixels, test.landmarks))
}

function facePlanes(manifest: OwnModelManifest, pixels: Pixels, landmarks: GoldenTest['landmarks']): Float32Array {
  const raw = { ...manifest.input, colour: 'RGB', subtract: 0, divide: 1 } as const
  const still = { a: 1, b: 0, tx: 0, ty: 0 }
  if (landmarks === null) return warpToInput(pixelPyramid(pixels), still, raw)
  // Manifests count from the middle of the first pixel, this room's images from its corner.
  const fromCorner = ({ x, y }: Point) => ({ x: x + 0.5, y: y + 0.5 })
  const toInput = fitTransform(landmarks.map(fromCorner), manifest.alignment.points.map(fromCorner))
  return warpToInput(pixelPyramid(pixels), invertTransform(toInput), raw)
}
