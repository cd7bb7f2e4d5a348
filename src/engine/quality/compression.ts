import type { FaceView } from './face-view.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/**
 * The quality setting the JPEG file was written with. A measure of our own, in place of the network of
 * ISO/IEC 29794-5: it says nothing about a file that was compressed before it was saved once more.
 * Its mapping: a setting of 40 is worth 50, one of 20 is worth 16, one of 75 is worth 95.
 */
export function compression({ jpegQuality }: FaceView): QualityMeasure {
  return measured('compression', jpegQuality)
}
