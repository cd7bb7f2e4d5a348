import { type ActKind, NAMES_NOBODY, STAFF_ONLY } from './act-kind.ts'

/** Agencies, accounts, sessions, certificates. */
export const STAFF_ACTS = {
  'agency.registered': {
    about: 'agency',
    sentence: 'Agency {about} was registered with ORI {ori}.',
    facts: { ori: 'code' },
    privacy: NAMES_NOBODY,
  },
  'account.opened': {
    about: 'account',
    sentence: '{actor} opened account {about} with the roles {roles}.',
    facts: { roles: 'list' },
    privacy: STAFF_ONLY,
  },
  'account.suspended': {
    about: 'account',
    sentence: '{actor} suspended account {about}: {reason}.',
    facts: { reason: 'text' },
    privacy: 'The reason is written by a supervisor and read by auditors: it must not describe a person.',
  },
  'account.released': {
    about: 'account',
    sentence: '{actor} released account {about} from its lock.',
    facts: {},
    privacy: STAFF_ONLY,
  },
  'account.password.changed': {
    about: 'account',
    sentence: '{actor} changed the password of account {about}; other sessions ended: {sessions}.',
    facts: { sessions: 'count' },
    privacy: STAFF_ONLY,
  },
  'account.password.refused': {
    about: 'account',
    sentence: 'A change of the password of account {about} was refused: {reason}.',
    facts: { reason: 'code' },
    privacy: STAFF_ONLY,
  },
  'session.opened': {
    about: 'account',
    sentence: '{actor} signed in with {method}.',
    facts: { method: 'code' },
    privacy: STAFF_ONLY,
  },
  'session.refused': {
    about: 'account',
    sentence: 'A sign-in was refused: {reason}.',
    facts: { reason: 'code', account: 'id?' },
    privacy: 'The account id where the user name is known; a wrong user name is never written down.',
  },
  'session.closed': {
    about: 'account',
    sentence: '{actor} signed out.',
    facts: {},
    privacy: STAFF_ONLY,
  },
  'certificate.issued': {
    about: 'certificate',
    sentence:
      '{actor} issued certificate {about} to {account} for the {track} track, course {course}, until {expires}.',
    facts: { account: 'id', track: 'code', course: 'code', expires: 'time' },
    privacy: STAFF_ONLY,
  },
  'certificate.revoked': {
    about: 'certificate',
    sentence: '{actor} revoked certificate {about} of {account}: {reason}.',
    facts: { account: 'id', reason: 'text' },
    privacy: 'The reason is written by a supervisor and read by auditors: it must not describe a person.',
  },
} as const satisfies Record<string, ActKind>
