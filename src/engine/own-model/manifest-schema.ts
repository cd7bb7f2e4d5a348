import { isAbsolute, normalize, sep, win32 } from 'node:path'
import { z } from 'zod'

/** The five points of ArcFace (insightface) in an input of 112 x 112, first pixel's middle at 0. */
export const ARCFACE_112 = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
] as const

const sentence = z
  .string('must be a text')
  .trim()
  .min(1, 'must not be empty')
  .max(4000, 'must be 4000 letters or fewer')
const sha256 = z.string('must be a text').regex(/^[0-9a-f]{64}$/, 'must be a SHA-256: 64 digits 0-9 a-f, in lower case')
const useAllowed = z.enum(['yes', 'no', 'not_stated'], 'must be yes, no or not_stated')
const wholeNumber = (least: number, most: number) => {
  const says = `must be a whole number from ${least} to ${most}`
  return z.int(says).min(least, says).max(most, says)
}
const numberFrom = (least: number, most: number) => {
  const says = `must be a number from ${least} to ${most}`
  return z.number(says).min(least, says).max(most, says)
}
const shortList = <T extends z.ZodType>(item: T, length: number, says: string) =>
  z.array(item, says).length(length, says)

/** A file beside or below the manifest; a path that leads out of its folder could name any file of the machine. */
const pathInside = sentence.refine(staysInside, 'must be a path inside the folder of the manifest')

const perChannel = (least: number) => {
  const one = numberFrom(least, 1000)
  const says = `must be one number, or three, each from ${least} to 1000, counted in bytes (0 to 255)`
  return z.union([one, shortList(one, 3, says)], says)
}

const point = z.strictObject({ x: numberFrom(-1e5, 1e5), y: numberFrom(-1e5, 1e5) }, 'must be {"x": ..., "y": ...}')
const fivePoints = shortList(
  point,
  5,
  'must be five points: left-image eye, right-image eye, nose tip, left-image and right-image mouth corner',
)

const input = z
  .strictObject({
    width: wholeNumber(16, 1024),
    height: wholeNumber(16, 1024),
    layout: z.enum(['NCHW', 'NHWC'], 'must be NCHW or NHWC'),
    colour: z.enum(['RGB', 'BGR', 'GRAY'], 'must be RGB, BGR or GRAY'),
    mean: perChannel(-1000),
    // Less than 1 would spread a byte over more than 255: the mark of figures meant for a range of 0 to 1.
    std: perChannel(1),
  })
  .refine((one) => one.colour !== 'GRAY' || !(Array.isArray(one.mean) || Array.isArray(one.std)), {
    error: 'must give one number as mean and as std, because GRAY has one channel',
  })

const alignment = z
  .strictObject({
    template: z.literal('arcface-112', 'must be arcface-112; give "points" for any other').optional(),
    points: fivePoints.optional(),
    transform: z.literal('similarity-umeyama', 'must be similarity-umeyama'),
  })
  .refine((one) => (one.template === undefined) !== (one.points === undefined), {
    error: 'must give either "template" or "points"',
  })

const licence = z
  .strictObject({
    spdx: sentence.optional(),
    text: sentence.optional(),
    commercialUse: useAllowed,
    lawEnforcementUse: useAllowed,
  })
  .refine((one) => one.spdx !== undefined || one.text !== undefined, { error: 'must give "spdx" or "text"' })

const calibration = z
  .strictObject({
    points: z
      .array(z.strictObject({ score: numberFrom(-1, 1), fmr: numberFrom(1e-12, 1) }), 'must be a list')
      .min(1, 'must hold at least one point')
      .refine(scoresRise, 'must rise in score and never rise in fmr'),
    dataset: sentence,
    impostorComparisons: wholeNumber(1, 1e15),
    measuredOn: sentence,
    note: sentence.optional(),
  })
  .optional()

const limits = z
  .strictObject({ refuseBelowInterEyePixels: numberFrom(0, 1000), warnBelowInterEyePixels: numberFrom(0, 1000) })
  .refine((one) => one.warnBelowInterEyePixels >= one.refuseBelowInterEyePixels, {
    error: 'must warn at or above the distance at which it refuses',
  })

const goldenTest = z.strictObject({
  image: pathInside,
  landmarks: fivePoints.optional(),
  expectedEmbedding: z.base64('must be base64 of 32-bit floats, lowest byte first'),
  minCosine: numberFrom(0.9, 1).default(0.9999),
})

/** manifest.json as an agency writes it; a key that is not named here is refused. */
export const manifestSchema = z
  .strictObject({
    schemaVersion: z.literal(1, 'must be 1'),
    id: z
      .string('must be a text')
      .max(64, 'must be 64 letters or fewer')
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters and digits with hyphens between'),
    title: sentence,
    onnx: z.strictObject({
      path: pathInside,
      sha256,
      bytes: wholeNumber(1, 2 ** 40).optional(),
      convert: z.enum(['none', 'tflite'], 'must be none or tflite'),
    }),
    input,
    alignment,
    output: z.strictObject({ dimension: wholeNumber(2, 8192), name: sentence.optional() }),
    metric: z.literal('cosine', 'must be cosine'),
    flipAverage: z.boolean('must be true or false').default(false),
    licence,
    trainingData: sentence,
    provenance: z.strictObject({
      author: sentence,
      url: z.url({ protocol: /^https?$/, error: 'must be a web address' }),
      paper: sentence.optional(),
    }),
    calibration,
    limits,
    goldenTests: z.array(goldenTest, 'must be a list').max(100, 'must hold 100 tests or fewer').default([]),
  })
  .superRefine((one, context) => {
    const says = (path: readonly (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message })
    const { width, height } = one.input
    if (one.alignment.template !== undefined && (width !== 112 || height !== 112)) {
      says(['alignment', 'template'], 'must be left out for an input other than 112 x 112; give "points" instead')
    }
    if (one.alignment.points !== undefined && !looksLikeAFace(one.alignment.points, width, height)) {
      says(['alignment', 'points'], 'must lie inside the input: eyes first from the left, the mouth below them')
    }
  })

export type ManifestJson = z.output<typeof manifestSchema>

function staysInside(path: string): boolean {
  if (isAbsolute(path) || win32.isAbsolute(path) || path.includes('\0')) return false
  return !normalize(path.replaceAll('\\', '/')).split(/[/\\]/).includes('..') && !path.endsWith(sep)
}

function scoresRise(points: readonly { readonly score: number; readonly fmr: number }[]): boolean {
  return points.every((one, index) => {
    const before = points[index - 1]
    return before === undefined || (one.score > before.score && one.fmr <= before.fmr)
  })
}

function looksLikeAFace(
  points: readonly { readonly x: number; readonly y: number }[],
  width: number,
  height: number,
): boolean {
  const [leftEye, rightEye, nose, leftMouth, rightMouth] = points
  if (!leftEye || !rightEye || !nose || !leftMouth || !rightMouth) return false
  const inside = points.every(({ x, y }) => x >= 0 && y >= 0 && x < width && y < height)
  const upright = Math.min(leftMouth.y, rightMouth.y) > Math.max(leftEye.y, rightEye.y)
  return inside && upright && leftEye.x < rightEye.x && leftMouth.x < rightMouth.x
}
