import { type Directory, readDirectory } from '../../access/index.ts'
import { refuse } from '../../base/index.ts'
import {
  bookingImage,
  enrolBooking,
  galleryCounts,
  type Booking as KeptBooking,
  listBookings,
  listSources,
  type Sex,
  type SourceSummary,
} from '../../gallery/index.ts'
import { actorOf } from '../authenticate.ts'
import {
  type Booking,
  type BookingList,
  bookingListSchema,
  bookingsQuery,
  type EnrolBookingFields,
  enrolBookingFields,
  enrolledSchema,
  type Gallery,
  gallerySchema,
  idParams,
} from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { HttpProblem, valueFrom } from '../http-problem.ts'
import { receiveUpload } from '../receive-upload.ts'
import { answers, changes, fileAnswer, readsUpload, uploadBody } from '../route-docs.ts'

const TAGS = { tags: ['gallery'] }

export function galleryRoutes(app: Door, deps: HttpDeps): void {
  const showing = {
    ...TAGS,
    summary: 'Sources, counts and model of the gallery',
    response: answers({ 200: gallerySchema }, 403),
  }
  app.get('/gallery', { schema: showing }, async (request): Promise<Gallery> => {
    const sources = valueFrom(await listSources(deps, actorOf(request)))
    const counts = await galleryCounts(deps)
    const { agencies } = await readDirectory(deps, actorOf(request))
    const bodies = sources.map((source) => sourceBody(source, agencies))
    return { sources: bodies, counts: { ...counts }, model: { ...deps.engine.model } }
  })
  bookingRoutes(app, deps)
  enrolRoute(app, deps)
}

function sourceBody(source: SourceSummary, known: Directory['agencies']): Gallery['sources'][number] {
  const { agencies } = source
  const named = agencies && known.filter(({ id }) => agencies.includes(id)).map(({ ori, name }) => ({ ori, name }))
  return { ...source, agencies: named }
}

function bookingRoutes(app: Door, deps: HttpDeps): void {
  const listing = {
    ...TAGS,
    summary: 'Bookings, newest first, without images',
    querystring: bookingsQuery,
    response: answers({ 200: bookingListSchema }, 403, 422),
  }
  app.get('/gallery/bookings', { schema: listing }, async (request): Promise<BookingList> => {
    const { after, limit } = request.query
    const page = valueFrom(
      await listBookings(deps, actorOf(request), { limit, ...(after === undefined ? {} : { after }) }),
    )
    return { bookings: page.bookings.map((one) => bookingBody(one, one.personKey)), next: page.next }
  })

  const image = fileAnswer('image/jpeg', 'Upright display copy, without metadata')
  const looking = {
    ...TAGS,
    summary: 'A booking photograph',
    params: idParams,
    response: answers({ 200: image }, 403, 404, 422),
  }
  app.get('/gallery/bookings/:id/image', { schema: looking }, async (request, reply) => {
    const bytes = valueFrom(await bookingImage(deps, actorOf(request), request.params.id))
    return reply.type('image/jpeg').send(Buffer.from(bytes))
  })
}

function enrolRoute(app: Door, deps: HttpDeps): void {
  const schema = {
    ...TAGS,
    summary: 'Enrol one booking photograph',
    description: 'The same photograph of the same person is enrolled once; asked again, the first booking comes back.',
    consumes: ['multipart/form-data'],
    body: uploadBody(enrolBookingFields.shape),
    response: changes({ 201: enrolledSchema }, 409, 422, 507),
  }
  app.post('/gallery/bookings', { schema, ...readsUpload }, async (request, reply) => {
    const { image, fields } = await receiveUpload(request)
    const given = readFields(fields)
    const input = { ...given, ...optionalFields(given), image }
    const { booking, state } = valueFrom(await enrolBooking(deps, actorOf(request), input))
    return reply.code(201).send({ booking: bookingBody(booking, given.personKey), state })
  })
}

function readFields(fields: Readonly<Record<string, string>>): EnrolBookingFields {
  const read = enrolBookingFields.safeParse(fields)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const where = String(issue?.path[0] ?? (issue?.code === 'unrecognized_keys' ? issue.keys[0] : 'body'))
  const message = `The field ${where} cannot be used: ${issue?.message ?? 'it does not fit'}.`
  throw new HttpProblem(refuse('input_invalid', message, 'Correct the field and send it again.', { where }).problem)
}

function optionalFields(given: EnrolBookingFields) {
  const { birthYear = '', sex = '', chargeUcr = '' } = given
  return {
    birthYear: birthYear === '' ? null : Number(birthYear),
    // An entry that is no sex is refused by the gallery, which names the field.
    sex: (sex === '' ? 'U' : sex) as Sex,
    chargeUcr: chargeUcr === '' ? null : chargeUcr,
  }
}

function bookingBody(booking: KeptBooking, personKey: string): Booking {
  const { id, source, subject, bookingNumber, bookedAt, birthYear, sex, chargeUcr } = booking
  const { imageDigest, capturedAt, enrolledAt } = booking
  return {
    ...{ id, source, subject, personKey, bookingNumber, bookedAt, birthYear, sex, chargeUcr },
    ...{ imageDigest, capturedAt, enrolledAt },
    model: booking.model.id,
    imageUrl: `/api/gallery/bookings/${id}/image`,
  }
}
