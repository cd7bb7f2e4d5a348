import { compareAll } from './compare-all.ts'
import type { EmbeddedPhoto } from './embed-photos.ts'
import { embedded } from './evaluation.fixture.ts'
import type { ReportGroupComparisons } from './evaluation-report.ts'
import { seededRandom } from './figures/intervals.ts'
import type { Groups } from './figures/searches.ts'
import { measureComparisons } from './measure-comparisons.ts'
import { measureGroupComparisons } from './measure-group-comparisons.ts'

const DIMENSION = 24

interface MadeGroup {
  readonly groups: Groups
  readonly people: number
  /** Photographs of each; 2 unless told. */
  readonly photos?: number
  /** How much the people of the group resemble one another: 0 not at all, 5 very much. */
  readonly alike?: number
}

/** Templates of made-up people; those of a group whose people look alike point the same way. */
export function madeUpPhotos(groups: readonly MadeGroup[], seed = 1): readonly EmbeddedPhoto[] {
  const random = seededRandom(seed)
  const direction = () => Array.from({ length: DIMENSION }, () => random() + random() + random() - 1.5)
  return groups.flatMap(({ groups: labels, people, photos = 2, alike = 0 }, group) => {
    const common = unit(direction())
    return Array.from({ length: people }, (_, person) => {
      const own = unit(direction())
      return Array.from({ length: photos }, (_, name) => {
        const noise = unit(direction())
        const vector = own.map((value, at) => value + alike * (common[at] ?? 0) + 0.3 * (noise[at] ?? 0))
        return withGroups(embedded(`g${group}p${person}`, `${name}`, unit(vector)), labels)
      })
    }).flat()
  })
}

export function withGroups(photo: EmbeddedPhoto, groups: Groups): EmbeddedPhoto {
  return { ...photo, photo: { ...photo.photo, groups } }
}

/** As an evaluation does it: the threshold from everybody, then each group at it. */
export async function comparedGroups(
  photos: readonly EmbeddedPhoto[],
  most?: number,
): Promise<readonly ReportGroupComparisons[]> {
  return await measureGroupComparisons(photos, measureComparisons(await compareAll(photos)).verification, most)
}

function unit(vector: readonly number[]): readonly number[] {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
