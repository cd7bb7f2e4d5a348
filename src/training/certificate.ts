/** What somebody was trained for. */
export const TRACKS = ['requester', 'operator', 'examiner', 'supervisor', 'auditor'] as const

export type Track = (typeof TRACKS)[number]

/** Smallest share of questions answered right (domain rules, section 7). */
export const PASS_MARKS = {
  requester: 0.8,
  operator: 0.85,
  examiner: 0.85,
  supervisor: 0.85,
  auditor: 0.85,
} as const satisfies Record<Track, number>

/** A certificate lasts this long from the day the course was completed. */
export const VALID_MONTHS = 12

/** Why a certificate is revoked: a closed list, so that the log never describes a person. */
export const REVOCATION_REASONS = ['misuse', 'course_withdrawn', 'issued_in_error', 'holder_left'] as const

export type RevocationReason = (typeof REVOCATION_REASONS)[number]

/** A certificate of completion. It proves that a course was passed, not that its holder compares faces well. */
export interface Certificate {
  readonly id: string
  /** The holder's account. */
  readonly account: string
  readonly track: Track
  readonly course: string
  readonly courseVersion: string
  /** Share of questions answered right, 0 to 1. */
  readonly score: number
  /** UTC stamps. */
  readonly completedAt: string
  readonly issuedAt: string
  readonly expiresAt: string
  /** Account of the supervisor; null when issued while the system was set up. */
  readonly issuedBy: string | null
  readonly revokedAt: string | null
}

/** Whether it counts at that moment: issued, not expired, not yet revoked. */
export function countsAt(certificate: Certificate, at: Date): boolean {
  const now = at.getTime()
  if (now < Date.parse(certificate.issuedAt) || now >= Date.parse(certificate.expiresAt)) return false
  return certificate.revokedAt === null || now < Date.parse(certificate.revokedAt)
}

/** The same day and time `VALID_MONTHS` later; the last day of a month stays the last day. */
export function expiryOf(completedAt: Date): Date {
  const expiry = new Date(completedAt)
  const day = expiry.getUTCDate()
  expiry.setUTCMonth(expiry.getUTCMonth() + VALID_MONTHS)
  if (expiry.getUTCDate() !== day) expiry.setUTCDate(0)
  return expiry
}
