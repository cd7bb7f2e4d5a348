import { type ActKind, NAMES_NOBODY, STAFF_ONLY } from './act-kind.ts'

/** Models, their evaluations, and what searches work with. */
export const MODEL_ACTS = {
  'model.registered': {
    about: 'model',
    sentence:
      '{actor} registered model {about}, whose templates carry {model}; licence restriction overridden: {override}.',
    facts: { model: 'digest', file: 'digest', override: 'flag' },
    privacy: STAFF_ONLY,
  },
  'model.refused': {
    about: null,
    sentence: '{actor} offered a model that was refused: {code}.',
    facts: { code: 'code', file: 'digest?' },
    privacy: STAFF_ONLY,
  },
  'evaluation.attached': {
    about: 'evaluation',
    sentence: '{actor} attached evaluation {about} of model {model} on set {set}.',
    facts: { model: 'digest', set: 'digest', report: 'digest' },
    privacy: STAFF_ONLY,
  },
  'operating.point.proposed': {
    about: 'proposal',
    sentence: '{actor} proposed {about}: model {model} with similarity floor {floor}, on evaluation {evaluation}.',
    facts: { model: 'digest', floor: 'number', evaluation: 'id' },
    privacy: STAFF_ONLY,
  },
  'operating.point.refused': {
    about: null,
    sentence: '{actor} asked for a change of model or floor that was refused: {codes}.',
    facts: { codes: 'list', model: 'digest?', evaluation: 'id?', proposal: 'id?' },
    privacy: STAFF_ONLY,
  },
  'operating.point.approved': {
    about: 'proposal',
    sentence: '{actor} approved {about}, approval {approval} of {needed}.',
    facts: { approval: 'count', needed: 'count' },
    privacy: STAFF_ONLY,
  },
  'operating.point.rejected': {
    about: 'proposal',
    sentence: '{actor} ended {about} before it came into force: {outcome}.',
    facts: { outcome: 'code' },
    privacy: STAFF_ONLY,
  },
  'gallery.retemplated': {
    about: null,
    sentence:
      'The gallery was worked through with model {model}: {templates} templates, {failed} photographs without one.',
    facts: { model: 'digest', templates: 'count', failed: 'count' },
    privacy: NAMES_NOBODY,
  },
  'operating.point.activated': {
    about: 'operating point',
    sentence: 'Searches use model {model} with similarity floor {floor} from now on, on evaluation {evaluation}.',
    facts: {
      model: 'digest',
      floor: 'number',
      proposal: 'id?',
      evaluation: 'id?',
      templates: 'count?',
      failed: 'count?',
    },
    privacy: NAMES_NOBODY,
  },
} as const satisfies Record<string, ActKind>
