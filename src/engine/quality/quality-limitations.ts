import type { MeasureCode, QualityMeasure } from './quality-measure.ts'

/** When one measure is worth a sentence, and which. */
interface LimitationRule {
  readonly code: MeasureCode
  readonly limits: (native: number) => boolean
  readonly sentence: (native: number) => string
  /** The measure says nothing about a face that is turned far to the side. */
  readonly facingOnly?: true
}

function inHundred(share: number): string {
  return `${Math.round(share * 100)} in 100 pixels of the face`
}

/**
 * Limits that no good portrait of FRLL reaches. Darkness is told by the mean alone, far below the
 * darkest skin there (0.046): the share of dark pixels is large on dark skin in good light.
 */
const RULES: readonly LimitationRule[] = [
  { code: 'sharpness', limits: (fine) => fine < 0.75, sentence: () => 'The face is blurred; fine detail is lost.' },
  {
    code: 'luminance_mean',
    limits: (mean) => mean < 0.03,
    sentence: () => 'The face is very dark; detail may be lost in the shadows.',
  },
  {
    code: 'over_exposure',
    limits: (share) => share >= 0.05,
    sentence: (share) => `${inHundred(share)} are over-exposed.`,
  },
  {
    code: 'illumination_uniformity',
    limits: (overlap) => overlap < 0.1,
    sentence: () => 'The light is uneven: one side of the face is much darker than the other.',
    facingOnly: true,
  },
  {
    code: 'natural_colour',
    limits: (away) => away > 25,
    sentence: () => 'The face is not shown in natural colours.',
  },
  {
    code: 'compression',
    limits: (setting) => setting < 40,
    sentence: (setting) =>
      `The file is strongly compressed (JPEG setting ${Math.round(setting)} of 100); fine detail is lost.`,
  },
  { code: 'eyes_open', limits: (open) => open < 0.02, sentence: () => 'At least one eye is closed.', facingOnly: true },
  { code: 'mouth_closed', limits: (open) => open > 0.2, sentence: () => 'The mouth is open.' },
  {
    code: 'single_face',
    limits: (ratio) => ratio > 0.5,
    sentence: () => 'Another face in the image is about as large; make sure that the right one is searched.',
  },
]

/** Plain sentences on light, detail, eyes and mouth, the file and other faces; none when nothing limits. */
export function qualityLimitations(measures: readonly QualityMeasure[], turnedAside: boolean): readonly string[] {
  return RULES.flatMap(({ code, limits, sentence, facingOnly }) => {
    const native = measures.find((measure) => measure.code === code)?.native ?? null
    const said = native !== null && limits(native) && !(facingOnly && turnedAside)
    return said ? [sentence(native)] : []
  })
}
