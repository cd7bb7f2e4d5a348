import { openFaceApi } from './face-api.ts'
import { openHuman } from './human.ts'
import { openOurEngine } from './our-engine.ts'
import type { Pipeline } from './pipeline.ts'

/** The pipelines of the bench, by the names they are called with. */
export const PIPELINES: Readonly<Record<string, () => Promise<Pipeline>>> = {
  countenance: openOurEngine,
  'face-api-ssd': () => openFaceApi('ssdMobilenetv1'),
  'face-api-tiny': () => openFaceApi('tinyFaceDetector'),
  human: openHuman,
}
