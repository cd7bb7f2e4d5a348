import { type ActKind, NAMES_NOBODY, OPAQUE_RECORDS } from './act-kind.ts'

/** Sources, bookings, enrolments. */
export const GALLERY_ACTS = {
  'source.registered': {
    about: 'source',
    sentence:
      '{actor} registered gallery source {about} of class {class} under {legalBasis}. Kept to agencies: {agencies}.',
    facts: { class: 'code', legalBasis: 'text', agencies: 'list?' },
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
  'booking.sealed': {
    about: 'booking',
    sentence: '{actor} sealed booking {about} by order {order}: its photograph takes no part in searches.',
    facts: { order: 'text' },
    privacy: OPAQUE_RECORDS,
  },
  'booking.unsealed': {
    about: 'booking',
    sentence:
      '{actor} lifted the seal of booking {about} by order {order}: its photograph takes part in searches again.',
    facts: { order: 'text' },
    privacy: OPAQUE_RECORDS,
  },
  'index.rebuilt': {
    about: null,
    sentence: 'The search index of model {model} was built anew from the database ({reason}).',
    facts: { model: 'digest', reason: 'text' },
    privacy: NAMES_NOBODY,
  },
  'gallery.moved': {
    about: null,
    sentence:
      '{actor} moved the search of model {model} to {place}: {photographs} photographs, compared one by one with the database.',
    facts: { model: 'digest', place: 'code', photographs: 'count' },
    privacy: NAMES_NOBODY,
  },
  'enrolment.finished': {
    about: 'source',
    sentence:
      '{actor} finished an enrolment into {source}: {enrolled} enrolled, {known} already known, {refused} refused.',
    facts: { source: 'id', enrolled: 'count', known: 'count', refused: 'count' },
    privacy: NAMES_NOBODY,
  },
} as const satisfies Record<string, ActKind>
