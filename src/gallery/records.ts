import { toStamp } from '../base/index.ts'
import { sql, type Tx } from '../store/index.ts'
import type { Booking, Sex } from './booking.ts'
import type { Source } from './source.ts'

interface SourceRow {
  readonly id: string
  readonly name: string
  readonly legal_basis: string
  readonly class: 'county_booking'
  readonly registered_at: Date
  readonly agencies: readonly string[] | null
}

interface BookingRow {
  readonly id: string
  readonly source: string
  readonly subject: string
  readonly person_key: string
  readonly booking_number: string
  readonly booked_at: string
  readonly captured_at: string
  readonly birth_year: number | null
  readonly sex: Sex
  readonly charge_ucr: string | null
  readonly blob: string
  readonly image_digest: string
  readonly model_id: string
  readonly model_sha256: string
  readonly enrolled_at: Date
  readonly enrolled_by: string
}

/** A booking with the source's key of the person it shows. */
export type BookingOfPerson = Booking & { readonly personKey: string }

/** A subject with the data key that seals its images and templates. */
export interface SubjectKey {
  readonly id: string
  readonly dataKey: string
}

const BOOKING_COLUMNS = sql`b.id, b.source, b.subject, s.person_key, b.booking_number, b.booked_at::text,
  b.captured_at::text, b.birth_year, b.sex, b.charge_ucr, b.blob, b.image_digest, b.model_id, b.model_sha256,
  b.enrolled_at, b.enrolled_by`

export async function insertSource(tx: Tx, source: Source, by: string): Promise<void> {
  await sql`insert into gallery_source (id, name, legal_basis, class, registered_at, registered_by, agencies)
    values (${source.id}, ${source.name}, ${source.legalBasis}, ${source.class}, ${source.registeredAt}, ${by},
      ${source.agencies === null ? null : [...source.agencies]})
  `.execute(tx)
}

export async function readSources(tx: Tx): Promise<readonly Source[]> {
  const { rows } = await sql<SourceRow>`select * from gallery_source order by name`.execute(tx)
  return rows.map(sourceOfRow)
}

/** Those that the agency may search, by name. */
export async function readSourcesFor(tx: Tx, agency: string): Promise<readonly Source[]> {
  const { rows } = await sql<SourceRow>`select * from gallery_source
    where agencies is null or ${agency} = any(agencies) order by name`.execute(tx)
  return rows.map(sourceOfRow)
}

export async function sourceNamed(tx: Tx, name: string): Promise<Source | null> {
  const { rows } = await sql<SourceRow>`select * from gallery_source where name = ${name}`.execute(tx)
  return rows[0] === undefined ? null : sourceOfRow(rows[0])
}

export async function sourceExists(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from gallery_source where id = ${id}`.execute(tx)
  return rows.length > 0
}

export async function subjectOf(tx: Tx, source: string, personKey: string): Promise<SubjectKey | null> {
  const { rows } = await sql<SubjectKey>`select id, data_key as "dataKey" from gallery_subject
    where source = ${source} and person_key = ${personKey}`.execute(tx)
  return rows[0] ?? null
}

export async function insertSubject(tx: Tx, subject: SubjectKey, source: string, personKey: string): Promise<void> {
  await sql`insert into gallery_subject (id, source, person_key, data_key)
    values (${subject.id}, ${source}, ${personKey}, ${subject.dataKey})`.execute(tx)
}

export async function insertBooking(tx: Tx, booking: Booking): Promise<void> {
  await sql`insert into gallery_booking (id, source, subject, booking_number, booked_at, captured_at, birth_year,
      sex, charge_ucr, blob, image_digest, model_id, model_sha256, enrolled_at, enrolled_by)
    values (${booking.id}, ${booking.source}, ${booking.subject}, ${booking.bookingNumber}, ${booking.bookedAt},
      ${booking.capturedAt}, ${booking.birthYear}, ${booking.sex}, ${booking.chargeUcr}, ${booking.blob},
      ${booking.imageDigest}, ${booking.model.id}, ${booking.model.sha256}, ${booking.enrolledAt},
      ${booking.enrolledBy})`.execute(tx)
}

export async function bookingOf(tx: Tx, id: string): Promise<BookingOfPerson | null> {
  const { rows } = await sql<BookingRow>`select ${BOOKING_COLUMNS} from gallery_booking b
    join gallery_subject s on s.id = b.subject where b.id = ${id}`.execute(tx)
  return rows[0] === undefined ? null : bookingOfRow(rows[0])
}

export async function bookingWithImage(tx: Tx, source: string, imageDigest: string): Promise<BookingOfPerson | null> {
  const { rows } = await sql<BookingRow>`select ${BOOKING_COLUMNS} from gallery_booking b
    join gallery_subject s on s.id = b.subject
    where b.source = ${source} and b.image_digest = ${imageDigest}`.execute(tx)
  return rows[0] === undefined ? null : bookingOfRow(rows[0])
}

/** Whether the booking number is already in use for somebody with another key. */
export async function numberTakenByAnother(
  tx: Tx,
  source: string,
  bookingNumber: string,
  personKey: string,
): Promise<boolean> {
  const { rows } = await sql`select 1 from gallery_booking b join gallery_subject s on s.id = b.subject
    where b.source = ${source} and b.booking_number = ${bookingNumber} and s.person_key <> ${personKey}
    limit 1`.execute(tx)
  return rows.length > 0
}

/** Newest first: ids are ordered by time. */
export async function bookingsBefore(tx: Tx, before: string | null, limit: number): Promise<BookingOfPerson[]> {
  const { rows } = await sql<BookingRow>`select ${BOOKING_COLUMNS} from gallery_booking b
    join gallery_subject s on s.id = b.subject
    where ${before}::text is null or b.id < ${before} order by b.id desc limit ${limit}`.execute(tx)
  return rows.map(bookingOfRow)
}

export async function countBySource(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ source: string; bookings: number }>`
    select source, count(*) as bookings from gallery_booking group by source`.execute(tx)
  return new Map(rows.map((row) => [row.source, row.bookings]))
}

export async function countGallery(tx: Tx): Promise<{ readonly subjects: number; readonly bookings: number }> {
  const { rows } = await sql<{ subjects: number; bookings: number }>`
    select count(distinct subject) as subjects, count(*) as bookings from gallery_booking`.execute(tx)
  return rows[0] ?? { subjects: 0, bookings: 0 }
}

function sourceOfRow(row: SourceRow): Source {
  return {
    id: row.id,
    name: row.name,
    legalBasis: row.legal_basis,
    class: row.class,
    registeredAt: toStamp(row.registered_at),
    agencies: row.agencies,
  }
}

function bookingOfRow(row: BookingRow): BookingOfPerson {
  return {
    id: row.id,
    source: row.source,
    subject: row.subject,
    personKey: row.person_key,
    bookingNumber: row.booking_number,
    bookedAt: row.booked_at,
    capturedAt: row.captured_at,
    birthYear: row.birth_year,
    sex: row.sex,
    chargeUcr: row.charge_ucr,
    blob: row.blob,
    imageDigest: row.image_digest,
    model: { id: row.model_id, sha256: row.model_sha256 },
    enrolledAt: toStamp(row.enrolled_at),
    enrolledBy: row.enrolled_by,
  }
}
