import type { FaceBox, Pose } from '../engine.ts'
import { qualityLimitations } from './quality-limitations.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** What is measured on a face before anybody compares it. */
export interface FaceMeasures {
  readonly interEyePixels: number
  readonly pose: Pose
  readonly box: FaceBox
  readonly imageWidth: number
  readonly imageHeight: number
}

/** Below this many pixels between the eyes morphological comparison loses detail. */
const DETAIL_PIXELS = 70
const TURNED_DEGREES = 20
const TILTED_DEGREES = 30
/** Share of the face that may lie outside the image without a word. */
const OUTSIDE_SHARE = 0.1

/**
 * Plain sentences on what limits a comparison of this face; none when nothing does.
 * @param searchPixels below this distance between the eyes searches were measured to miss more often
 * @param quality the measures of `measureQuality`; without them only size, pose and place are looked at
 */
export function limitationsOf(
  measures: FaceMeasures,
  searchPixels: number,
  quality: readonly QualityMeasure[] = [],
): readonly string[] {
  const inside = quality.find(({ code }) => code === 'inside_image')?.native ?? 1
  const outside = Math.max(outsideShare(measures), 1 - inside)
  return [
    ...sizeLimitations(measures.interEyePixels, searchPixels),
    ...poseLimitations(measures.pose),
    ...(outside > OUTSIDE_SHARE ? ['Part of the face lies outside the image.'] : []),
    ...qualityLimitations(quality, Math.abs(measures.pose.yaw) > TURNED_DEGREES),
  ]
}

function sizeLimitations(pixels: number, searchPixels: number): readonly string[] {
  const apart = `The eyes are ${Math.floor(pixels)} pixels apart`
  if (pixels < searchPixels) return [`${apart}; below ${searchPixels} pixels a search misses more often.`]
  return pixels < DETAIL_PIXELS ? [`${apart}; below ${DETAIL_PIXELS} pixels detail for comparison is limited.`] : []
}

function poseLimitations({ yaw, pitch, roll }: Pose): readonly string[] {
  const said = (degrees: number, most: number, sentence: string) => {
    return Math.abs(degrees) > most ? [sentence.replace('#', `${Math.round(Math.abs(degrees))} degrees`)] : []
  }
  return [
    ...said(yaw, TURNED_DEGREES, 'The face is turned # to the side.'),
    ...said(pitch, TURNED_DEGREES, `The face is turned # ${pitch > 0 ? 'downwards' : 'upwards'}.`),
    ...said(roll, TILTED_DEGREES, 'The head is tilted # in the image.'),
  ]
}

function outsideShare({ box, imageWidth, imageHeight }: FaceMeasures): number {
  const width = Math.min(box.x + box.width, imageWidth) - Math.max(box.x, 0)
  const height = Math.min(box.y + box.height, imageHeight) - Math.max(box.y, 0)
  return 1 - (Math.max(width, 0) * Math.max(height, 0)) / (box.width * box.height)
}
