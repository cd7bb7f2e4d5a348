/** What an examiner can say of one candidate. `key` is the console's shortcut. */
export const VERDICTS = [
  { code: 'excluded', label: 'Excluded', key: 'e' },
  { code: 'cannot_exclude', label: 'Cannot be excluded', key: 'c' },
  { code: 'inconclusive', label: 'Inconclusive', key: 'i' },
] as const satisfies readonly { code: string; label: string; key: string }[]

/** What an examiner can conclude about the whole list. None of them says that two images show one person. */
export const CONCLUSIONS = [
  { code: 'investigative_lead', label: 'Investigative lead: one candidate cannot be excluded' },
  { code: 'no_viable_candidate', label: 'No viable candidate' },
  { code: 'inconclusive', label: 'Inconclusive' },
  { code: 'insufficient_quality', label: 'The probe is not good enough to compare' },
] as const satisfies readonly { code: string; label: string }[]

/** Why an examination was given up, or taken back, before it was signed. */
export const RELEASE_REASONS = [
  { code: 'ABSENT', label: 'The examiner is away and cannot finish it' },
  { code: 'CONFLICT_DECLARED', label: 'The examiner knows a person shown, or has another interest in the case' },
  { code: 'OPENED_BY_MISTAKE', label: 'It was opened by mistake' },
] as const satisfies readonly { code: string; label: string }[]

export type Verdict = (typeof VERDICTS)[number]['code']
export type Conclusion = (typeof CONCLUSIONS)[number]['code']

export type ReleaseReason = (typeof RELEASE_REASONS)[number]['code']

export function isReleaseReason(text: string): text is ReleaseReason {
  return RELEASE_REASONS.some((reason) => reason.code === text)
}

export function isVerdict(text: string): text is Verdict {
  return VERDICTS.some((verdict) => verdict.code === text)
}

export function isConclusion(text: string): text is Conclusion {
  return CONCLUSIONS.some((conclusion) => conclusion.code === text)
}

export function verdictLabel(verdict: Verdict): string {
  return VERDICTS.find((entry) => entry.code === verdict)?.label ?? verdict
}

export function conclusionLabel(conclusion: Conclusion): string {
  return CONCLUSIONS.find((entry) => entry.code === conclusion)?.label ?? conclusion
}
