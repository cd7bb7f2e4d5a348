import { type ActKind, NAMES_NOBODY, STAFF_ONLY } from './act-kind.ts'

/** Withheld records, the log itself, the machine. */
export const SYSTEM_ACTS = {
  'record.withheld': {
    about: null,
    sentence: '{actor} asked for {kind} {id} and was told that there is none.',
    facts: { kind: 'code', id: 'text' },
    privacy: 'The id asked for when it is one, else `malformed`; staff account ids.',
  },
  'log.read': {
    about: null,
    sentence: '{actor} read entries {first} to {last} of this log.',
    facts: { first: 'count', last: 'count' },
    privacy: STAFF_ONLY,
  },
  'log.exported': {
    about: null,
    sentence: '{actor} exported the first {size} entries of this log.',
    facts: { size: 'count', root: 'digest' },
    privacy: STAFF_ONLY,
  },
  'log.verified': {
    about: null,
    sentence: '{actor} verified the first {size} entries of this log and found them whole.',
    facts: { size: 'count', root: 'digest' },
    privacy: STAFF_ONLY,
  },
  'log.faulted': {
    about: null,
    sentence: '{actor} verified the first {size} entries of this log and found it damaged: {codes}.',
    facts: { size: 'count', codes: 'list' },
    privacy: STAFF_ONLY,
  },
  'log.alarm': {
    about: null,
    sentence: 'From {since} to {until} this log could not be written ({reason}), and no act was possible.',
    facts: { since: 'time', until: 'time', reason: 'code' },
    privacy: NAMES_NOBODY,
  },
  'log.unwitnessed': {
    about: null,
    sentence: 'Since {since} too few witnesses have cosigned this log: {got}, and {needed} must.',
    facts: { since: 'time', needed: 'count', got: 'count' },
    privacy: NAMES_NOBODY,
  },
  'log.witnessed': {
    about: null,
    sentence: 'From {since} to {until} too few witnesses cosigned this log; {got} have now, and {needed} must.',
    facts: { since: 'time', until: 'time', needed: 'count', got: 'count' },
    privacy: NAMES_NOBODY,
  },
  'engine.loaded': {
    about: null,
    sentence: 'The engine was loaded with model {model}.',
    facts: { model: 'code', dimension: 'count' },
    privacy: NAMES_NOBODY,
  },
  'server.started': {
    about: null,
    sentence: 'Version {version} of the server was started.',
    facts: { version: 'code' },
    privacy: NAMES_NOBODY,
  },
} as const satisfies Record<string, ActKind>
