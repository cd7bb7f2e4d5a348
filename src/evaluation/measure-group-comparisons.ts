import { compareAll } from './compare-all.ts'
import type { EmbeddedPhoto } from './embed-photos.ts'
import type { ReportGroupComparisons, ReportVerification } from './evaluation-report.ts'
import { comparisonDifferentials, type GroupSample } from './figures/differentials.ts'
import { GROUP_AXES, type GroupAxis } from './figures/searches.ts'
import { groupReader } from './run-searches.ts'

/** The FMR over everybody whose threshold every group is read at. */
const TARGET_FMR = 1e-3
/** Scores kept within one group: enough for 4,000 pairs above the threshold at the usual FMR. */
const MOST_IN_GROUP = 4_000_000

interface ComparedGroup extends GroupSample {
  readonly impostorPairs: number
}

/**
 * FMR and FNMR within each group at the threshold set on everybody. A pair is of a group when both photographs are:
 * a person photographed in two age bands gives no genuine pair across them. Thirds of luminance are those of all
 * photographs, and hold no photograph without a template.
 * @param most impostor scores kept of each group, 4 million at most; an even sample where there are more
 * @returns nothing without two people to set a threshold on.
 */
export async function measureGroupComparisons(
  photos: readonly EmbeddedPhoto[],
  { tar }: Pick<ReportVerification, 'tar'>,
  most: number = MOST_IN_GROUP,
): Promise<readonly ReportGroupComparisons[]> {
  const point = tar.find(({ targetFmr }) => targetFmr === TARGET_FMR)
  const threshold = point?.threshold ?? null
  if (point === undefined || threshold === null) return []
  const measured: ReportGroupComparisons[] = []
  for (const { axis, members } of partPhotos(photos)) {
    const groups: ComparedGroup[] = []
    for (const [group, own] of members) groups.push(await compareGroup(group, own, Math.min(most, MOST_IN_GROUP)))
    const impostorPairs = groups.reduce((total, group) => total + group.impostorPairs, 0)
    const figures = comparisonDifferentials(groups, threshold)
    measured.push({ axis, threshold, everybody: point.fmr, impostorPairs, ...figures })
  }
  return measured
}

/** The photographs of each group, for each axis that somebody recorded or measured. */
function partPhotos(
  photos: readonly EmbeddedPhoto[],
): readonly { readonly axis: GroupAxis; readonly members: ReadonlyMap<string, readonly EmbeddedPhoto[]> }[] {
  const groupsOf = groupReader(photos)
  return GROUP_AXES.flatMap((axis) => {
    const members = Map.groupBy(photos, (embedded) => groupsOf(embedded.photo, embedded)[axis] ?? '')
    members.delete('')
    return members.size === 0 ? [] : [{ axis, members }]
  })
}

async function compareGroup(group: string, photos: readonly EmbeddedPhoto[], most: number): Promise<ComparedGroup> {
  const { genuine, impostor, impostorPairs, failedGenuine } = await compareAll(photos, { most })
  const bySubject = [...Map.groupBy(photos, ({ photo }) => photo.subject).values()]
  return {
    group,
    subjects: bySubject.filter((own) => own.some(({ vector }) => vector !== null)).length,
    genuineSubjects: bySubject.filter((own) => own.length > 1).length,
    genuine,
    impostor,
    impostorPairs,
    failedGenuine,
  }
}
