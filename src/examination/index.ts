/**
 * examination: people judge a candidate list, the second without knowing what the first said.
 * In: a searched request, verdicts on every candidate, a signed conclusion. Out: a blind view, then
 * the full record, and a VerifiedConclusion when two examiners agree. Scores are cosines (-1 to 1),
 * places are pixels of the upright probe. Roles: examiner (never the requester, never twice on one
 * request, certificate valid at opening and at signing); supervisor and auditor read the record; the
 * examiner, or a supervisor with no part in the request, releases what was opened and never signed.
 * `recordOf` and `verifiedConclusion` ask no role: the rooms that call them decide who may.
 */
export type { BlindCandidate, BlindProbe, ExaminationView } from './blind-view.ts'
export type { ExaminationDeps, ExaminationOutcome, Order, Settlement } from './examination.ts'
export {
  type ExaminationImageCode,
  type ExaminationImageDeps,
  examinationCandidateImage,
  examinationProbeImage,
} from './examination-images.ts'
export { examinationQueue, type QueueItem } from './examination-queue.ts'
export {
  type ExaminationRecord,
  examinationRecord,
  type RecordCandidate,
  type RecordCode,
  type RecordExamination,
  type ReleasedExamination,
  recordOf,
} from './examination-record.ts'
export { type OpenCode, openExamination } from './open-examination.ts'
export { type ReadCode, readExamination } from './read-examination.ts'
export { recordVerdict, type VerdictCode, type VerdictInput } from './record-verdict.ts'
export { type ReleaseCode, type ReleasedOrder, type ReleaseInput, releaseExamination } from './release-examination.ts'
export { verifiedConclusion } from './settle-examination.ts'
export { type SignatureInput, type SignCode, type SignedExamination, signExamination } from './sign-examination.ts'
export { openTestCounty, type TestCounty, type TestDeps } from './test-county.ts'
export { isVerifiedConclusion, type VerifiedConclusion } from './verified-conclusion.ts'
export {
  CONCLUSIONS,
  type Conclusion,
  conclusionLabel,
  RELEASE_REASONS,
  type ReleaseReason,
  VERDICTS,
  type Verdict,
  verdictLabel,
} from './vocabulary.ts'
