import { type Box, decodePixels, loadPeer, mostCentral, type Pipeline, peerFile, wasmFolder } from './pipeline.ts'

interface Disposable {
  dispose(): void
}

interface Tensorflow {
  setBackend(name: 'wasm'): Promise<boolean>
  ready(): Promise<void>
  tensor3d(data: Uint8Array, shape: readonly number[], type: 'int32'): Disposable
}

interface Wasm {
  setWasmPaths(folder: string): void
  setThreadsCount(count: number): void
}

interface Net {
  loadFromDisk(folder: string): Promise<void>
}

interface Described {
  readonly detection: { readonly box: Box }
  readonly descriptor: Float32Array
}

interface Detection {
  withFaceLandmarks(): { withFaceDescriptors(): PromiseLike<readonly Described[]> }
}

type Detector = 'ssdMobilenetv1' | 'tinyFaceDetector'

interface FaceApi {
  readonly nets: Readonly<Record<Detector | 'faceLandmark68Net' | 'faceRecognitionNet', Net>>
  readonly SsdMobilenetv1Options: new (options: object) => object
  readonly TinyFaceDetectorOptions: new (options: object) => object
  detectAllFaces(image: Disposable, options: object): Detection
}

/** `@vladmandic/face-api` as its own Node demonstration uses it: detector, 68 landmarks, 128 numbers. */
export async function openFaceApi(detector: Detector): Promise<Pipeline> {
  const tensorflow = loadPeer<Tensorflow>('@tensorflow/tfjs')
  const wasm = loadPeer<Wasm>('@tensorflow/tfjs-backend-wasm')
  wasm.setWasmPaths(wasmFolder())
  wasm.setThreadsCount(1)
  await tensorflow.setBackend('wasm')
  await tensorflow.ready()
  const faceApi = loadPeer<FaceApi>(peerFile('@vladmandic', 'face-api', 'dist', 'face-api.node-wasm.js'))
  const models = peerFile('@vladmandic', 'face-api', 'model')
  for (const net of [detector, 'faceLandmark68Net', 'faceRecognitionNet'] as const) {
    await faceApi.nets[net].loadFromDisk(models)
  }
  const options = detectorOptions(faceApi, detector)
  const vectorOf = (bytes: Uint8Array) => describe(tensorflow, faceApi, options, bytes)
  return { id: `face-api-1.7.15-${detector}`, vectorOf, close: async () => undefined }
}

/** 0.1 is the threshold of the package's own demonstrations; a higher one only loses faces here. */
function detectorOptions(faceApi: FaceApi, detector: Detector): object {
  return detector === 'ssdMobilenetv1'
    ? new faceApi.SsdMobilenetv1Options({ minConfidence: 0.1, maxResults: 10 })
    : new faceApi.TinyFaceDetectorOptions({ inputSize: 416, scoreThreshold: 0.1 })
}

async function describe(
  tensorflow: Tensorflow,
  faceApi: FaceApi,
  options: object,
  bytes: Uint8Array,
): Promise<Float32Array | undefined> {
  const { data, width, height } = await decodePixels(bytes)
  const image = tensorflow.tensor3d(data, [height, width, 3], 'int32')
  const faces = await faceApi.detectAllFaces(image, options).withFaceLandmarks().withFaceDescriptors()
  image.dispose()
  return mostCentral(faces, { width, height }, ({ detection }) => detection.box)?.descriptor
}
