import { toStamp } from '../base/index.ts'
import { sql, type Tx } from '../store/index.ts'
import type {
  CandidateVerdict,
  Examination,
  ExaminationOutcome,
  Order,
  Release,
  Settlement,
  Signature,
} from './examination.ts'
import type { Conclusion, ReleaseReason, Verdict } from './vocabulary.ts'

interface ExaminationRow {
  readonly id: string
  readonly agency: string
  readonly request: string
  readonly ord: number
  readonly examiner: string
  readonly opened_at: Date
}

interface ReleaseRow extends ExaminationRow {
  readonly reason: ReleaseReason
  readonly released_by: string
  readonly released_at: Date
}

interface VerdictRow {
  readonly examination: string
  readonly candidate: string
  readonly verdict: Verdict
  readonly note: string | null
  readonly recorded_at: Date
}

interface SignatureRow {
  readonly examination: string
  readonly conclusion: Conclusion
  readonly lead_candidate: string | null
  readonly limitations: string | null
  readonly justification: string
  readonly certificate: string
  readonly digest: string
  readonly signed_at: Date
}

interface OutcomeRow {
  readonly request: string
  readonly conclusion: Conclusion
  readonly candidate: string | null
  readonly settled_by: Settlement
  readonly resolved_at: Date
}

/** Nobody else opens, judges or signs an examination of this request until the transaction ends. */
export async function lockExaminations(tx: Tx, request: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`examination/${request}`}, 0))`.execute(tx)
}

export async function insertExamination(tx: Tx, examination: Examination): Promise<void> {
  const { id, agency, request, order, examiner, openedAt } = examination
  await sql`insert into examination (id, agency, request, ord, examiner, opened_at)
    values (${id}, ${agency}, ${request}, ${order}, ${examiner}, ${openedAt})`.execute(tx)
}

export async function examinationOf(tx: Tx, id: string): Promise<Examination | null> {
  const { rows } = await sql<ExaminationRow>`select * from examination where id = ${id}`.execute(tx)
  return rows[0] === undefined ? null : examinationOfRow(rows[0])
}

/** Those that count, by order. */
export async function examinationsOf(tx: Tx, request: string): Promise<readonly Examination[]> {
  const { rows } = await sql<ExaminationRow>`select e.* from examination e
    left join examination_release r on r.examination = e.id
    where e.request = ${request} and r.examination is null order by e.ord`.execute(tx)
  return rows.map(examinationOfRow)
}

export async function insertRelease(tx: Tx, release: Release): Promise<void> {
  const { examination, reason, releasedBy, releasedAt } = release
  await sql`insert into examination_release (examination, agency, reason, released_by, released_at)
    values (${examination.id}, ${examination.agency}, ${reason}, ${releasedBy}, ${releasedAt})`.execute(tx)
}

/** Oldest first. */
export async function releasesOf(tx: Tx, request: string): Promise<readonly Release[]> {
  const { rows } = await sql<ReleaseRow>`select e.*, r.reason, r.released_by, r.released_at
    from examination_release r join examination e on e.id = r.examination
    where e.request = ${request} order by r.released_at, e.id`.execute(tx)
  return rows.map((row) => ({
    examination: examinationOfRow(row),
    reason: row.reason,
    releasedBy: row.released_by,
    releasedAt: toStamp(row.released_at),
  }))
}

export async function isReleased(tx: Tx, examination: string): Promise<boolean> {
  const { rows } = await sql`select 1 from examination_release where examination = ${examination}`.execute(tx)
  return rows.length === 1
}

export async function insertVerdict(
  tx: Tx,
  examination: Pick<Examination, 'id' | 'agency'>,
  verdict: CandidateVerdict,
): Promise<void> {
  await sql`insert into examination_verdict (agency, examination, candidate, verdict, note, recorded_at)
    values (${examination.agency}, ${examination.id}, ${verdict.candidate}, ${verdict.verdict}, ${verdict.note},
            ${verdict.recordedAt})`.execute(tx)
}

/** The latest verdict on each candidate, by candidate id. */
export async function verdictsOf(tx: Tx, examination: string): Promise<readonly CandidateVerdict[]> {
  const { rows } = await sql<VerdictRow>`select distinct on (candidate) candidate, verdict, note, recorded_at
    from examination_verdict where examination = ${examination} order by candidate, seq desc`.execute(tx)
  return rows.map((row) => ({
    candidate: row.candidate,
    verdict: row.verdict,
    note: row.note,
    recordedAt: toStamp(row.recorded_at),
  }))
}

export async function insertSignature(tx: Tx, agency: string, signature: Signature): Promise<void> {
  const s = signature
  await sql`insert into examination_signature (examination, agency, conclusion, lead_candidate, limitations,
      justification, certificate, digest, signed_at)
    values (${s.examination}, ${agency}, ${s.conclusion}, ${s.leadCandidate}, ${s.limitations}, ${s.justification},
            ${s.certificate}, ${s.digest}, ${s.signedAt})`.execute(tx)
}

export async function signatureOf(tx: Tx, examination: string): Promise<Signature | null> {
  const { rows } = await sql<SignatureRow>`select * from examination_signature where examination = ${examination}
  `.execute(tx)
  return rows[0] === undefined ? null : signatureOfRow(rows[0])
}

/** By order. */
export async function signaturesOf(tx: Tx, request: string): Promise<readonly Signature[]> {
  const { rows } = await sql<SignatureRow>`select s.* from examination_signature s
    join examination e on e.id = s.examination where e.request = ${request} order by e.ord`.execute(tx)
  return rows.map(signatureOfRow)
}

export async function insertOutcome(tx: Tx, agency: string, outcome: ExaminationOutcome): Promise<void> {
  const { request, conclusion, candidate, settledBy, resolvedAt } = outcome
  await sql`insert into examination_outcome (request, agency, conclusion, candidate, settled_by, resolved_at)
    values (${request}, ${agency}, ${conclusion}, ${candidate}, ${settledBy}, ${resolvedAt})`.execute(tx)
}

export async function outcomeOf(tx: Tx, request: string): Promise<ExaminationOutcome | null> {
  const { rows } = await sql<OutcomeRow>`select * from examination_outcome where request = ${request}`.execute(tx)
  const [row] = rows
  if (row === undefined) return null
  const { conclusion, candidate } = row
  return { request, conclusion, candidate, settledBy: row.settled_by, resolvedAt: toStamp(row.resolved_at) }
}

function examinationOfRow(row: ExaminationRow): Examination {
  const { id, agency, request, examiner } = row
  return { id, agency, request, order: row.ord as Order, examiner, openedAt: toStamp(row.opened_at) }
}

function signatureOfRow(row: SignatureRow): Signature {
  return {
    examination: row.examination,
    conclusion: row.conclusion,
    leadCandidate: row.lead_candidate,
    limitations: row.limitations,
    justification: row.justification,
    certificate: row.certificate,
    digest: row.digest,
    signedAt: toStamp(row.signed_at),
  }
}
