import { canonicalJson, type Problem, sha256Hex } from '../base/index.ts'
import type { Groups } from './figures/searches.ts'

/** What a photograph may serve as. `both`: enrolled when it is the first of its person, otherwise a probe. */
export type PhotoRole = 'gallery' | 'probe' | 'both'

/** One photograph whose person is known. */
export interface LabelledPhoto {
  /** Path relative to the folder, with `/`. */
  readonly file: string
  /** Where its bytes are. */
  readonly path: string
  /** Who it shows: any text, the same for the same person. */
  readonly subject: string
  readonly role: PhotoRole
  /** Sex, age band and race as the source recorded them. */
  readonly groups: Groups
}

/** Photographs with their truth; in the order in which "first of its person" is meant. */
export interface LabelledSet {
  readonly name: string
  readonly photos: readonly LabelledPhoto[]
  /** Lines and files that were left out, each with its place. */
  readonly problems: readonly Problem[]
}

/** Ends of age bands in years; the last band is open. */
const BANDS = [
  [18, 'under 18'],
  [30, '18 to 29'],
  [45, '30 to 44'],
  [60, '45 to 59'],
  [Number.POSITIVE_INFINITY, '60 and over'],
] as const

/** The band that an age in whole years falls into. */
export function ageBand(years: number): string {
  return BANDS.find(([end]) => years < end)?.[1] ?? '60 and over'
}

/** The first `people` of a set, in the order of their labels; for a quick trial. */
export function limitPeople(set: LabelledSet, people: number): LabelledSet {
  const kept = new Set([...new Set(set.photos.map((photo) => photo.subject))].sort().slice(0, people))
  return { ...set, photos: set.photos.filter((photo) => kept.has(photo.subject)) }
}

/**
 * What a report says it was measured on: SHA-256 over every photograph's path, label, role and content, in the
 * order of paths. One photograph changed, moved or relabelled gives another digest.
 */
export function digestOfSet(photos: readonly { readonly photo: LabelledPhoto; readonly sha256: string }[]): string {
  const rows = photos.map(({ photo, sha256 }) => [photo.file, photo.subject, photo.role, sha256])
  return sha256Hex(canonicalJson(rows.sort((one, other) => ((one[0] ?? '') < (other[0] ?? '') ? -1 : 1))))
}
