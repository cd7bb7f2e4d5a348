import type { GalleryFilter } from './gallery-filter.ts'

/**
 * The filter among the sources that may be searched, sorted: never wider than either. A list without a source lets
 * nothing through.
 * @param visible ids of the sources that may be searched
 */
export function restrictFilter(
  filter: GalleryFilter,
  visible: readonly string[],
): GalleryFilter & { readonly sources: readonly string[] } {
  const asked = filter.sources
  const sources = asked === null ? visible : visible.filter((source) => asked.includes(source))
  return { ...filter, sources: [...new Set(sources)].sort() }
}
