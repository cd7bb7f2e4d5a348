import { backgroundUniformity } from './background-uniformity.ts'
import { compression } from './compression.ts'
import { dynamicRange } from './dynamic-range.ts'
import { overExposure, underExposure } from './exposure.ts'
import { eyesOpen } from './eyes-open.ts'
import { faceLight } from './face-light.ts'
import { faceMargin } from './face-margin.ts'
import { type FacePatch, facePatch } from './face-patch.ts'
import type { FaceView } from './face-view.ts'
import { headPose } from './head-pose.ts'
import { headSize } from './head-size.ts'
import { illuminationUniformity } from './illumination-uniformity.ts'
import { insideImage } from './inside-image.ts'
import { interEyeMeasure } from './inter-eye-distance.ts'
import { luminanceMean } from './luminance-mean.ts'
import { luminanceVariance } from './luminance-variance.ts'
import { mouthClosed } from './mouth-closed.ts'
import { naturalColour } from './natural-colour.ts'
import type { FaceQuality, QualityMeasure } from './quality-measure.ts'
import { sharpness } from './sharpness.ts'
import { sideCrop } from './side-crop.ts'
import { singleFace } from './single-face.ts'
import { unifiedQuality } from './unified.ts'

/**
 * Every quality measure of one face, in the order of `MEASURES`, and all of them in one number.
 * Never refuses: what cannot be measured on this face is null.
 */
export function measureQuality(view: FaceView): FaceQuality {
  const patch = facePatch(view)
  const measures = [
    interEyeMeasure(view),
    ...headPose(view),
    ...patchMeasures(view, patch),
    eyesOpen(view),
    mouthClosed(view),
    singleFace(view),
    headSize(view),
    ...sideCrop(view),
    ...faceMargin(view),
    insideImage(view),
    backgroundUniformity(patch),
    compression(view),
  ]
  return { measures, unified: unifiedQuality(measures) }
}

function patchMeasures(view: FaceView, patch: FacePatch | null): readonly QualityMeasure[] {
  const light = patch && faceLight(patch)
  return [
    sharpness(patch),
    illuminationUniformity(view, patch),
    luminanceMean(light),
    luminanceVariance(light),
    underExposure(light),
    overExposure(light),
    dynamicRange(light),
    naturalColour(view, patch),
  ]
}
