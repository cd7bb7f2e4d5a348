import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, fail, type Outcome, refuse, sha256Hex, toStamp } from '../base/index.ts'
import type { EngineCode, FaceTemplate } from '../engine/index.ts'
import type { Tx } from '../store/index.ts'
import type { Booking, BookingCode, BookingInput, EnrolledBooking } from './booking.ts'
import { checkBooking } from './check-booking.ts'
import type { GalleryDeps } from './gallery-deps.ts'
import { recordRefusal } from './record-refusal.ts'
import {
  type BookingOfPerson,
  bookingWithImage,
  insertBooking,
  insertSubject,
  numberTakenByAnother,
  type SubjectKey,
  sourceExists,
  subjectOf,
} from './records.ts'
import { insertTemplate, lockGallery } from './records-template.ts'
import { galleryModel } from './retemplate/records.ts'
import { templateBytes } from './template-bytes.ts'

/**
 * Enrols one booking photograph: fields checked, template made, original and template sealed under the
 * subject's key, record and entry in one transaction. The same image of the same source is enrolled once;
 * asked again, the engine does not run. Role: custodian. A refusal is an entry too.
 */
export async function enrolBooking(
  deps: GalleryDeps,
  actor: Actor,
  input: BookingInput,
): Promise<Outcome<EnrolledBooking, BookingCode>> {
  const outcome = await tryToEnrol(deps, actor, input)
  if (!outcome.ok) {
    await recordRefusal(deps, actor, { source: input.source, code: outcome.problem.code, line: input.line })
  }
  return outcome
}

async function tryToEnrol(
  deps: GalleryDeps,
  actor: Actor,
  given: BookingInput,
): Promise<Outcome<EnrolledBooking, BookingCode>> {
  const role = requireRole(actor, 'custodian')
  if (!role.ok) return role
  const input = checkBooking(given, deps.clock.now())
  if (!input.ok) return input
  const imageDigest = sha256Hex(given.image)
  const known = await deps.store.act(scopeOf(actor), (tx) => findKnown(tx, input.value, imageDigest))
  if (!known.ok) return known
  if (known.value !== null) return done({ booking: known.value, state: 'already_enrolled' })
  const template = onlyFace(await deps.engine.makeTemplate(given.image))
  if (!template.ok) return template
  return await deps.store.act<EnrolledBooking, BookingCode>(scopeOf(actor), async (tx) => {
    await lockGallery(tx)
    // Another process may have enrolled it while the engine was at work.
    const meanwhile = await findKnown(tx, input.value, imageDigest)
    if (!meanwhile.ok) return meanwhile
    if (meanwhile.value !== null) return done({ booking: meanwhile.value, state: 'already_enrolled' })
    const active = await galleryModel(tx)
    if (active !== null && active !== template.value.model.sha256) return modelChanged()
    const booking = await recordBooking(tx, deps, actor, { ...input.value, imageDigest, template: template.value })
    return done({ booking, state: 'enrolled' })
  })
}

/** The booking that this image already has, or why it cannot get one. */
async function findKnown(
  tx: Tx,
  input: BookingInput,
  imageDigest: string,
): Promise<Outcome<Booking | null, BookingCode>> {
  if (!(await sourceExists(tx, input.source))) {
    return refuse('source_unknown', 'There is no such source.', 'Register the source first, or choose a known one.', {
      where: 'source',
    })
  }
  const known = await bookingWithImage(tx, input.source, imageDigest)
  if (known !== null && known.personKey !== input.personKey) {
    return refuse(
      'image_of_another_person',
      `This very image is already enrolled for another person, under booking ${known.bookingNumber}.`,
      'Find out whom it shows, and correct the person key or the image.',
      { where: 'image', facts: { booking: known.id } },
    )
  }
  if (known !== null) return done(withoutPersonKey(known))
  if (await numberTakenByAnother(tx, input.source, input.bookingNumber, input.personKey)) {
    return refuse(
      'booking_of_another_person',
      `Booking ${input.bookingNumber} already belongs to another person.`,
      'Correct the booking number or the person key.',
      { where: 'bookingNumber' },
    )
  }
  return done(null)
}

/** Searches compare with another model since: they would not find a photograph enrolled with the old one. */
function modelChanged(): Outcome<never, 'model_changed'> {
  const message = 'The model of the gallery was changed while this photograph was being enrolled.'
  return refuse(
    'model_changed',
    message,
    'Enrol it again; a command that was started before the change must be restarted.',
  )
}

function withoutPersonKey(known: BookingOfPerson): Booking {
  const { personKey: _, ...booking } = known
  return booking
}

function onlyFace(template: Outcome<FaceTemplate, EngineCode>): Outcome<FaceTemplate, EngineCode> {
  if (template.ok || template.problem.code !== 'many_faces') return template
  return fail(
    'many_faces',
    'The image shows several faces, and a booking photograph shows one person alone.',
    'Use the photograph of this person alone.',
    { where: 'image', ...(template.problem.facts === undefined ? {} : { facts: template.problem.facts }) },
  )
}

interface CheckedBooking extends BookingInput {
  readonly imageDigest: string
  readonly template: FaceTemplate
}

async function recordBooking(tx: Tx, deps: GalleryDeps, actor: Actor, input: CheckedBooking): Promise<Booking> {
  const subject = (await subjectOf(tx, input.source, input.personKey)) ?? (await makeSubject(tx, deps, input))
  const blob = await deps.store.blobs.put(tx, subject.dataKey, input.image)
  const { id, sha256 } = input.template.model
  const { source, bookingNumber, bookedAt, capturedAt, birthYear, sex, chargeUcr, imageDigest } = input
  const booking: Booking = {
    ...{ source, bookingNumber, bookedAt, capturedAt, birthYear, sex, chargeUcr, imageDigest },
    id: deps.ids.next('bkg'),
    subject: subject.id,
    blob: blob.id,
    model: { id, sha256 },
    enrolledAt: toStamp(deps.clock.now()),
    enrolledBy: actor.account,
  }
  await insertBooking(tx, booking)
  const sealed = await deps.store.blobs.seal(tx, subject.dataKey, templateBytes(input.template.vector))
  const template = { id: deps.ids.next('tpl'), booking: booking.id, subject: subject.id, modelSha256: sha256, sealed }
  await insertTemplate(tx, template)
  await append(tx, deps, {
    act: 'booking.enrolled',
    actor: actor.account,
    agency: actor.agency,
    about: booking.id,
    facts: { source, subject: subject.id, imageDigest, model: sha256 },
  })
  return booking
}

async function makeSubject(tx: Tx, deps: GalleryDeps, input: BookingInput): Promise<SubjectKey> {
  const subject = { id: deps.ids.next('sub'), dataKey: deps.ids.next('key') }
  await deps.store.blobs.createKey(tx, subject.dataKey)
  await insertSubject(tx, subject, input.source, input.personKey)
  return subject
}
