import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import type { Tx } from '../store/index.ts'
import type { ExaminationView } from './blind-view.ts'
import type { Examination, ExaminationDeps } from './examination.ts'
import { loadView } from './load-view.ts'
import { examinationOf } from './records.ts'
import { withholdExamination } from './withhold.ts'

/** The blind view again; only for the examiner who opened it. */
export async function readExamination(
  deps: ExaminationDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<ExaminationView, 'role_required' | 'not_found'>> {
  const role = requireRole(actor, 'examiner')
  if (!role.ok) return role
  const view = await deps.store.transaction(scopeOf(actor), async (tx) => {
    const examination = await heldExamination(tx, actor, id)
    return examination === null ? null : await loadView(tx, examination)
  })
  return view === null ? await withholdExamination(deps, actor, id) : done(view)
}

/** The examination, when this person opened it. */
export async function heldExamination(tx: Tx, actor: Actor, id: string): Promise<Examination | null> {
  const examination = await examinationOf(tx, id)
  return examination?.examiner === actor.account ? examination : null
}
