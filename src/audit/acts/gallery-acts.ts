import { type ActKind, NAMES_NOBODY, OPAQUE_RECORDS } from './act-kind.ts'

/** Sources, bookings, enrolments. */
export const GALLERY_ACTS = {
  'source.registered': {
    about: 'source',
    sentence: '{actor} registered gallery source {about} of class {class} under {legalBasis}.',
    facts: { class: 'code', legalBasis: 'text' },
    privacy: NAMES_NOBODY,
  },
  'booking.enrolled': {
    about: 'booking',
    sentence: '{actor} enrolled booking {about} from source {source}.',
    facts: { source: 'id', subject: 'id', imageDigest: 'digest', model: 'code' },
    privacy: 'Whoever holds the same image file can tell from its digest that it was enrolled; nobody else can.',
  },
  'booking.refused': {
    about: null,
    sentence: 'A booking photograph for source {source} was not enrolled: {code}.',
    facts: { source: 'id', code: 'code', line: 'count?' },
    privacy: OPAQUE_RECORDS,
  },
  'enrolment.finished': {
    about: 'source',
    sentence:
      '{actor} finished an enrolment into {source}: {enrolled} enrolled, {known} already known, {refused} refused.',
    facts: { source: 'id', enrolled: 'count', known: 'count', refused: 'count' },
    privacy: NAMES_NOBODY,
  },
} as const satisfies Record<string, ActKind>
