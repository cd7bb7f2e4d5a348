import type { FaceBox, Point } from './engine.ts'
import type { FaceCandidate } from './face-candidate.ts'

/** Two boxes show one face from this intersection over union on (the value of MediaPipe's own graphs). */
const SAME_FACE_OVERLAP = 0.3
/** ... or when this share of the smaller one lies in the other: two detectors differ in box size. */
const SAME_FACE_CONTAINED = 0.7

/** Candidates that show one face; the leader's detector decides the box. */
export interface CandidateGroup {
  readonly leader: FaceCandidate
  /** The leader first. */
  readonly members: readonly FaceCandidate[]
}

/**
 * Non-maximum suppression: every candidate ends in exactly one group, no two leaders overlap.
 * Leaders are chosen by detector (earlier first), then by score.
 */
export function groupOverlaps(candidates: readonly FaceCandidate[]): readonly CandidateGroup[] {
  let rest = [...candidates].sort((one, other) => one.detector - other.detector || other.score - one.score)
  const groups: CandidateGroup[] = []
  while (rest.length > 0) {
    const leader = rest[0]
    if (leader === undefined) break
    const others = rest.slice(1)
    groups.push({ leader, members: [leader, ...others.filter((other) => overlaps(leader.box, other.box))] })
    rest = others.filter((other) => !overlaps(leader.box, other.box))
  }
  return groups
}

/** One face for each group: the mean of the leader's detector's boxes and points, weighted by score. */
export function joinOverlaps(candidates: readonly FaceCandidate[]): readonly FaceCandidate[] {
  return groupOverlaps(candidates).map(({ leader, members }) => {
    const same = members.filter((member) => member.detector === leader.detector)
    const total = same.reduce((sum, member) => sum + member.score, 0)
    const mean = (read: (member: FaceCandidate) => number) => {
      return same.reduce((sum, member) => sum + member.score * read(member), 0) / total
    }
    const point = (index: number): Point => ({
      x: mean((member) => member.points[index]?.x ?? 0),
      y: mean((member) => member.points[index]?.y ?? 0),
    })
    const box: FaceBox = {
      x: mean((member) => member.box.x),
      y: mean((member) => member.box.y),
      width: mean((member) => member.box.width),
      height: mean((member) => member.box.height),
    }
    const score = Math.max(...members.map((member) => member.score))
    const side = mean((member) => member.side)
    return { box, side, points: leader.points.map((_, index) => point(index)), score, detector: leader.detector }
  })
}

/** True when two boxes show one face. */
export function overlaps(one: FaceBox, other: FaceBox): boolean {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  if (width <= 0 || height <= 0) return false
  const shared = width * height
  const areas = [one.width * one.height, other.width * other.height] as const
  const union = areas[0] + areas[1] - shared
  return shared / union >= SAME_FACE_OVERLAP || shared / Math.min(...areas) >= SAME_FACE_CONTAINED
}
