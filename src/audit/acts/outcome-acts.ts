import { type ActKind, OPAQUE_RECORDS } from './act-kind.ts'

/** Examinations, leads, corroborations, reliance. */
export const OUTCOME_ACTS = {
  'examination.opened': {
    about: 'examination',
    sentence: '{actor} opened examination {order} of request {request}.',
    facts: { request: 'id', order: 'count' },
    privacy: OPAQUE_RECORDS,
  },
  'examination.released': {
    about: 'examination',
    sentence: '{actor} released examination {order} of request {request}, unsigned: {reason}.',
    facts: { request: 'id', order: 'count', reason: 'code' },
    privacy: OPAQUE_RECORDS,
  },
  'examination.signed': {
    about: 'examination',
    sentence: '{actor} signed examination {order} of request {request}: {conclusion}.',
    facts: { request: 'id', order: 'count', conclusion: 'code', digest: 'digest' },
    privacy: 'The conclusion, not the candidate; the signed record is represented by a digest.',
  },
  'examination.resolved': {
    about: 'request',
    sentence: 'The examinations of request {request} are resolved: {outcome}.',
    facts: { request: 'id', outcome: 'code' },
    privacy: OPAQUE_RECORDS,
  },
  'lead.issued': {
    about: 'lead',
    sentence: 'Investigative lead {about} was issued for request {request} with disclaimer {disclaimer}.',
    facts: { request: 'id', disclaimer: 'code' },
    privacy: 'That there is a lead, not to whom it leads.',
  },
  'corroboration.recorded': {
    about: 'corroboration',
    sentence: '{actor} recorded corroboration {about} of lead {lead}: {type}; independent of the lead: {independent}.',
    facts: { lead: 'id', type: 'code', independent: 'flag' },
    privacy: OPAQUE_RECORDS,
  },
  'arrest.recorded': {
    about: 'lead',
    sentence: '{actor} recorded that an arrest relied on lead {lead} together with corroboration {corroboration}.',
    facts: { lead: 'id', corroboration: 'id' },
    privacy: 'That there was an arrest, not of whom.',
  },
  'arrest.refused': {
    about: 'lead',
    sentence: 'Relying on lead {lead} for an arrest was refused to {actor}: {code}.',
    facts: { lead: 'id', code: 'code' },
    privacy: OPAQUE_RECORDS,
  },
  'lead.sheet.rendered': {
    about: 'lead',
    sentence: '{actor} printed the sheet of lead {lead}.',
    facts: { lead: 'id', digest: 'digest' },
    privacy: 'Whoever holds the same document can tell from its digest that it came from here.',
  },
} as const satisfies Record<string, ActKind>
