import type { MeasureCode } from './quality-measure.ts'

type Pairs = readonly (readonly [native: number, quality: number])[]

/** Golden values of the reference implementation of ISO/IEC 29794-5, by the name they have in the data file. */
export const GOLDEN: readonly {
  readonly name: string
  readonly codes: readonly MeasureCode[]
  readonly pairs: Pairs
}[] = [
  {
    name: 'golden.InterEyeDistance',
    codes: ['inter_eye_distance'],
    pairs: [
      [30, 12],
      [50, 27],
      [70, 50],
      [90, 73],
      [120, 92],
      [240, 100],
    ],
  },
  {
    name: 'golden.EyesOpen',
    codes: ['eyes_open'],
    pairs: [
      [0, 12],
      [0.01, 27],
      [0.02, 50],
      [0.05, 95],
    ],
  },
  {
    name: 'golden.MouthClosed',
    codes: ['mouth_closed'],
    pairs: [
      [0, 97],
      [0.1, 84],
      [0.2, 50],
      [0.4, 3],
    ],
  },
  {
    name: 'golden.NaturalColour',
    codes: ['natural_colour'],
    pairs: [
      [0, 100],
      [5, 76],
      [10, 54],
      [30, 9],
    ],
  },
  {
    name: 'golden.UnderExposurePrevention',
    codes: ['under_exposure'],
    pairs: [
      [0, 100],
      [0.5, 100],
      [0.8, 90],
      [0.92, 40],
      [1, 0],
    ],
  },
  {
    name: 'golden.BackgroundUniformity',
    codes: ['background_uniformity'],
    pairs: [
      [0, 100],
      [10, 95],
      [50, 76],
      [200, 25],
    ],
  },
  {
    name: 'golden.LeftwardCrop/RightwardCrop',
    codes: ['leftward_crop', 'rightward_crop'],
    pairs: [
      [0.5, 2],
      [0.9, 50],
      [1.2, 95],
    ],
  },
  {
    name: 'golden.MarginAbove',
    codes: ['margin_above'],
    pairs: [
      [1, 2],
      [1.4, 50],
      [1.8, 98],
    ],
  },
  {
    name: 'golden.MarginBelow',
    codes: ['margin_below'],
    pairs: [
      [1.4, 2],
      [1.8, 50],
      [2.2, 98],
    ],
  },
  {
    name: 'headPose',
    codes: ['pose_yaw', 'pose_pitch', 'pose_roll'],
    pairs: [
      [0, 100],
      [5, 99],
      [10, 97],
      [15, 93],
      [30, 75],
      [45, 50],
      [90, 0],
    ],
  },
  {
    name: 'overExposure',
    codes: ['over_exposure'],
    pairs: [
      [0, 100],
      [0.01, 50],
      [0.05, 17],
      [0.1, 9],
      [0.5, 2],
    ],
  },
  {
    name: 'dynamicRange',
    codes: ['dynamic_range'],
    pairs: [
      [0, 0],
      [4, 50],
      [7, 88],
      [8, 100],
    ],
  },
  {
    name: 'illuminationUniformity',
    codes: ['illumination_uniformity'],
    pairs: [
      [0, 0],
      [0.1, 50],
      [0.5, 81],
      [1, 100],
    ],
  },
  {
    name: 'luminanceMean',
    codes: ['luminance_mean'],
    pairs: [
      [0.1, 12],
      [0.2, 50],
      [0.5, 100],
      [0.8, 50],
      [0.95, 5],
    ],
  },
  {
    name: 'luminanceVariance',
    codes: ['luminance_variance'],
    pairs: [
      [0, 0],
      [0.005, 66],
      [1 / 60, 100],
      [0.05, 71],
      [0.1, 43],
    ],
  },
]

/** Golden values of the head size are of its distance from 0.45, those of the unified score of a network's output. */
export const HEAD_SIZE: Pairs = [
  [0, 100],
  [0.05, 54],
  [0.1, 24],
  [0.2, 4],
]
export const UNIFIED: Pairs = [
  [15, 4],
  [20, 24],
  [23, 50],
  [26, 76],
  [30, 94],
]
/** Of components that are not measured; see `NOT_MEASURED`. */
export const NOT_OURS = ['noHeadCoverings']
