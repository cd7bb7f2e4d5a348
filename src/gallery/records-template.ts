import { sql, type Tx } from '../store/index.ts'

/** A change of what a search compares: a template that came, or one that went. */
export type TemplateChange =
  | {
      readonly seq: number
      readonly removed: false
      readonly template: string
      readonly booking: string
      readonly subject: string
      readonly dataKey: string
      readonly sealed: Uint8Array
    }
  | { readonly seq: number; readonly removed: true; readonly template: string }

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

/** The database gives the row its place in the order of changes. */
export async function insertTemplate(tx: Tx, template: SealedTemplate): Promise<void> {
  await sql`insert into gallery_template (id, booking, subject, model_sha256, sealed)
    values (${template.id}, ${template.booking}, ${template.subject}, ${template.modelSha256}, ${template.sealed})
  `.execute(tx)
}

/** The first `limit` changes after `seq` in their order, from one snapshot. */
export async function changesAfter(tx: Tx, modelSha256: string, seq: number, limit: number): Promise<TemplateChange[]> {
  const { rows } = await sql<TemplateChange>`
    (select t.seq, false as removed, t.id as template, t.booking, t.subject, s.data_key as "dataKey", t.sealed
      from gallery_template t join gallery_subject s on s.id = t.subject
      where t.model_sha256 = ${modelSha256} and t.seq > ${seq} order by t.seq limit ${limit})
    union all
    (select r.seq, true, r.template, null, null, null, null
      from gallery_template_removal r
      where r.model_sha256 = ${modelSha256} and r.seq > ${seq} order by r.seq limit ${limit})
    order by seq limit ${limit}`.execute(tx)
  return rows
}
