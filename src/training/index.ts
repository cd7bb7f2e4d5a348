/**
 * training: who completed which course. In: an account, a track, a course and its score (share of right
 * answers, 0 to 1). Out: certificates that count for 12 months from completion, unless revoked; asked for
 * at every decision, not at sign-in. Roles: issue and revoke supervisor (never for oneself); list
 * supervisor, administrator, auditor; everybody reads his own.
 */
export {
  type Certificate,
  countsAt,
  REVOCATION_REASONS,
  type RevocationReason,
  TRACKS,
  type Track,
} from './certificate.ts'
export { type CertificateInput, type IssueCertificateCode, issueCertificate } from './issue-certificate.ts'
export { listCertificates, ownCertificates } from './list-certificates.ts'
export { validCertificate } from './records.ts'
export { type RevokeCertificateCode, revokeCertificate } from './revoke-certificate.ts'
