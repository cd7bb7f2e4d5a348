import type { Agency, Role } from './access/index.ts'
import type { Track } from './training/index.ts'

/** Somebody who works in the sample county. Invented, like the faces. */
export interface SamplePerson {
  readonly username: string
  readonly name: string
  readonly agency: 'harbor' | 'alder'
  readonly roles: readonly Role[]
  readonly track?: Track
  /** The certificate was earned this many months ago; it lasts twelve. */
  readonly monthsAgo?: number
  readonly note: string
}

export const AGENCIES = {
  harbor: {
    ori: 'CA0990000',
    name: 'Harbor County Sheriff (sample)',
    caseNumberPattern: '^HC-\\d{2}-\\d{6}$',
    caseNumberExample: 'HC-26-004217',
  },
  alder: {
    ori: 'CA0990100',
    name: 'Port Alder Police (sample)',
    caseNumberPattern: '^PA\\d{2}-\\d{5}$',
    caseNumberExample: 'PA26-01180',
  },
} as const satisfies Record<string, Omit<Agency, 'id'>>

export const CUSTODIAN = 'gallery custodian'

export const PEOPLE: readonly SamplePerson[] = [
  {
    username: 'rivera',
    name: 'Ana Rivera',
    agency: 'harbor',
    roles: ['investigator'],
    track: 'requester',
    note: 'investigator',
  },
  {
    username: 'novak',
    name: 'Petr Novak',
    agency: 'harbor',
    roles: ['investigator'],
    track: 'requester',
    monthsAgo: 14,
    note: 'investigator, certificate expired',
  },
  {
    username: 'okafor',
    name: 'Ife Okafor',
    agency: 'harbor',
    roles: ['examiner'],
    track: 'examiner',
    note: 'first examiner',
  },
  {
    username: 'lindqvist',
    name: 'Maja Lindqvist',
    agency: 'harbor',
    roles: ['examiner'],
    track: 'examiner',
    note: 'second examiner',
  },
  {
    username: 'tanaka',
    name: 'Ken Tanaka',
    agency: 'harbor',
    roles: ['examiner'],
    track: 'examiner',
    note: 'third examiner',
  },
  {
    username: 'moss',
    name: 'Della Moss',
    agency: 'harbor',
    roles: ['supervisor'],
    track: 'supervisor',
    note: 'supervisor',
  },
  { username: 'duarte', name: 'Rui Duarte', agency: 'harbor', roles: ['custodian'], note: CUSTODIAN },
  { username: 'haddad', name: 'Lina Haddad', agency: 'harbor', roles: ['auditor'], track: 'auditor', note: 'auditor' },
  {
    username: 'keller',
    name: 'Jo Keller',
    agency: 'harbor',
    roles: ['administrator'],
    note: 'administrator (cannot search)',
  },
  {
    username: 'brandt',
    name: 'Kai Brandt',
    agency: 'alder',
    roles: ['investigator'],
    track: 'requester',
    note: 'investigator of the other agency',
  },
  {
    username: 'farrow',
    name: 'Nell Farrow',
    agency: 'alder',
    roles: ['supervisor'],
    track: 'supervisor',
    note: 'supervisor of the other agency: a change of model needs two',
  },
]
