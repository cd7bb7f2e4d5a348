import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import { withhold } from '../intake/index.ts'
import type { Tx } from '../store/index.ts'
import type { ExaminationView } from './blind-view.ts'
import type { Examination, ExaminationDeps } from './examination.ts'
import { loadView } from './load-view.ts'
import { examinationOf, isReleased, signatureOf } from './records.ts'
import { EXAMINATION_RELEASED, EXAMINATION_SIGNED, NOT_HELD } from './refusals.ts'

export type ReadCode = 'role_required' | 'not_found' | 'examination_released'

/** The blind view again; only for the examiner who opened it, and not once it was released. */
export async function readExamination(
  deps: ExaminationDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<ExaminationView, ReadCode>> {
  const role = requireRole(actor, 'examiner')
  if (!role.ok) return role
  const view = await deps.store.transaction(scopeOf(actor), async (tx) => {
    const examination = await readableExamination(tx, actor, id)
    return examination.ok ? done(await loadView(tx, examination.value)) : examination
  })
  return !view.ok && view.problem.code === 'not_found' ? await withhold(deps, actor, 'examination', id) : view
}

/** The examination, when this person opened it. */
export async function heldExamination(tx: Tx, actor: Actor, id: string): Promise<Examination | null> {
  const examination = await examinationOf(tx, id)
  return examination?.examiner === actor.account ? examination : null
}

/** The same, unless it was released: who gave it up sees no more of it. */
export async function readableExamination(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<Outcome<Examination, 'not_found' | 'examination_released'>> {
  const examination = await heldExamination(tx, actor, id)
  if (examination === null) return NOT_HELD
  return (await isReleased(tx, id)) ? EXAMINATION_RELEASED : done(examination)
}

/** Whether anything may still be added to it; asked while `lockExaminations` holds. */
export async function checkUnsigned(
  tx: Tx,
  id: string,
): Promise<Outcome<null, 'examination_signed' | 'examination_released'>> {
  if ((await signatureOf(tx, id)) !== null) return EXAMINATION_SIGNED
  return (await isReleased(tx, id)) ? EXAMINATION_RELEASED : done(null)
}
