import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Account,
  type Agency,
  actorOfAccount,
  INSTALLATION,
  listAgencies,
  openAccount,
  type Role,
  registerAgency,
} from './access/index.ts'
import type { Outcome } from './base/index.ts'
import type { Rooms } from './compose.ts'
import { enrolFolder, type FolderProgress, registerSource } from './gallery/index.ts'
import { issueCertificate, type Track } from './training/index.ts'

/** How to sign in as one person of the sample county. */
export interface SampleSignIn {
  readonly username: string
  readonly password: string
  readonly role: string
  readonly agency: string
}

interface SamplePerson {
  readonly username: string
  readonly name: string
  readonly agency: 'harbor' | 'alder'
  readonly roles: readonly Role[]
  readonly track?: Track
  /** The certificate was earned this many months ago; it lasts twelve. */
  readonly monthsAgo?: number
  readonly note: string
}

const AGENCIES = {
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

const CUSTODIAN = 'gallery custodian'

const PEOPLE: readonly SamplePerson[] = [
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
]

const COURSE_VERSION = '2026.1'

export function signInFile(dataDir: string): string {
  return join(dataDir, 'sample-sign-ins.json')
}

/** The sign-ins of a county loaded before, or none. */
export async function readSampleSignIns(dataDir: string): Promise<readonly SampleSignIn[]> {
  const text = await readFile(signInFile(dataDir), 'utf8').catch(() => '[]')
  return JSON.parse(text) as readonly SampleSignIn[]
}

/** True when nobody has set the system up yet, so that the sample cannot mix with real records. */
export async function isUntouched(rooms: Rooms): Promise<boolean> {
  const agencies = await rooms.store.transaction({ agency: null }, (tx) => listAgencies(tx))
  return agencies.length === 0
}

/**
 * Fills an empty database with two agencies, ten people and a gallery of rendered faces (people who do not exist).
 * Everything goes through the same acts as real work and stands in the log.
 */
export async function loadSampleCounty(rooms: Rooms, onProgress: (progress: FolderProgress) => void): Promise<void> {
  const agencies = {
    harbor: must(await registerAgency(rooms, INSTALLATION, AGENCIES.harbor)),
    alder: must(await registerAgency(rooms, INSTALLATION, AGENCIES.alder)),
  }
  const signIns: SampleSignIn[] = []
  const accounts = new Map<string, Account>()
  for (const person of PEOPLE) {
    const password = samplePassword()
    accounts.set(person.note, await admit(rooms, agencies[person.agency], person, password))
    signIns.push({ username: person.username, password, role: person.note, agency: agencies[person.agency].name })
  }
  await writeFile(signInFile(rooms.settings.dataDir), `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 })
  await enrolSampleGallery(rooms, accounts.get(CUSTODIAN)?.id ?? '', onProgress)
}

async function admit(rooms: Rooms, agency: Agency, person: SamplePerson, password: string): Promise<Account> {
  const { username, name, roles, track } = person
  const account = must(await openAccount(rooms, INSTALLATION, { username, name, roles, password, agency: agency.id }))
  if (track === undefined) return account
  const completed = rooms.clock.now()
  completed.setUTCMonth(completed.getUTCMonth() - (person.monthsAgo ?? 1))
  const course = `face-search-${track}`
  const input = { account: account.id, track, course, courseVersion: COURSE_VERSION, score: 0.93 }
  must(await issueCertificate(rooms, INSTALLATION, { ...input, completedAt: completed.toISOString() }))
  return account
}

async function enrolSampleGallery(
  rooms: Rooms,
  account: string,
  onProgress: (progress: FolderProgress) => void,
): Promise<void> {
  const folder = rooms.settings.sampleDir
  if (!existsSync(join(folder, 'bookings.csv'))) return
  const custodian = await rooms.store.transaction({ agency: null }, (tx) => actorOfAccount(tx, account))
  if (custodian === null) throw new Error('The sample custodian was not opened.')
  const source = must(
    await registerSource(rooms, custodian, {
      name: 'Harbor County booking photographs (sample, rendered)',
      legalBasis: 'Sample only: rendered pictures of people who do not exist; no legal basis is needed or claimed.',
      class: 'county_booking',
    }),
  )
  must(await enrolFolder(rooms, custodian, { folder, source: source.id }, onProgress))
}

/** Three short words' worth of letters, hard to guess and easy to type: 15 letters of 24 are 68 bits. */
function samplePassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz'
  const word = () => Array.from({ length: 5 }, () => letters.charAt(randomInt(letters.length))).join('')
  return `${word()}-${word()}-${word()}`
}

/** The sample is ours: a refusal here is a defect, not an answer. */
function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`The sample county could not be loaded: ${outcome.problem.message}`)
}
