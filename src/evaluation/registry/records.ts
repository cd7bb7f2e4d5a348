import { type JsonValue, toStamp } from '../../base/index.ts'
import { sql, type Tx } from '../../store/index.ts'
import type { EvaluationReport } from '../evaluation-report.ts'
import type { AttachedEvaluation, EvaluationSummary } from './attached-evaluation.ts'
import type { RegisteredModel } from './registered-model.ts'

interface ModelRow {
  readonly id: string
  readonly sha256: string
  readonly file_sha256: string
  readonly dimension: number
  readonly manifest: string
  readonly licence: string
  readonly licence_override: string | null
  readonly registered_at: Date
  readonly registered_by: string
}

interface SummaryRow {
  readonly id: string
  readonly model_id: string
  readonly model_sha256: string
  readonly set_name: string
  readonly set_digest: string
  readonly digest: string
  readonly attached_at: Date
  readonly attached_by: string
}

/** One registration at a time, so that two cannot take the same id. */
export async function lockModels(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('registered_model'))`.execute(tx)
}

/** @param manifest its canonical text */
export async function insertModel(tx: Tx, model: RegisteredModel, manifest: string): Promise<void> {
  await sql`insert into registered_model (id, sha256, file_sha256, dimension, manifest, licence, licence_override,
      registered_at, registered_by)
    values (${model.id}, ${model.sha256}, ${model.fileSha256}, ${model.dimension}, ${manifest}, ${model.licence},
      ${model.licenceOverride}, ${model.registeredAt}, ${model.registeredBy})`.execute(tx)
}

/** Every registered model, oldest first. */
export async function registeredModels(tx: Tx): Promise<readonly RegisteredModel[]> {
  const { rows } = await sql<ModelRow>`select * from registered_model order by registered_at, id`.execute(tx)
  return rows.map(modelOfRow)
}

export async function modelNamed(tx: Tx, id: string): Promise<RegisteredModel | null> {
  const { rows } = await sql<ModelRow>`select * from registered_model where id = ${id}`.execute(tx)
  return rows[0] === undefined ? null : modelOfRow(rows[0])
}

/** The registered model whose templates carry this digest. */
export async function registeredModel(tx: Tx, sha256: string): Promise<RegisteredModel | null> {
  const { rows } = await sql<ModelRow>`select * from registered_model where sha256 = ${sha256}`.execute(tx)
  return rows[0] === undefined ? null : modelOfRow(rows[0])
}

/** @param text the report's canonical text */
export async function insertEvaluation(tx: Tx, evaluation: EvaluationSummary, text: string): Promise<void> {
  const { id, model, set, digest, attachedAt, attachedBy } = evaluation
  await sql`insert into evaluation_report (id, model_id, model_sha256, set_name, set_digest, report, digest,
      attached_at, attached_by)
    values (${id}, ${model.id}, ${model.sha256}, ${set.name}, ${set.digest}, ${text}, ${digest}, ${attachedAt},
      ${attachedBy})`.execute(tx)
}

export async function evaluationWithDigest(tx: Tx, digest: string): Promise<EvaluationSummary | null> {
  const { rows } = await sql<SummaryRow>`select * from evaluation_report where digest = ${digest}`.execute(tx)
  return rows[0] === undefined ? null : summaryOfRow(rows[0])
}

/** An attached evaluation with its whole report. */
export async function evaluationOf(tx: Tx, id: string): Promise<AttachedEvaluation | null> {
  const { rows } = await sql<SummaryRow & { report: string }>`
    select * from evaluation_report where id = ${id}`.execute(tx)
  return rows[0] === undefined ? null : evaluationOfRow(rows[0])
}

/** The evaluations of a model on one set, newest first, with their reports. */
export async function evaluationsOn(
  tx: Tx,
  modelSha256: string,
  setDigest: string,
): Promise<readonly AttachedEvaluation[]> {
  const { rows } = await sql<SummaryRow & { report: string }>`select * from evaluation_report
    where model_sha256 = ${modelSha256} and set_digest = ${setDigest} order by seq desc`.execute(tx)
  return rows.map(evaluationOfRow)
}

/** Every attached evaluation, newest first. */
export async function evaluationSummaries(tx: Tx): Promise<readonly EvaluationSummary[]> {
  const { rows } = await sql<SummaryRow>`select id, model_id, model_sha256, set_name, set_digest, digest, attached_at,
    attached_by from evaluation_report order by seq desc`.execute(tx)
  return rows.map(summaryOfRow)
}

function modelOfRow(row: ModelRow): RegisteredModel {
  const { id, sha256, dimension, licence } = row
  return {
    ...{ id, sha256, dimension, licence },
    fileSha256: row.file_sha256,
    manifest: JSON.parse(row.manifest) as JsonValue,
    licenceOverride: row.licence_override,
    registeredAt: toStamp(row.registered_at),
    registeredBy: row.registered_by,
  }
}

function summaryOfRow(row: SummaryRow): EvaluationSummary {
  return {
    id: row.id,
    model: { id: row.model_id, sha256: row.model_sha256 },
    set: { name: row.set_name, digest: row.set_digest },
    digest: row.digest,
    attachedAt: toStamp(row.attached_at),
    attachedBy: row.attached_by,
  }
}

function evaluationOfRow(row: SummaryRow & { readonly report: string }): AttachedEvaluation {
  return { ...summaryOfRow(row), report: JSON.parse(row.report) as EvaluationReport }
}
