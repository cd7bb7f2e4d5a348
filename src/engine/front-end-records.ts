import type { WeightRecord } from './weight-record.ts'

const MEDIAPIPE_LICENCE = {
  stated: 'Apache-2.0',
  note: 'The licence field of the npm package, published by Google; the package carries no licence text for the weights alone.',
}
const MEDIAPIPE_TRAINING =
  'Not stated in the package. Which photographs the publisher used, and of whom, was not verified by this project.'
const DETECTION_PACKAGE = {
  package: '@mediapipe/face_detection',
  version: '0.4.1657300184',
  integrity: 'sha512-k5aYtTf7av7GwD3C9T4LJB/okHK/uJwFQSOmJ9OHZMlwg7SdYVMolRgDlA962OU7fIBKsrOA7f7BzD2gpzcAKw==',
  from: 'dependency',
} as const

/** BlazeFace for faces that fill much of the image. */
export const shortRangeRecord = {
  id: 'blazeface-short',
  role: 'detector',
  source: { ...DETECTION_PACKAGE, member: 'face_detection_short_range.tflite' },
  convert: 'tflite',
  sourceSha256: '3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633',
  onnxSha256: '8491f53764559996d47a59bd6950fe0941ccab31690298b83e7075ebef22a83f',
  bytes: 229_032,
  input: { width: 128, height: 128, colour: 'RGB', subtract: 127.5, divide: 127.5 },
  output: { meaning: 'a box, six points and a score for each of 896 anchors', dimension: 16 },
  licence: MEDIAPIPE_LICENCE,
  trainingData: MEDIAPIPE_TRAINING,
} as const satisfies WeightRecord

/** BlazeFace for small and distant faces. */
export const fullRangeRecord = {
  id: 'blazeface-full',
  role: 'detector',
  source: { ...DETECTION_PACKAGE, member: 'face_detection_full_range.tflite' },
  convert: 'tflite',
  sourceSha256: '99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3',
  onnxSha256: 'd0da465a93c26b13241a44d121f24a31e3ac2c17ed6202968ce3b98746fb7d76',
  bytes: 1_083_984,
  input: { width: 192, height: 192, colour: 'RGB', subtract: 127.5, divide: 127.5 },
  output: { meaning: 'a box, six points and a score for each of 2304 anchors', dimension: 16 },
  licence: MEDIAPIPE_LICENCE,
  trainingData: MEDIAPIPE_TRAINING,
} as const satisfies WeightRecord

/** FaceMesh: 468 points on one face. */
export const meshRecord = {
  id: 'facemesh-468',
  role: 'landmarks',
  source: {
    package: '@mediapipe/face_mesh',
    version: '0.4.1657299874',
    member: 'face_mesh_solution_packed_assets.data',
    // face_landmark.tflite, where the package's own loader script says it lies.
    byteRange: { start: 2_495_952, end: 3_737_848 },
    integrity: 'sha512-Jdza+77HjDH4SQ6/DAYmnKUYdh2fU1GbhuGqXZbkK5rnJKpZLZe5KQeJmwUq9dmkYkCPSq4oe9vmcuveRPpwag==',
    from: 'dependency',
  },
  convert: 'tflite',
  sourceSha256: 'c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1',
  onnxSha256: 'd340ecb88fbcf77dee06e8e7db22b19dad544d3cf48469c781cf23198b6f1fd4',
  bytes: 1_241_896,
  input: { width: 192, height: 192, colour: 'RGB', subtract: 0, divide: 255 },
  output: { meaning: '468 points with depth, in pixels of the input, and a face-presence score', dimension: 1404 },
  licence: MEDIAPIPE_LICENCE,
  trainingData: MEDIAPIPE_TRAINING,
} as const satisfies WeightRecord
