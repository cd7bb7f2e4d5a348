import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { type Outcome, refuse } from '../base/index.ts'
import type { EngineCode } from '../engine/index.ts'
import type { Tx } from '../store/index.ts'
import type { GalleryDeps } from './gallery-deps.ts'
import { bookingOf } from './records.ts'

type ImageDeps = Pick<GalleryDeps, 'store' | 'engine'>

/** What the rooms after the search may know about a candidate's booking. */
export interface BookingForExamination {
  readonly id: string
  readonly subject: string
  readonly bookingNumber: string
  readonly bookedAt: string
  /** ISO day of the photograph. */
  readonly capturedAt: string
  /** An upright JPEG without metadata, longest edge at most 1600 pixels. */
  displayImage(deps: ImageDeps): Promise<Outcome<Uint8Array, EngineCode>>
}

/** A booking photograph to look at: a JPEG without metadata. Role: custodian. */
export async function bookingImage(
  deps: ImageDeps,
  actor: Actor,
  booking: string,
): Promise<Outcome<Uint8Array, 'role_required' | 'not_found' | EngineCode>> {
  const role = requireRole(actor, 'custodian')
  if (!role.ok) return role
  const found = await deps.store.transaction(scopeOf(actor), (tx) => bookingForExamination(tx, booking))
  if (found === null) return refuse('not_found', 'There is no such booking.', 'Choose one from the list of bookings.')
  return await found.displayImage(deps)
}

/** A booking for whoever holds a candidate list; the caller decides who may. Null when there is none. */
export async function bookingForExamination(tx: Tx, booking: string): Promise<BookingForExamination | null> {
  const found = await bookingOf(tx, booking)
  if (found === null) return null
  const { id, subject, bookingNumber, bookedAt, capturedAt, blob } = found
  return { id, subject, bookingNumber, bookedAt, capturedAt, displayImage: (deps) => displayBlob(deps, blob) }
}

async function displayBlob(deps: ImageDeps, blob: string): Promise<Outcome<Uint8Array, EngineCode>> {
  const bytes = await deps.store.transaction({ agency: null }, (tx) => deps.store.blobs.get(tx, blob))
  return await deps.engine.displayCopy(bytes)
}
