import type { DetectedFace } from '../engine/index.ts'

/** What the engine measured on one face that an evaluation uses; null where it measures no such thing. */
export interface FaceMeasures {
  /** Unified quality, 0 (worst) to 100. */
  readonly quality: number | null
  /** Mean luminance of the face, 0 (black) to 1 (white). */
  readonly luminance: number | null
}

/** Number of "luminance mean" in ISO/IEC 29794-5's reference implementation. */
const LUMINANCE_MEAN = 0x44

/** The part of the engine's quality measures that is read here; an engine without them is evaluated all the same. */
interface MaybeMeasured {
  readonly quality?: {
    readonly unified: number
    readonly measures: readonly { readonly iso: number; readonly native: number | null }[]
  }
}

export function readMeasures(face: DetectedFace): FaceMeasures {
  const { quality } = face as DetectedFace & MaybeMeasured
  if (quality === undefined) return { quality: null, luminance: null }
  const luminance = quality.measures.find((measure) => measure.iso === LUMINANCE_MEAN)?.native ?? null
  return { quality: quality.unified, luminance }
}

const THIRDS = ['1st third (darkest)', '2nd third', '3rd third (lightest)'] as const

/**
 * Parts photographs into thirds by the luminance of the face. Nothing is concluded about anybody: it is a property of
 * the photograph, in which skin and light have equal parts.
 * @returns a function from luminance to its third; null without a luminance or when fewer than three were measured.
 */
export function luminanceThirds(all: readonly (number | null)[]): (luminance: number | null) => string | null {
  const ascending = all.filter((value) => value !== null).sort((one, other) => one - other)
  if (ascending.length < 3) return () => null
  const borders = [1, 2].map((third) => ascending[Math.floor((third * ascending.length) / 3)] as number)
  return (luminance) =>
    luminance === null ? null : (THIRDS[borders.filter((border) => luminance >= border).length] ?? null)
}
