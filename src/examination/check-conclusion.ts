import { done, type Outcome, refuse } from '../base/index.ts'
import type { CandidateVerdict } from './examination.ts'
import type { Conclusion } from './vocabulary.ts'

export type ConclusionCode =
  | 'verdicts_missing'
  | 'conclusion_contradicts_verdicts'
  | 'lead_candidate_missing'
  | 'lead_candidate_not_supported'
  | 'lead_candidate_unexpected'

type Judged = Pick<CandidateVerdict, 'candidate' | 'verdict'>

/**
 * Whether a conclusion may be signed: every candidate has a verdict, a lead names one that cannot be
 * excluded, and nothing that contradicts the verdicts is signed.
 * @param listed how many candidates the list has
 * @param lead the candidate named, null for none
 */
export function checkConclusion(
  conclusion: Conclusion,
  lead: string | null,
  listed: number,
  verdicts: readonly Judged[],
): Outcome<null, ConclusionCode> {
  const missing = listed - verdicts.length
  if (missing > 0) return verdictsMissing(missing, listed)
  if (conclusion === 'investigative_lead') return checkLead(lead, verdicts)
  if (lead !== null) return UNEXPECTED
  if (conclusion === 'no_viable_candidate' && has(verdicts, 'cannot_exclude')) {
    return contradiction('A candidate you could not exclude is viable.', 'Conclude otherwise, or change the verdict.')
  }
  if (conclusion === 'inconclusive' && listed === 0) {
    return contradiction(
      'An empty list leaves nothing to be inconclusive about.',
      'Conclude that there is no viable candidate, or that the probe is not good enough.',
    )
  }
  return done(null)
}

function checkLead(lead: string | null, verdicts: readonly Judged[]): Outcome<null, ConclusionCode> {
  if (lead === null) return MISSING
  const verdict = verdicts.find((one) => one.candidate === lead)?.verdict
  return verdict === 'cannot_exclude' ? done(null) : NOT_SUPPORTED
}

function verdictsMissing(missing: number, listed: number): Outcome<null, 'verdicts_missing'> {
  const noun = missing === 1 ? 'candidates has' : 'candidates have'
  return refuse('verdicts_missing', `${missing} of ${listed} ${noun} no verdict yet.`, 'Judge every candidate first.', {
    facts: { missing, listed },
  })
}

function contradiction(message: string, remedy: string): Outcome<null, 'conclusion_contradicts_verdicts'> {
  return refuse('conclusion_contradicts_verdicts', message, remedy, { where: 'conclusion' })
}

function has(verdicts: readonly Judged[], verdict: Judged['verdict']): boolean {
  return verdicts.some((one) => one.verdict === verdict)
}

const MISSING = refuse(
  'lead_candidate_missing',
  'An investigative lead names one candidate.',
  'Choose the candidate you could not exclude.',
  { where: 'leadCandidate' },
)

const NOT_SUPPORTED = refuse(
  'lead_candidate_not_supported',
  'Your verdict on this candidate does not support a lead.',
  'A lead needs the verdict that the candidate cannot be excluded.',
  { where: 'leadCandidate' },
)

const UNEXPECTED = refuse(
  'lead_candidate_unexpected',
  'Only an investigative lead names a candidate.',
  'Leave the candidate out, or conclude that there is a lead.',
  { where: 'leadCandidate' },
)
