import type { Tx } from '../store/index.ts'
import { IntakeError } from './intake-error.ts'
import { updateState } from './records-request.ts'
import type { RequestState } from './request.ts'

/**
 * Moves a request to its next state, inside the transaction of the act that causes it.
 * @throws IntakeError `state_conflict` when the request is not visible or stands where `to` may not follow;
 *   nothing was changed and the transaction must end.
 */
export async function moveRequest(tx: Tx, id: string, to: RequestState): Promise<void> {
  if (await updateState(tx, id, to)) return
  throw new IntakeError('state_conflict', `Request ${id} cannot move to ${to} from where it stands.`)
}
