import { sql, type Tx } from '../../store/index.ts'
import type { SealedTemplate } from '../records-template.ts'
import type { TemplateCoverage } from './template-coverage.ts'

/** A photograph to make a template of, with the key that seals it. */
export interface UntemplatedBooking {
  readonly id: string
  readonly subject: string
  readonly blob: string
  readonly dataKey: string
}

/** The next photographs, by id, of which the model has neither a template nor a failure. */
export async function bookingsWithout(
  tx: Tx,
  modelSha256: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly UntemplatedBooking[]> {
  const { rows } = await sql<UntemplatedBooking>`select b.id, b.subject, b.blob, s.data_key as "dataKey"
    from gallery_booking b join gallery_subject s on s.id = b.subject
    where b.id > ${after}
      and not exists (select 1 from gallery_template t where t.booking = b.id and t.model_sha256 = ${modelSha256})
      and not exists (
        select 1 from gallery_template_failure f where f.booking = b.id and f.model_sha256 = ${modelSha256})
    order by b.id limit ${limit}`.execute(tx)
  return rows
}

/** False when another process was first. */
export async function insertTemplateOnce(tx: Tx, template: SealedTemplate): Promise<boolean> {
  const { rows } = await sql`insert into gallery_template (id, booking, subject, model_sha256, sealed)
    values (${template.id}, ${template.booking}, ${template.subject}, ${template.modelSha256}, ${template.sealed})
    on conflict (booking, model_sha256) do nothing returning id`.execute(tx)
  return rows.length === 1
}

export interface TemplateFailure {
  readonly booking: string
  readonly modelSha256: string
  readonly code: string
  readonly failedAt: string
}

export async function insertFailure(tx: Tx, failure: TemplateFailure): Promise<void> {
  await sql`insert into gallery_template_failure (booking, model_sha256, code, failed_at)
    values (${failure.booking}, ${failure.modelSha256}, ${failure.code}, ${failure.failedAt})
    on conflict (booking, model_sha256) do nothing`.execute(tx)
}

export async function countCoverage(tx: Tx, modelSha256: string): Promise<TemplateCoverage> {
  const { rows } = await sql<Omit<TemplateCoverage, 'missing'>>`select
    (select count(*) from gallery_booking) as bookings,
    (select count(*) from gallery_template t where t.model_sha256 = ${modelSha256}) as templates,
    (select count(*) from gallery_template_failure f where f.model_sha256 = ${modelSha256} and not exists (
      select 1 from gallery_template t where t.booking = f.booking and t.model_sha256 = ${modelSha256})) as failed
  `.execute(tx)
  const { bookings, templates, failed } = rows[0] ?? { bookings: 0, templates: 0, failed: 0 }
  return { bookings, templates, failed, missing: bookings - templates - failed }
}

/** How many photographs failed by each code, most first. */
export async function countFailures(tx: Tx, modelSha256: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ code: string; failed: number }>`select code, count(*) as failed
    from gallery_template_failure f where f.model_sha256 = ${modelSha256} and not exists (
      select 1 from gallery_template t where t.booking = f.booking and t.model_sha256 = ${modelSha256})
    group by code order by failed desc, code`.execute(tx)
  return new Map(rows.map((row) => [row.code, row.failed]))
}

export async function insertGalleryModel(tx: Tx, modelSha256: string, since: string): Promise<void> {
  await sql`insert into gallery_model (model_sha256, since) values (${modelSha256}, ${since})`.execute(tx)
}

/** The model that enrols; null until one was ever changed, and then any may. */
export async function galleryModel(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ sha256: string }>`
    select model_sha256 as sha256 from gallery_model order by seq desc limit 1`.execute(tx)
  return rows[0]?.sha256 ?? null
}
