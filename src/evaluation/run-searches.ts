import type { EmbeddedPhoto } from './embed-photos.ts'
import { luminanceThirds } from './face-measures.ts'
import type { Groups, MatedSearch, NonMatedSearch } from './figures/searches.ts'
import type { LabelledPhoto } from './labelled-set.ts'
import type { Trials } from './make-trials.ts'
import { pauseNow } from './pause.ts'
import { listPeople, templateTable } from './template-table.ts'

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
  const table = templateTable(
    trials.enrolled.flatMap((photo) => {
      const vector = found(photo)?.vector ?? null
      return vector === null ? [] : [{ subject: photo.subject, vector }]
    }),
  )
  const groupsOf = groupReader([...trials.mated, ...trials.nonMated].map(found))
  const total = trials.mated.length + trials.nonMated.length
  const mated: MatedSearch[] = []
  const nonMated: NonMatedSearch[] = []
  for (const photo of [...trials.mated, ...trials.nonMated]) {
    const probe = found(photo)
    const common = { probe: photo.file, subject: photo.subject, failed: !probe?.vector, groups: groupsOf(photo, probe) }
    const list = probe?.vector ? listPeople(table, probe.vector, LIST_LENGTH) : []
    if (mated.length < trials.mated.length) mated.push({ ...common, ...readMate(list, photo.subject) })
    else nonMated.push({ ...common, scores: list.map(({ score }) => score) })
    onProgress(mated.length + nonMated.length, total)
    await pauseNow()
  }
  return { mated, nonMated, enrolled: table.people.length }
}

function readMate(
  list: ReturnType<typeof listPeople>,
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
