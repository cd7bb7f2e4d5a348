import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome } from '../base/index.ts'
import { withhold } from '../intake/index.ts'
import { searchOf } from '../search/index.ts'
import type { Tx } from '../store/index.ts'
import { opaqueCandidateId } from './blind-view.ts'
import { type ConclusionCode, checkConclusion } from './check-conclusion.ts'
import { checkSignature, type SignatureText, type SignatureTextCode } from './check-signature.ts'
import type { Examination, ExaminationDeps, Order, Signature } from './examination.ts'
import { examinerCertificate } from './examiner-certificate.ts'
import { checkUnsigned, heldExamination } from './read-examination.ts'
import { insertSignature, lockExaminations, verdictsOf } from './records.ts'
import { CANDIDATE_UNKNOWN, NOT_HELD } from './refusals.ts'
import { settleExamination, verifiedConclusion } from './settle-examination.ts'
import type { SettlementState } from './settlement.ts'
import { makeSignature } from './signature.ts'
import type { VerifiedConclusion } from './verified-conclusion.ts'
import type { Conclusion } from './vocabulary.ts'

export interface SignatureInput {
  readonly examination: string
  readonly conclusion: string
  /** The opaque id of the view; required for, and only for, `investigative_lead`. */
  readonly leadCandidate?: string | undefined
  /** What limits the comparison, in the examiner's words. */
  readonly limitations?: string | undefined
  /** Why the conclusion follows from what was seen. */
  readonly justification: string
}

export interface SignedExamination {
  readonly examination: string
  readonly request: string
  readonly order: Order
  readonly signedAt: string
  readonly digest: string
  readonly state: SettlementState
  /** Present once the request's examination has ended. */
  readonly outcome?: Conclusion
  /** Present when at least two examiners share the outcome; `issueLead` takes it. */
  readonly verified?: VerifiedConclusion
}

export type SignCode =
  | 'role_required'
  | 'not_found'
  | 'certificate_missing'
  | 'examination_signed'
  | 'examination_released'
  | 'candidate_unknown'
  | ConclusionCode
  | SignatureTextCode

/** Ends one examiner's examination. Nothing in it changes afterwards. */
export async function signExamination(
  deps: ExaminationDeps,
  actor: Actor,
  input: SignatureInput,
): Promise<Outcome<SignedExamination, SignCode>> {
  const role = requireRole(actor, 'examiner')
  if (!role.ok) return role
  const text = checkSignature(input)
  if (!text.ok) return text
  const signed = await deps.store.act(scopeOf(actor), (tx) => sign(tx, deps, actor, input.examination, text.value))
  if (!signed.ok && signed.problem.code === 'not_found') {
    return await withhold(deps, actor, 'examination', input.examination)
  }
  return signed
}

async function sign(
  tx: Tx,
  deps: ExaminationDeps,
  actor: Actor,
  id: string,
  text: SignatureText,
): Promise<Outcome<SignedExamination, SignCode>> {
  const examination = await heldExamination(tx, actor, id)
  if (examination === null) return NOT_HELD
  await lockExaminations(tx, examination.request)
  const unsigned = await checkUnsigned(tx, id)
  if (!unsigned.ok) return unsigned
  const certificate = await examinerCertificate(tx, deps, actor)
  if (!certificate.ok) return certificate
  const lead = await checkAgainstList(tx, examination, text)
  if (!lead.ok) return lead
  const verdicts = await verdictsOf(tx, id)
  const signature = makeSignature(examination, text, verdicts, {
    leadCandidate: lead.value,
    certificate: certificate.value,
    at: deps.clock.now(),
  })
  return done(await writeSignature(tx, deps, actor, examination, signature))
}

/** The real id of the candidate named, null for none, when the conclusion may be signed. */
async function checkAgainstList(
  tx: Tx,
  examination: Examination,
  text: SignatureText,
): Promise<Outcome<string | null, 'candidate_unknown' | ConclusionCode>> {
  const listed = (await searchOf(tx, examination.request))?.candidates ?? []
  const named = listed.find((one) => opaqueCandidateId(examination.id, one.id) === text.leadCandidate)
  if (text.leadCandidate !== null && named === undefined) return CANDIDATE_UNKNOWN
  const lead = named?.id ?? null
  const checked = checkConclusion(text.conclusion, lead, listed.length, await verdictsOf(tx, examination.id))
  return checked.ok ? done(lead) : checked
}

async function writeSignature(
  tx: Tx,
  deps: ExaminationDeps,
  actor: Actor,
  examination: Examination,
  signature: Signature,
): Promise<SignedExamination> {
  const { id, request, order } = examination
  const { conclusion, digest, signedAt } = signature
  const { account, agency } = actor
  await insertSignature(tx, agency, signature)
  const facts = { request, order, conclusion, digest }
  await append(tx, deps, { act: 'examination.signed', actor: account, agency, about: id, facts })
  const { state, outcome } = await settleExamination(tx, deps, actor, request)
  const verified = await verifiedConclusion(tx, request)
  return {
    ...{ examination: id, request, order, signedAt, digest, state },
    ...(outcome === null ? {} : { outcome: outcome.conclusion }),
    ...(verified === null ? {} : { verified }),
  }
}
