import { z } from 'zod'
import { boxSchema, pointSchema, stampSchema } from './common.ts'

/** Components of face image quality (ISO/IEC 29794-5): a native value in its unit, and 0 (worst) to 100. */
const qualitySchema = z
  .strictObject({
    unified: z.number(),
    measures: z.array(
      z.strictObject({
        code: z.string(),
        /** Number of the component in OFIQ; 0 for a measure of our own. */
        iso: z.int(),
        title: z.string(),
        native: z.number().nullable(),
        unit: z.string(),
        quality: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'FaceQuality' })

export type FaceQuality = z.infer<typeof qualitySchema>

/** A face found in a probe image; places are pixels of the upright image. */
export const faceSchema = z
  .strictObject({
    index: z.int().min(0),
    box: boxSchema,
    /** Left-image eye, right-image eye, nose tip, left-image and right-image mouth corner. */
    landmarks: z.array(pointSchema),
    interEyePixels: z.number(),
    /** Degrees. */
    pose: z.strictObject({ yaw: z.number(), pitch: z.number(), roll: z.number() }),
    /** Null for a photograph that was handed in before quality was measured. */
    quality: qualitySchema.nullable(),
    /** Sentences about what limits a comparison. */
    limitations: z.array(z.string()),
    /** Large enough to be searched with. */
    usable: z.boolean(),
  })
  .meta({ id: 'ProbeFace' })

export type ProbeFace = z.infer<typeof faceSchema>

export const probeSchema = z
  .strictObject({
    id: z.string(),
    /** Pixels, after the orientation was applied. */
    width: z.int(),
    height: z.int(),
    mediaType: z.enum(['image/jpeg', 'image/png']),
    exifOrientation: z.int().min(1).max(8),
    receivedAt: stampSchema,
    faces: z.array(faceSchema),
  })
  .meta({ id: 'Probe' })

export type Probe = z.infer<typeof probeSchema>

/** Largest upload: 25 MiB, one file. */
export const UPLOAD_LIMIT_BYTES = 25 * 1024 * 1024
