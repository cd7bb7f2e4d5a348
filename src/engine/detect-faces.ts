import { blazeAnchors, readBlazeOutput } from './blaze-face.ts'
import { type DetectionView, detectionViews, liesWhole } from './detection-views.ts'
import type { DetectedFace, Point } from './engine.ts'
import type { FaceCandidate } from './face-candidate.ts'
import { type FaceMesh, findMesh, fiveLandmarks } from './find-landmarks.ts'
import { joinOverlaps } from './join-overlaps.ts'
import type { Network } from './network.ts'
import type { PixelPyramid } from './pixels.ts'
import { interEyeDistance } from './quality/inter-eye-distance.ts'
import { limitationsOf } from './quality/limitations.ts'
import { measureQuality } from './quality/measure-quality.ts'
import { poseOf } from './quality/pose.ts'
import { warpToInput } from './warp-pixels.ts'

/** What finding faces needs. */
export interface FaceFinder {
  /** The first is the quicker one and looks at turned images alone. */
  readonly detectors: readonly Network[]
  readonly landmarks: Network
  /** Below this distance between the eyes a face is said to be found less often. */
  readonly warnBelowInterEyePixels: number
  /** Of the file the pixels came from; see `estimateJpegQuality`. */
  readonly jpegQuality: number | null
}

/** Below this the mesh network saw no face where a detector did. */
const LEAST_PRESENCE = 0.1
/** Where the largest face is smaller than this share of the image, others may be too small to be seen at once. */
const SMALL_FACE = 1 / 6

interface FoundFace {
  readonly candidate: FaceCandidate
  readonly mesh: FaceMesh
}

/**
 * Measured on FRLL and LFW: upright faces score .88 or more in 94 of 100 images, while the detectors also take
 * faces on their head or side for upright ones, with .86 at most and landmarks in the wrong places.
 */
const SURE_SCORE = 0.88
/** By how much a turned image must score better to be taken for the upright one. */
const TURNED_MARGIN = 0.05

/**
 * Every face in the image, from left to right; empty when none was found.
 * The whole image is looked at first, and turned too unless a face is sure. Small faces are looked
 * for in parts of the image; when there is no face at all, also from further away and in smaller parts.
 */
export async function detectFaces(finder: FaceFinder, pyramid: PixelPyramid): Promise<readonly DetectedFace[]> {
  return describeFaces(finder, pyramid, await findFaces(finder, pyramid))
}

async function findFaces(finder: FaceFinder, pyramid: PixelPyramid): Promise<readonly FoundFace[]> {
  const views = detectionViews(pyramid.width, pyramid.height)
  const whole = await facesInViews(finder, pyramid, [views.whole])
  if (bestScore(whole) < SURE_SCORE) {
    const turned = await facesInTurned(finder, pyramid, views.turned)
    if (bestScore(turned) > bestScore(whole) + TURNED_MARGIN) return turned
  }
  if (whole.length > 0) {
    const largest = Math.max(...whole.map((face) => face.candidate.side))
    const small = largest < SMALL_FACE * Math.max(pyramid.width, pyramid.height)
    return small ? facesInViews(finder, pyramid, [views.whole, ...views.parts]) : whole
  }
  for (const retry of [[views.far], views.parts, views.smallParts]) {
    const faces = await facesInViews(finder, pyramid, retry)
    if (faces.length > 0) return faces
  }
  return []
}

/** The faces of the turned image that shows the surest one; all turns are tried with the quick detector alone. */
async function facesInTurned(
  finder: FaceFinder,
  pyramid: PixelPyramid,
  turned: readonly DetectionView[],
): Promise<readonly FoundFace[]> {
  const quick = { ...finder, detectors: finder.detectors.slice(0, 1) }
  let best: { readonly view: DetectionView; readonly score: number } | undefined
  for (const view of turned) {
    const candidates = await candidatesInView(quick, pyramid, view)
    const score = Math.max(0, ...candidates.map((candidate) => candidate.score))
    if (score > (best?.score ?? 0)) best = { view, score }
  }
  return best === undefined ? [] : facesInViews(finder, pyramid, [best.view])
}

function bestScore(faces: readonly FoundFace[]): number {
  return Math.max(0, ...faces.map(({ candidate }) => candidate.score))
}

async function facesInViews(
  finder: FaceFinder,
  pyramid: PixelPyramid,
  views: readonly DetectionView[],
): Promise<readonly FoundFace[]> {
  const candidates: FaceCandidate[] = []
  for (const view of views) candidates.push(...(await candidatesInView(finder, pyramid, view)))
  const faces: FoundFace[] = []
  for (const candidate of joinOverlaps(candidates)) {
    const mesh = await findMesh(finder.landmarks, pyramid, candidate)
    if (mesh.presence >= LEAST_PRESENCE) faces.push({ candidate, mesh })
  }
  return faces
}

async function candidatesInView(
  finder: FaceFinder,
  pyramid: PixelPyramid,
  view: DetectionView,
): Promise<readonly FaceCandidate[]> {
  const candidates: FaceCandidate[] = []
  for (const [number, network] of finder.detectors.entries()) {
    const { input } = network.record
    const toImage = view.toImage(input.width)
    const [values, scores] = await network.run(warpToInput(pyramid, toImage, input))
    if (!values || !scores) throw new RangeError(`The detector ${network.record.id} gave no boxes and scores.`)
    const found = readBlazeOutput({ values, scores }, anchorsOf(input.width), toImage, number)
    candidates.push(...found.filter(({ box }) => liesWhole(box, view, pyramid.width, pyramid.height)))
  }
  return candidates
}

const knownAnchors = new Map<number, readonly Point[]>()

function anchorsOf(inputSize: number): readonly Point[] {
  const anchors = knownAnchors.get(inputSize) ?? blazeAnchors(inputSize)
  knownAnchors.set(inputSize, anchors)
  return anchors
}

function describeFaces(
  finder: FaceFinder,
  pyramid: PixelPyramid,
  found: readonly FoundFace[],
): readonly DetectedFace[] {
  const across = ({ candidate: { box } }: FoundFace) => box.x + box.width / 2
  const ordered = [...found].sort((one, other) => across(one) - across(other))
  return ordered.map((face, index) => ({
    index,
    ...describeFace(
      finder,
      pyramid,
      face,
      ordered.filter((other) => other !== face),
    ),
  }))
}

function describeFace(
  finder: FaceFinder,
  pyramid: PixelPyramid,
  { candidate, mesh }: FoundFace,
  others: readonly FoundFace[],
): Omit<DetectedFace, 'index'> {
  const { box } = candidate
  const landmarks = fiveLandmarks(mesh.points)
  const interEyePixels = interEyeDistance(landmarks)
  const pose = poseOf(mesh.points)
  const otherBoxes = others.map((other) => other.candidate.box)
  const { jpegQuality } = finder
  const quality = measureQuality({ pyramid, mesh: mesh.points, landmarks, box, pose, otherBoxes, jpegQuality })
  const measures = { interEyePixels, pose, box, imageWidth: pyramid.width, imageHeight: pyramid.height }
  const limitations = limitationsOf(measures, finder.warnBelowInterEyePixels, quality.measures)
  return { box, landmarks, detectionScore: candidate.score, interEyePixels, pose, quality, limitations }
}
