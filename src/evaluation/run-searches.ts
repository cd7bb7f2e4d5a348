import { sha256Hex } from '../base/index.ts'
import { type GalleryCandidate, type LooseTemplate, NO_FILTER, openTemplateSearch } from '../gallery/index.ts'
import type { EmbeddedPhoto } from './embed-photos.ts'
import { luminanceThirds } from './face-measures.ts'
import type { Groups, MatedSearch, NonMatedSearch } from './figures/searches.ts'
import type { LabelledPhoto } from './labelled-set.ts'
import type { Trials } from './make-trials.ts'

/** L, length of every candidate list; as long as a request may ask for. */
export const LIST_LENGTH = 50

export interface Searches {
  readonly mated: readonly MatedSearch[]
  readonly nonMated: readonly NonMatedSearch[]
  /** People in the gallery with at least one template: the N of every figure. */
  readonly enrolled: number
}

/**
 * Runs every search of the trials against the whole gallery, each list exact. A probe without a template is a failed
 * search; a person whose photograph could not be enrolled stays a mate, and is missed.
 */
export async function runSearches(
  trials: Trials,
  embedded: ReadonlyMap<LabelledPhoto, EmbeddedPhoto>,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Searches> {
  const found = (photo: LabelledPhoto) => embedded.get(photo)
  const templates = trials.enrolled.flatMap((photo): LooseTemplate[] => {
    const vector = found(photo)?.vector ?? null
    return vector === null ? [] : [{ subject: photo.subject, vector }]
  })
  const probes = [...trials.mated, ...trials.nonMated]
  const groupsOf = groupReader(probes.map(found))
  const lists = await candidateLists(
    templates,
    probes.map((photo) => found(photo)?.vector ?? null),
    onProgress,
  )
  const searches = probes.map((photo, at) => {
    const probe = found(photo)
    const { file, subject } = photo
    const common = { probe: file, subject, failed: !probe?.vector, groups: groupsOf(photo, probe) }
    return { common, list: lists[at] ?? [] }
  })
  const mated = searches.slice(0, trials.mated.length)
  return {
    mated: mated.map(({ common, list }) => ({ ...common, ...readMate(list, common.subject) })),
    nonMated: searches.slice(trials.mated.length).map(({ common, list }) => {
      return { ...common, scores: list.map(({ score }) => score) }
    }),
    enrolled: new Set(templates.map(({ subject }) => subject)).size,
  }
}

/** Probes in one pass over the gallery. */
const BATCH = 16

/** The gallery's own search, many probes at a time; a probe without a template has an empty list. */
async function candidateLists(
  templates: readonly LooseTemplate[],
  probes: readonly (Float32Array | null)[],
  onProgress: (done: number, total: number) => void,
): Promise<readonly (readonly GalleryCandidate[])[]> {
  const dimension = [...templates.map(({ vector }) => vector), ...probes].find((vector) => vector !== null)?.length ?? 1
  const model = { id: 'evaluation', sha256: sha256Hex('evaluation'), dimension }
  const search = openTemplateSearch(model, templates)
  const options = { model, limit: LIST_LENGTH, threshold: -1, filter: NO_FILTER }
  const lists: (readonly GalleryCandidate[])[] = []
  for (let from = 0; from < probes.length; from += BATCH) {
    const batch = probes.slice(from, from + BATCH)
    const found = await search.searchMany(
      batch.filter((vector) => vector !== null),
      options,
    )
    let next = 0
    for (const vector of batch) lists.push(vector === null ? [] : (found[next++]?.candidates ?? []))
    onProgress(lists.length, probes.length)
  }
  await search.close()
  return lists
}

function readMate(
  list: readonly GalleryCandidate[],
  subject: string,
): Pick<MatedSearch, 'mateRank' | 'mateScore' | 'strangers'> {
  const place = list.findIndex((listed) => listed.subject === subject)
  return {
    mateRank: place === -1 ? null : place + 1,
    mateScore: list[place]?.score ?? null,
    strangers: list.filter((_, at) => at !== place).map(({ score }) => score),
  }
}

/** Groups as recorded, and the third of measured luminance that the photograph falls into among those given. */
export function groupReader(
  probes: readonly (EmbeddedPhoto | undefined)[],
): (photo: LabelledPhoto, probe: EmbeddedPhoto | undefined) => Groups {
  const third = luminanceThirds(probes.map((probe) => probe?.measures.luminance ?? null))
  return (photo, probe) => {
    const skin = third(probe?.measures.luminance ?? null)
    return skin === null ? photo.groups : { ...photo.groups, skin }
  }
}
