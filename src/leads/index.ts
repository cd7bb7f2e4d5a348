/**
 * leads: what may be handed on, what has to be said with it, and what has to stand beside it.
 * In: a VerifiedConclusion, evidence. Out: leads (one per request), the lead file and its sheet (tagged
 * PDF), reliance on a lead for an arrest. Scores are cosines (-1 to 1), ages are years.
 * Roles: the signing examiner issues; requester, signing examiners, supervisors and auditors read;
 * the requester and supervisors record evidence and reliance.
 */
export { type ArrestCode, recordArrest } from './arrest-gate.ts'
export { type CorroborationCode, type CorroborationInput, recordCorroboration } from './corroborate-lead.ts'
export {
  CORROBORATION_TYPES,
  type CorroborationRecord,
  type CorroborationType,
  type IndependentCorroboration,
} from './corroboration.ts'
export { DISCLAIMER, type Disclaimer, disclaimerText } from './disclaimer.ts'
export { type IssueCode, issueLead } from './issue-lead.ts'
export { issueMissingLeads } from './issue-missing-leads.ts'
export type { Lead, LeadDeps, Reliance } from './lead.ts'
export type { LeadCandidate, LeadExaminer, LeadFile, LeadProbe, LeadRequest } from './lead-file.ts'
export { type LeadImageCode, type LeadImageDeps, leadCandidateImage, leadProbeImage } from './lead-images.ts'
export { type LeadSummary, listLeads } from './list-leads.ts'
export { readLead } from './read-lead.ts'
export { type LeadSheet, renderLeadSheet } from './render-lead-sheet.ts'
