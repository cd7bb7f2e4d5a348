import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { Tx } from '../store/index.ts'
import type { GalleryDeps } from './gallery-deps.ts'
import { bookingOf } from './records.ts'
import { endSeal, insertSeal, sealOf } from './records-seal.ts'
import { lockGallery } from './records-template.ts'

export type SealCode = 'role_required' | 'not_found' | 'order_unusable' | 'already_sealed' | 'not_sealed'

export interface SealInput {
  readonly booking: string
  /** The reference of the order, 1 to 120 characters of one line. */
  readonly order: string
}

type SealDeps = Omit<GalleryDeps, 'engine'>

const MAX_ORDER = 120

/** Takes a booking out of every search at once, by order; nothing is destroyed. Role: custodian. */
export async function sealBooking(deps: SealDeps, actor: Actor, input: SealInput): Promise<Outcome<null, SealCode>> {
  return await change(deps, actor, input, async (tx, booking, order) => {
    if ((await sealOf(tx, booking)) !== null) {
      return refuse('already_sealed', 'This booking is sealed already.', 'Nothing is left to do.', { where: 'booking' })
    }
    const at = toStamp(deps.clock.now())
    await insertSeal(tx, { id: deps.ids.next('seal'), booking, order, sealedAt: at, sealedBy: actor.account })
    await append(tx, deps, { act: 'booking.sealed', ...entryOf(actor), about: booking, facts: { order } })
    return done(null)
  })
}

/** Ends the seal of a booking, by order: it is searched again. Role: custodian. */
export async function unsealBooking(deps: SealDeps, actor: Actor, input: SealInput): Promise<Outcome<null, SealCode>> {
  return await change(deps, actor, input, async (tx, booking, order) => {
    const seal = await sealOf(tx, booking)
    if (seal === null) {
      return refuse('not_sealed', 'This booking is not sealed.', 'Check the booking.', { where: 'booking' })
    }
    await endSeal(tx, seal, toStamp(deps.clock.now()), actor.account)
    await append(tx, deps, { act: 'booking.unsealed', ...entryOf(actor), about: booking, facts: { order } })
    return done(null)
  })
}

async function change(
  deps: SealDeps,
  actor: Actor,
  input: SealInput,
  work: (tx: Tx, booking: string, order: string) => Promise<Outcome<null, SealCode>>,
): Promise<Outcome<null, SealCode>> {
  const role = requireRole(actor, 'custodian')
  if (!role.ok) return role
  const order = input.order.trim()
  if (order === '' || order.length > MAX_ORDER || /\p{C}/u.test(order)) {
    const remedy = `Give the reference that stands on the order, at most ${MAX_ORDER} characters.`
    return refuse('order_unusable', 'There is no usable reference of the order.', remedy, { where: 'order' })
  }
  return await deps.store.act<null, SealCode>(scopeOf(actor), async (tx) => {
    // Before the log's own lock, like every change of the gallery.
    await lockGallery(tx)
    const booking = await bookingOf(tx, input.booking)
    if (booking !== null) return await work(tx, booking.id, order)
    return refuse('not_found', 'There is no such booking.', 'Choose one from the list of bookings.', {
      where: 'booking',
    })
  })
}

function entryOf(actor: Actor) {
  return { actor: actor.account, agency: actor.agency }
}
