import { readFile } from 'node:fs/promises'
import { decodePixels, folderUrl, loadPeer, mostCentral, type Pipeline, peerFile, wasmFolder } from './pipeline.ts'

interface Tensor {
  readonly shape: readonly number[]
}

interface Face {
  readonly box: readonly [x: number, y: number, width: number, height: number]
  readonly embedding?: readonly number[]
}

interface Human {
  readonly tf: {
    tensor3d(data: Uint8Array, shape: readonly number[], type: 'int32'): Tensor
    dispose(tensor: Tensor): void
  }
  load(): Promise<void>
  detect(image: Tensor): Promise<{ readonly face: readonly Face[] }>
}

interface HumanModule {
  readonly Human: new (config: object) => Human
}

/** No answer may be carried over from the photograph before: in stills every frame is a new one. */
const FRESH = { skipFrames: 0, skipTime: 0 }
const OFF = { enabled: false }

/**
 * Everything of the package that does not serve recognition is off; the detector is as the package has it, but may find
 * several faces. Its option to turn faces upright (`rotation`) was tried: two failures in 637 photographs and no gain.
 */
const CONFIG = {
  backend: 'wasm',
  debug: false,
  cacheSensitivity: 0,
  skipAllowed: false,
  gesture: OFF,
  body: OFF,
  hand: OFF,
  object: OFF,
  segmentation: OFF,
  face: {
    enabled: true,
    detector: { maxDetected: 10, minConfidence: 0.2, ...FRESH },
    mesh: { enabled: true },
    attention: OFF,
    iris: OFF,
    emotion: OFF,
    antispoof: OFF,
    liveness: OFF,
    description: { enabled: true, ...FRESH },
  },
} as const

/** `@vladmandic/human`: BlazeFace, 468-point mesh, 1,024 numbers of its `faceres` network. */
export async function openHuman(): Promise<Pipeline> {
  fetchFromDisk()
  const module = loadPeer<HumanModule>(peerFile('@vladmandic', 'human', 'dist', 'human.node-wasm.js'))
  const modelBasePath = folderUrl(peerFile('@vladmandic', 'human', 'models'))
  const human = new module.Human({ ...CONFIG, wasmPath: wasmFolder(), modelBasePath })
  await human.load()
  return { id: 'human-3.3.6-faceres', vectorOf: (bytes) => describe(human, bytes), close: async () => undefined }
}

/** The package's WebAssembly build reads models by `fetch`, which knows no files in Node; nothing else may be fetched. */
function fetchFromDisk(): void {
  globalThis.fetch = async (address) => {
    const url = new URL(String(address))
    if (url.protocol !== 'file:') throw new Error(`The bench fetches nothing from elsewhere: ${url.protocol}`)
    return new Response(await readFile(url))
  }
}

async function describe(human: Human, bytes: Uint8Array): Promise<Float32Array | undefined> {
  const { data, width, height } = await decodePixels(bytes)
  const image = human.tf.tensor3d(data, [height, width, 3], 'int32')
  const { face: faces } = await human.detect(image)
  human.tf.dispose(image)
  const face = mostCentral(faces, { width, height }, ({ box }) => ({
    x: box[0],
    y: box[1],
    width: box[2],
    height: box[3],
  }))
  return face?.embedding?.length ? Float32Array.from(face.embedding) : undefined
}
