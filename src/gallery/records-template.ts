import { sql, type Tx } from '../store/index.ts'
import type { Sex } from './booking.ts'

/** A row of the feed of changes; what a template carries is null unless it is one that came. */
export interface ChangeRow {
  readonly kind: 'added' | 'facts' | 'removed'
  readonly seq: number
  /** The row it is about: of a removal kept before rows were known, null. */
  readonly row: number | null
  readonly source: number | null
  readonly bookedAt: string | null
  readonly birthYear: number | null
  readonly sex: Sex | null
  readonly isSealed: boolean | null
  readonly dataKey: string | null
  readonly sealed: Uint8Array | null
}

/** A template with all that ranking needs. */
export interface TemplateRow {
  readonly seq: number
  readonly template: string
  readonly booking: string
  readonly subject: string
  readonly source: number
  readonly bookedAt: string
  readonly birthYear: number | null
  readonly sex: Sex
  readonly isSealed: boolean
  readonly dataKey: string
  readonly sealed: Uint8Array
}

export interface SealedTemplate {
  readonly id: string
  readonly booking: string
  readonly subject: string
  readonly modelSha256: string
  readonly sealed: Uint8Array
}

/**
 * Waits until no other transaction is changing the gallery and keeps it so until this one ends.
 * Taken before the audit log's own lock, always in that order.
 */
export async function lockGallery(tx: Tx): Promise<void> {
  await sql`select gallery_lock()`.execute(tx)
}

/** Waits until nobody else fills the shared index of the model, until this transaction ends. */
export async function lockIndex(tx: Tx, modelSha256: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`gallery index ${modelSha256}`}, 0))`.execute(tx)
}

/** The database gives the row its place in the order of changes. */
export async function insertTemplate(tx: Tx, template: SealedTemplate): Promise<void> {
  await sql`insert into gallery_template (id, booking, subject, model_sha256, sealed)
    values (${template.id}, ${template.booking}, ${template.subject}, ${template.modelSha256}, ${template.sealed})
  `.execute(tx)
}

const FACTS = sql`o.number as source, b.booked_at::text as "bookedAt", b.birth_year as "birthYear", b.sex,
  exists (select 1 from gallery_seal z where z.booking = b.id and z.lifted_at is null) as "isSealed"`

/** The first `limit` changes after `seq` in their order, from one snapshot. */
export async function changesAfter(tx: Tx, modelSha256: string, seq: number, limit: number): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    (select 'added' as kind, t.seq, t.seq as row, ${FACTS}, s.data_key as "dataKey", t.sealed
      from gallery_template t join gallery_subject s on s.id = t.subject
      join gallery_booking b on b.id = t.booking join gallery_source o on o.id = b.source
      where t.model_sha256 = ${modelSha256} and t.seq > ${seq} order by t.seq limit ${limit})
    union all
    (select 'facts', c.seq, c.row_seq, ${FACTS}, null, null
      from gallery_facts_change c left join gallery_template t on t.seq = c.row_seq
      left join gallery_booking b on b.id = t.booking left join gallery_source o on o.id = b.source
      where c.model_sha256 = ${modelSha256} and c.seq > ${seq} order by c.seq limit ${limit})
    union all
    (select 'removed', r.seq, r.row_seq, null, null, null, null, null, null, null
      from gallery_template_removal r
      where r.model_sha256 = ${modelSha256} and r.seq > ${seq} order by r.seq limit ${limit})
    order by seq limit ${limit}`.execute(tx)
  return rows
}

/** Rows by their seqs. */
export async function templatesAt(tx: Tx, modelSha256: string, seqs: readonly number[]): Promise<TemplateRow[]> {
  return await templateRows(tx, sql`t.model_sha256 = ${modelSha256} and t.seq = any(${seqs}::bigint[])`)
}

/** Every row of these subjects, but for the templates named. */
export async function templatesOf(
  tx: Tx,
  modelSha256: string,
  subjects: readonly string[],
  except: readonly string[],
): Promise<TemplateRow[]> {
  const ofThem = sql`t.model_sha256 = ${modelSha256} and t.subject = any(${subjects}::text[])`
  return await templateRows(tx, sql`${ofThem} and t.id <> all(${except}::text[])`)
}

async function templateRows(tx: Tx, condition: ReturnType<typeof sql>): Promise<TemplateRow[]> {
  const { rows } = await sql<TemplateRow>`
    select t.seq, t.id as template, t.booking, t.subject, ${FACTS}, s.data_key as "dataKey", t.sealed
    from gallery_template t join gallery_subject s on s.id = t.subject
    join gallery_booking b on b.id = t.booking join gallery_source o on o.id = b.source
    where ${condition} order by t.seq`.execute(tx)
  return rows
}

interface DigestRow {
  readonly position: number
  readonly rows: number
  readonly sum: string
  readonly squares: string
}

/** What the triggers of the database counted; null before the first change. */
export async function readDigest(tx: Tx, modelSha256: string): Promise<DigestRow | null> {
  const { rows } = await sql<DigestRow>`select seq as position, row_count as rows, seq_sum::text as sum,
      seq_squares::text as squares from gallery_digest where model_sha256 = ${modelSha256}`.execute(tx)
  return rows[0] ?? null
}

/** The same, counted anew from the rows. */
export async function countDigest(tx: Tx, modelSha256: string): Promise<Omit<DigestRow, 'position'>> {
  const { rows } = await sql<Omit<DigestRow, 'position'>>`select count(*) as rows, coalesce(sum(seq), 0)::text as sum,
      coalesce(sum(seq::numeric * seq), 0)::text as squares
    from gallery_template where model_sha256 = ${modelSha256}`.execute(tx)
  return rows[0] ?? { rows: 0, sum: '0', squares: '0' }
}

export async function sourceNumbers(tx: Tx, ids: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    select number from gallery_source where id = any(${ids}::text[])`.execute(tx)
  return rows.map((row) => row.number)
}
