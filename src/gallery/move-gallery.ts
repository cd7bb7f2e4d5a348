import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, fail, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { CoarseIndex } from './coarse-index.ts'
import { followSource } from './follow-source.ts'
import type { GalleryDeps } from './gallery-deps.ts'
import { sharedIndex } from './open-gallery-search.ts'
import { type GalleryPlace, insertPlace, placeOf } from './records-place.ts'
import { lockGallery } from './records-template.ts'
import { openStoreTemplates } from './store-templates.ts'
import type { TemplateSource } from './template-source.ts'
import { type RowsReport, verifyRows } from './verify-rows.ts'

export type MoveCode = 'role_required' | 'already_there' | 'rows_differ'

export interface MoveProgress {
  readonly step: 'copying' | 'comparing'
  readonly done: number
  readonly rows: number
}

export interface MovedGallery {
  readonly place: GalleryPlace
  readonly photographs: number
}

/**
 * Moves the searches of the engine's model: fills the index of the new place from the database (going on where an
 * interrupted move stopped), compares every row with the database, and then, in one transaction with the entry, sends
 * all servers there. Searches go on in the old place until that moment. Role: administrator.
 * @param to the new place, and how its index is opened; it is closed at the end
 */
export async function moveGallery(
  deps: GalleryDeps,
  actor: Actor,
  to: { readonly place: GalleryPlace; readonly openIndex: () => Promise<CoarseIndex> },
  onProgress: (progress: MoveProgress) => void = () => undefined,
): Promise<Outcome<MovedGallery, MoveCode>> {
  const role = requireRole(actor, 'administrator')
  if (!role.ok) return role
  const { sha256, dimension } = deps.engine.model
  if ((await deps.store.transaction({ agency: null }, (tx) => placeOf(tx, sha256))) === to.place) {
    return refuse('already_there', `Searches are made in the ${to.place} gallery already.`, 'Nothing is left to do.')
  }
  const opened = await to.openIndex()
  const index = sharedIndex(deps.store, deps.engine.model, opened)
  const report = await fillAndCompare(openStoreTemplates(deps.store, sha256, dimension), index, onProgress).finally(
    () => index.close(),
  )
  if (report.differing.length > 0) return rowsDiffer(report.differing)
  return await deps.store.act<MovedGallery, MoveCode>(scopeOf(actor), async (tx) => {
    // What was enrolled since is taken up by the first search there, which checks the rows again.
    await lockGallery(tx)
    await insertPlace(tx, { modelSha256: sha256, place: to.place, since: toStamp(deps.clock.now()), by: actor.account })
    const facts = { model: sha256, place: to.place, photographs: report.rows }
    await append(tx, deps, { act: 'gallery.moved', actor: actor.account, agency: null, about: null, facts })
    return done({ place: to.place, photographs: report.rows })
  })
}

async function fillAndCompare(
  source: TemplateSource,
  index: CoarseIndex,
  onProgress: (progress: MoveProgress) => void,
): Promise<RowsReport> {
  const followed = followSource(source, index, {
    onProgress: (copied, rows) => onProgress({ step: 'copying', done: copied, rows }),
  })
  const { rows } = await followed.follow()
  return await verifyRows(source, index, (compared) => onProgress({ step: 'comparing', done: compared, rows }))
}

function rowsDiffer(rows: readonly number[]): Outcome<never, 'rows_differ'> {
  const first = rows.slice(0, 5).join(', ')
  return fail(
    'rows_differ',
    `${rows.length === 100 ? 'At least 100' : rows.length} rows of the new index differ from the database (rows ${first}).`,
    'Empty the tables of this model in the cluster and move again; searches stay where they were.',
  )
}
