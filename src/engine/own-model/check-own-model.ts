import { done, type Outcome, sha256Hex } from '../../base/index.ts'
import { type GoldenResult, runGoldenTests } from './golden-tests.ts'
import type { OwnModelCode } from './own-model-code.ts'
import type { OwnModelManifest } from './own-model-manifest.ts'
import { type OwnNetworkPlan, openOwnNetwork } from './own-network.ts'
import { probeNetwork } from './probe-network.ts'
import { readModelFile } from './read-model-file.ts'

/** A brought model that is what its manifest says and gives usable embeddings; its accuracy is not known yet. */
export interface LoadedOwnModel {
  readonly manifest: OwnModelManifest
  /** The file as the agency brought it. */
  readonly source: Uint8Array
  /** SHA-256 of the ONNX model that is run: converted, or the file itself. */
  readonly onnxSha256: string
  readonly goldenResults: readonly GoldenResult[]
}

/**
 * Everything that can be said about a brought model without labelled photographs: the file is the
 * one named, it loads, takes and gives what the manifest says, its embeddings are finite, the same
 * each time and different for different pictures, and its golden tests come out.
 * ONNX Runtime answers damaged files with an error and keeps running (320 damaged copies tried), so
 * the model is loaded in this process.
 */
export async function loadOwnModel(manifest: OwnModelManifest): Promise<Outcome<LoadedOwnModel, OwnModelCode>> {
  const bytes = await readModelFile(manifest)
  if (!bytes.ok) return bytes
  const plan = planOf(manifest)
  const network = await openOwnNetwork(bytes.value.onnx, plan)
  if (!network.ok) return network
  try {
    const probed = await probeNetwork(network.value, plan)
    if (!probed.ok) return probed
    const golden = await runGoldenTests(manifest, network.value)
    if (!golden.ok) return golden
    const { source, onnx } = bytes.value
    return done({ manifest, source, onnxSha256: sha256Hex(onnx), goldenResults: golden.value })
  } finally {
    await network.value.close()
  }
}

function planOf({ input, feed, output }: OwnModelManifest): OwnNetworkPlan {
  return { ...input, feed, outputName: output.name, dimension: output.dimension }
}
