import { type ActKind, NAMES_NOBODY, OPAQUE_RECORDS } from './act-kind.ts'

/** Probes, requests, policy, searches. */
export const CASE_ACTS = {
  'probe.received': {
    about: 'probe',
    sentence: '{actor} handed in probe {about}. Faces found: {faces}.',
    facts: { imageDigest: 'digest', faces: 'count' },
    privacy: 'Whoever holds the same image file can tell from its digest that it was handed in; nobody else can.',
  },
  'probe.refused': {
    about: null,
    sentence: '{actor} handed in a file that could not be used as a probe: {code}.',
    facts: { code: 'code' },
    privacy: NAMES_NOBODY,
  },
  'request.submitted': {
    about: 'request',
    sentence:
      '{actor} asked in request {about} for a search of face {face} of probe {probe}: ' +
      'crime type {crime}, purpose {purpose}, for {beneficiary}.',
    facts: {
      probe: 'id',
      face: 'count',
      caseCommitment: 'digest',
      crime: 'text',
      purpose: 'code',
      beneficiary: 'text',
    },
    privacy: 'The case number is a salted commitment: its salt, the narrative and names stay in the request.',
  },
  'request.permitted': {
    about: 'request',
    sentence: 'Policy {policy} permitted request {about} with permit {permit}.',
    facts: { permit: 'id', policy: 'digest', directives: 'list' },
    privacy: OPAQUE_RECORDS,
  },
  'request.refused': {
    about: 'request',
    sentence: 'Policy {policy} refused request {about}: {codes}.',
    facts: { codes: 'list', policy: 'digest', directives: 'list' },
    privacy: OPAQUE_RECORDS,
  },
  'moratorium.started': {
    about: 'moratorium',
    sentence: '{actor} stopped all searches of {scope}: {reason}.',
    facts: { scope: 'code', reason: 'text' },
    privacy: 'The reason is meant for the public: it must not describe a person.',
  },
  'moratorium.lifted': {
    about: 'moratorium',
    sentence: '{actor} lifted moratorium {about}: {reason}.',
    facts: { reason: 'text' },
    privacy: 'The reason is meant for the public: it must not describe a person.',
  },
  'search.authorised': {
    about: 'search',
    sentence:
      'Search {about} for request {request} was authorised by permit {permit}, among {enrolled} enrolled. ' +
      'Narrowed to: {filter}. Sources: {sources}.',
    facts: {
      request: 'id',
      permit: 'id',
      model: 'code',
      modelDigest: 'digest?',
      floor: 'number?',
      enrolled: 'count',
      filter: 'text?',
      sources: 'list?',
    },
    privacy: OPAQUE_RECORDS,
  },
  'search.completed': {
    about: 'search',
    sentence:
      'Search {about} for request {request} compared {searched} templates and listed {returned} candidates. ' +
      'Enrolled: {enrolled}. Proved exact: {certified}. Scored exactly: {k}. Bound of the rest: {bound}.',
    facts: {
      request: 'id',
      searched: 'count',
      returned: 'count',
      threshold: 'number',
      listDigest: 'digest',
      enrolled: 'count?',
      certified: 'flag?',
      k: 'count?',
      bound: 'number?',
    },
    privacy: 'The candidate list is represented by a digest only.',
  },
  'search.failed': {
    about: 'search',
    sentence: 'Search {about} for request {request} could not be done: {code}.',
    facts: { request: 'id', code: 'code' },
    privacy: OPAQUE_RECORDS,
  },
} as const satisfies Record<string, ActKind>
