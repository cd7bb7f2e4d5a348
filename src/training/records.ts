import { toStamp } from '../base/index.ts'
import { sql, type Tx } from '../store/index.ts'
import type { Certificate, RevocationReason, Track } from './certificate.ts'

interface CertificateRow {
  readonly id: string
  readonly account: string
  readonly track: Track
  readonly course: string
  readonly course_version: string
  readonly score: number
  readonly completed_at: Date
  readonly issued_at: Date
  readonly expires_at: Date
  readonly issued_by: string | null
  readonly revoked_at: Date | null
}

const SELECT = sql`select certificate.id, account, track, course, course_version, score, completed_at, issued_at,
  expires_at, issued_by, revoked_at from certificate
  left join certificate_revocation on certificate_revocation.certificate = certificate.id`

export async function insertCertificate(tx: Tx, agency: string, certificate: Certificate): Promise<void> {
  const { id, account, track, course, courseVersion, score } = certificate
  await sql`insert into certificate (id, agency, account, track, course, course_version, score, completed_at,
      issued_at, expires_at, issued_by)
    values (${id}, ${agency}, ${account}, ${track}, ${course}, ${courseVersion}, ${score}, ${certificate.completedAt},
      ${certificate.issuedAt}, ${certificate.expiresAt}, ${certificate.issuedBy})`.execute(tx)
}

/** Null when there is none in the transaction's agency. */
export async function certificateById(tx: Tx, id: string): Promise<Certificate | null> {
  const { rows } = await sql<CertificateRow>`${SELECT} where certificate.id = ${id}`.execute(tx)
  return rows[0] === undefined ? null : certificateOfRow(rows[0])
}

/** Every certificate of one account, newest expiry first. */
export async function certificatesOf(tx: Tx, account: string): Promise<readonly Certificate[]> {
  const { rows } = await sql<CertificateRow>`${SELECT} where account = ${account}
    order by expires_at desc, certificate.id`.execute(tx)
  return rows.map(certificateOfRow)
}

/** Every certificate of the transaction's agency, by account, newest expiry first. */
export async function allCertificates(tx: Tx): Promise<readonly Certificate[]> {
  const { rows } = await sql<CertificateRow>`${SELECT} order by account, expires_at desc, certificate.id`.execute(tx)
  return rows.map(certificateOfRow)
}

/** The certificate that counts at that moment, the one that lasts longest; null when none does. */
export async function validCertificate(tx: Tx, account: string, track: Track, at: Date): Promise<Certificate | null> {
  const { rows } = await sql<CertificateRow>`${SELECT} where account = ${account} and track = ${track}
    and issued_at <= ${at} and expires_at > ${at} and (revoked_at is null or revoked_at > ${at})
    order by expires_at desc, certificate.id limit 1`.execute(tx)
  return rows[0] === undefined ? null : certificateOfRow(rows[0])
}

export interface Revocation {
  readonly certificate: string
  readonly agency: string
  readonly reason: RevocationReason
  readonly at: Date
  readonly by: string
}

/** False when it was revoked already. */
export async function insertRevocation(tx: Tx, revocation: Revocation): Promise<boolean> {
  const { certificate, agency, reason, at, by } = revocation
  const { rows } = await sql`insert into certificate_revocation (certificate, agency, reason, revoked_at, revoked_by)
    values (${certificate}, ${agency}, ${reason}, ${at}, ${by})
    on conflict (certificate) do nothing returning certificate`.execute(tx)
  return rows.length === 1
}

function certificateOfRow(row: CertificateRow): Certificate {
  return {
    id: row.id,
    account: row.account,
    track: row.track,
    course: row.course,
    courseVersion: row.course_version,
    score: row.score,
    completedAt: toStamp(row.completed_at),
    issuedAt: toStamp(row.issued_at),
    expiresAt: toStamp(row.expires_at),
    issuedBy: row.issued_by,
    revokedAt: row.revoked_at === null ? null : toStamp(row.revoked_at),
  }
}
