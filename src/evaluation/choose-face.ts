import type { DetectedFace, ImageAnalysis } from '../engine/index.ts'

/** How a face is chosen among several; printed in every report. */
export const FACE_RULE =
  'Of several faces the one with the greatest area is taken, areas weighed by nearness to the middle of the image.'

/** The index of the face that a labelled photograph is taken to be about. No label says which face is meant. */
export function chooseFace({ faces, width, height }: ImageAnalysis): number {
  const weight = ({ box }: DetectedFace): number => {
    const away = Math.hypot(box.x + box.width / 2 - width / 2, box.y + box.height / 2 - height / 2)
    return box.width * box.height * Math.max(0, 1 - away / Math.hypot(width / 2, height / 2))
  }
  const [first] = [...faces].sort((one, other) => weight(other) - weight(one) || one.index - other.index)
  return first?.index ?? 0
}
