/** A component of ISO/IEC 29794-5 that this engine does not measure. */
export interface NotMeasured {
  readonly code: string
  /** Number of the component in OFIQ. */
  readonly iso: number
  readonly title: string
  readonly reason: string
}

const NO_SEGMENTATION = 'It needs a network that marks what covers a face; none could be obtained with stated terms.'

/** For the model card: what is missing, and why. */
export const NOT_MEASURED: readonly NotMeasured[] = [
  { code: 'eyes_visible', iso: 0x4f, title: 'Eyes not covered', reason: NO_SEGMENTATION },
  { code: 'mouth_occlusion', iso: 0x50, title: 'Mouth not covered', reason: NO_SEGMENTATION },
  { code: 'face_occlusion', iso: 0x51, title: 'Face not covered', reason: NO_SEGMENTATION },
  {
    code: 'expression_neutrality',
    iso: 0x5b,
    title: 'Neutral expression',
    reason:
      'It needs two networks and a classifier that are not published in any package; mouth and eyes are measured.',
  },
  {
    code: 'head_covering',
    iso: 0x5c,
    title: 'No head covering',
    reason: 'It needs a network that marks hats and cloth; none could be obtained with stated terms.',
  },
]
