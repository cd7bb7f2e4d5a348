import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  type Account,
  type Actor,
  type Agency,
  actorOfAccount,
  INSTALLATION,
  listAccounts,
  listAgencies,
  openAccount,
  registerAgency,
} from './access/index.ts'
import type { Outcome } from './base/index.ts'
import type { Rooms } from './compose.ts'
import { enrolFolder, type FolderProgress, listSources, registerSource } from './gallery/index.ts'
import { AGENCIES, CUSTODIAN, PEOPLE, type SamplePerson } from './sample-people.ts'
import { issueCertificate, ownCertificates } from './training/index.ts'

/** How to sign in as one person of the sample county. */
export interface SampleSignIn {
  readonly username: string
  readonly password: string
  readonly role: string
  readonly agency: string
}

const SOURCE = {
  name: 'Harbor County booking photographs (sample, rendered)',
  legalBasis: 'Sample only: rendered pictures of people who do not exist; no legal basis is needed or claimed.',
  class: 'county_booking',
} as const

const COURSE_VERSION = '2026.1'

export function signInFile(dataDir: string): string {
  return join(dataDir, 'sample-sign-ins.json')
}

/** The sign-ins of a county loaded before, or none. */
export async function readSampleSignIns(dataDir: string): Promise<readonly SampleSignIn[]> {
  const text = await readFile(signInFile(dataDir), 'utf8').catch(() => '[]')
  return JSON.parse(text) as readonly SampleSignIn[]
}

/** There while the county is being loaded, so that a load cut off is taken up again at the next start. */
function loadingMark(dataDir: string): string {
  return join(dataDir, 'sample-loading')
}

/**
 * True when nobody has set the system up yet, or a load of the sample was cut off: never when there is an agency
 * that is not of the sample, so that it cannot mix with real records.
 */
export async function sampleIsWanted(rooms: Rooms): Promise<boolean> {
  const agencies = await rooms.store.transaction({ agency: null }, (tx) => listAgencies(tx))
  const ours: readonly string[] = Object.values(AGENCIES).map(({ ori }) => ori)
  if (agencies.some(({ ori }) => !ours.includes(ori))) return false
  return agencies.length === 0 || existsSync(loadingMark(rooms.settings.dataDir))
}

/**
 * Fills an empty database with two agencies, ten people and a gallery of rendered faces (people who do not exist).
 * Everything goes through the same acts as real work and stands in the log. What is there already is left as it
 * is, so that a load cut off goes on where it stopped.
 */
export async function loadSampleCounty(rooms: Rooms, onProgress: (progress: FolderProgress) => void): Promise<void> {
  const { dataDir } = rooms.settings
  // First the passwords: an account whose password nobody kept could never be used.
  const signIns = await keepSignIns(dataDir, existsSync(loadingMark(dataDir)))
  await writeWhole(loadingMark(dataDir), 'The sample county is being loaded.\n')
  const agencies = { harbor: await agencyOf(rooms, AGENCIES.harbor), alder: await agencyOf(rooms, AGENCIES.alder) }
  const accounts = new Map<string, Account>()
  for (const person of PEOPLE) {
    const password = signIns.find((one) => one.username === person.username)?.password ?? ''
    accounts.set(person.note, await admit(rooms, agencies[person.agency], person, password))
  }
  await enrolSampleGallery(rooms, accounts.get(CUSTODIAN)?.id ?? '', onProgress)
  await rm(loadingMark(dataDir))
}

/** The sign-ins kept by a load that was cut off, or new ones. */
async function keepSignIns(dataDir: string, again: boolean): Promise<readonly SampleSignIn[]> {
  if (again) return await readSampleSignIns(dataDir)
  const signIns = PEOPLE.map(({ username, note, agency }) => {
    return { username, password: samplePassword(), role: note, agency: AGENCIES[agency].name }
  })
  await writeWhole(signInFile(dataDir), `${JSON.stringify(signIns, null, 2)}\n`)
  return signIns
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}

async function agencyOf(rooms: Rooms, sample: Omit<Agency, 'id'>): Promise<Agency> {
  const known = await rooms.store.transaction({ agency: null }, (tx) => listAgencies(tx))
  return known.find(({ ori }) => ori === sample.ori) ?? must(await registerAgency(rooms, INSTALLATION, sample))
}

async function admit(rooms: Rooms, agency: Agency, person: SamplePerson, password: string): Promise<Account> {
  const { username, name, roles, track } = person
  const reader: Actor = { account: 'installation', agency: agency.id, ori: agency.ori, name, roles: ['administrator'] }
  const known = must(await listAccounts(rooms, reader)).find((one) => one.username === username)
  const account =
    known ?? must(await openAccount(rooms, INSTALLATION, { username, name, roles, password, agency: agency.id }))
  if (track === undefined) return account
  if ((await ownCertificates(rooms, { ...reader, account: account.id })).length > 0) return account
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
  const known = must(await listSources(rooms, custodian)).find(({ name }) => name === SOURCE.name)
  const source = known ?? must(await registerSource(rooms, custodian, SOURCE))
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
