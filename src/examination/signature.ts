import { canonicalJson, sha256Hex, toStamp } from '../base/index.ts'
import type { SignatureText } from './check-signature.ts'
import type { CandidateVerdict, Examination, Signature } from './examination.ts'

interface SigningFacts {
  /** The real candidate id. */
  readonly leadCandidate: string | null
  readonly certificate: string
  readonly at: Date
}

/** The signature with the digest of everything signed: who, which request and order, every verdict, every word. */
export function makeSignature(
  examination: Examination,
  text: SignatureText,
  verdicts: readonly CandidateVerdict[],
  facts: SigningFacts,
): Signature {
  const signed = {
    examination: examination.id,
    conclusion: text.conclusion,
    leadCandidate: facts.leadCandidate,
    limitations: text.limitations,
    justification: text.justification,
    signedAt: toStamp(facts.at),
    certificate: facts.certificate,
  }
  return { ...signed, digest: signatureDigest(examination, signed, verdicts) }
}

/** SHA-256 of the canonical form; anybody with the record can compute it again. */
export function signatureDigest(
  examination: Examination,
  signature: Omit<Signature, 'digest'>,
  verdicts: readonly CandidateVerdict[],
): string {
  const { request, order, examiner, agency } = examination
  const byCandidate = [...verdicts].sort((left, right) => (left.candidate < right.candidate ? -1 : 1))
  const { examination: id, conclusion, leadCandidate, limitations, justification, signedAt, certificate } = signature
  return sha256Hex(
    canonicalJson({
      ...{ examination: id, request, order, examiner, agency, certificate, signedAt },
      ...{ conclusion, leadCandidate, limitations, justification },
      verdicts: byCandidate.map(({ candidate, verdict, note }) => ({ candidate, verdict, note })),
    }),
  )
}
