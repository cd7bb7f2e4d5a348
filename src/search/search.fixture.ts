import { type Actor, actorOfAccount, INSTALLATION, openAccount, type Role, registerAgency } from '../access/index.ts'
import { fixedClock, type Outcome, randomIds } from '../base/index.ts'
import { createFakeEngine, type Engine } from '../engine/index.ts'
import {
  type BookingInput,
  enrolBooking,
  type GalleryCandidate,
  type GallerySearch,
  type GallerySearchResult,
  openGallerySearch,
  registerSource,
  type SearchOptions,
} from '../gallery/index.ts'
import { type RequestInput, receiveProbe, type SearchRequest, submitRequest } from '../intake/index.ts'
import { decideRequest, type Permit } from '../policy/index.ts'
import { type Store, sql } from '../store/index.ts'
import { issueCertificate } from '../training/index.ts'

export interface LogLine {
  readonly act: string
  readonly actor: string | null
  readonly about: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

const ORI = { a: 'CA0190000', b: 'CA0190100' } as const
const PASSWORD = 'a long enough phrase'

/** For tests: two agencies over a given store, a gallery, and requests; the engine is the fake one. */
export class TestBureau {
  readonly store: Store
  readonly engine: Engine = createFakeEngine()
  readonly clock = fixedClock('2026-11-22T15:00:00Z')
  readonly ids = randomIds
  readonly gallery: GallerySearch
  /** Enrols, so that the counts of `engine` are those of searching alone. */
  readonly #enroller: Engine = createFakeEngine()
  readonly #agencies = new Map<'a' | 'b', string>()
  /** Id of the source that `enrol` uses. */
  source = ''
  #people = 0

  constructor(store: Store) {
    this.store = store
    this.gallery = openGallerySearch(store, this.engine.model)
  }

  /** @param keptTo the agency that alone may search the source; every one when absent */
  static async open(store: Store, keptTo?: 'a' | 'b'): Promise<TestBureau> {
    const bureau = new TestBureau(store)
    for (const at of ['a', 'b'] as const) {
      const format = { caseNumberPattern: '\\d{2}-\\d{7}', caseNumberExample: '20-1114732' }
      const agency = must(await registerAgency(bureau, INSTALLATION, { ori: ORI[at], name: `Agency ${at}`, ...format }))
      bureau.#agencies.set(at, agency.id)
    }
    bureau.source = await bureau.addSource('County jail', keptTo && [ORI[keptTo]])
    return bureau
  }

  /** Registers another source, kept to the agencies with these ORIs when given. */
  async addSource(name: string, agencies?: readonly string[]): Promise<string> {
    const custodian = await this.person('a', ['custodian'], 'none')
    const input = { name, legalBasis: 'Penal Code section 13150', class: 'county_booking' } as const
    return must(await registerSource(this, custodian, { ...input, ...(agencies && { agencies }) })).id
  }

  async person(at: 'a' | 'b', roles: readonly Role[], certificate: 'valid' | 'expired' | 'none' = 'valid') {
    this.#people += 1
    const agency = this.#agencies.get(at) ?? ''
    const names = { username: `person${this.#people}`, name: `Person ${this.#people}` }
    const { id } = must(await openAccount(this, INSTALLATION, { ...names, agency, roles, password: PASSWORD }))
    if (certificate !== 'none') await this.certify(id, certificate === 'valid' ? '2026-06-01' : '2025-11-01')
    const actor = await this.store.transaction({ agency: null }, (tx) => actorOfAccount(tx, id))
    if (actor === null) throw new Error('No such actor.')
    return actor
  }

  async certify(account: string, completedAt: string) {
    const course = { track: 'requester', course: 'face-search-requester', courseVersion: '1', score: 0.9 } as const
    return must(await issueCertificate(this, INSTALLATION, { account, ...course, completedAt }))
  }

  /** Enrols one photograph of a named person; the engine makes photographs of one name alike. */
  async enrol(name: string, photograph = 'booking', capturedAt = '2024-05-31'): Promise<string> {
    return await this.enrolAs(name, name, photograph, capturedAt)
  }

  /** Enrols a person who looks like everybody of the name `looks`. */
  async enrolAs(personKey: string, looks: string, photograph = personKey, capturedAt = '2024-05-31'): Promise<string> {
    return await this.enrolWith(personKey, looks, { bookedAt: capturedAt, capturedAt }, photograph)
  }

  /** Enrols with other facts of the booking. */
  async enrolWith(
    personKey: string,
    looks: string,
    changes: Partial<BookingInput>,
    photograph = personKey,
  ): Promise<string> {
    const deps = { store: this.store, engine: this.#enroller, clock: this.clock, ids: this.ids }
    const actor: Actor = { account: 'acct_c', agency: 'agcy_c', ori: ORI.a, name: 'C', roles: ['custodian'] }
    const input = {
      source: this.source,
      bookingNumber: `B-${personKey}-${photograph}`,
      personKey: `P-${personKey}`,
      bookedAt: '2024-05-31',
      capturedAt: '2024-05-31',
      birthYear: 1990,
      sex: 'F',
      chargeUcr: null,
      image: bytesOf(`PERSON:${looks}:${photograph}`),
      ...changes,
    } as const
    return must(await enrolBooking(deps, actor, input)).booking.id
  }

  /** The source's key of the person whom a booking shows, as given to `enrolWith`. */
  async personOf(booking: string): Promise<string> {
    const { rows } = await this.store.transaction({ agency: null }, (tx) =>
      sql<{ key: string }>`select s.person_key as key from gallery_booking b join gallery_subject s on s.id = b.subject
        where b.id = ${booking}`.execute(tx),
    )
    return rows[0]?.key.replace('P-', '') ?? 'nobody'
  }

  async file(actor: Actor, changes: Partial<RequestInput> = {}, image = 'PERSON:ann:probe'): Promise<SearchRequest> {
    const probe = must(await receiveProbe(this, actor, bytesOf(image)))
    return must(await submitRequest(this, actor, { ...goodForm(actor.ori, probe.id), ...changes }))
  }

  async permit(actor: Actor, changes: Partial<RequestInput> = {}, image?: string): Promise<Permit> {
    const request = await this.file(actor, changes, image)
    return must(await decideRequest(this, actor, request.id))
  }

  async entries(): Promise<readonly LogLine[]> {
    return await this.store.transaction({ agency: null }, async (tx) => {
      const { rows } = await sql<{ leaf: string }>`select leaf from log_entry order by id`.execute(tx)
      return rows.map((row) => JSON.parse(row.leaf) as LogLine)
    })
  }

  /** What the log says about one request or its search, oldest first, without its filing and decision. */
  async story(request: string): Promise<readonly LogLine[]> {
    const entries = await this.entries()
    return entries.filter((line) => line.facts.request === request)
  }
}

function goodForm(ori: string, probe: string): RequestInput {
  return {
    caseNumber: '20-1114732',
    crimeCode: 'ROBBERY',
    purpose: 'investigate_crime',
    predicate: { level: 'reasonable_suspicion', narrative: 'The shop camera shows the robber without a mask.' },
    beneficiaryOri: ori,
    probe,
    faceIndex: 0,
    probeSource: 'cctv',
    acquisition: { basis: 'business_record', from: 'The shop owner' },
    depicts: 'person_sought',
    attested: true,
  }
}

/** A gallery that answers as told. */
export function fakeGallery(
  answer: (options: SearchOptions, query: Float32Array) => Promise<GallerySearchResult>,
  size: () => Promise<number> = async () => 2_000_000,
): GallerySearch {
  const search: GallerySearch['search'] = (query, options) => answer(options, query)
  const searchMany: GallerySearch['searchMany'] = (queries, options) =>
    Promise.all(queries.map((query) => search(query, options)))
  return { search, searchMany, size, comparisons: 0, close: async () => {} }
}

/** A proof over two million, for lists that a fake gallery makes. */
export const PROOF = { enrolled: 2_000_000, certified: true, k: 1024, bound: 0.2 } as const

export function candidate(booking: string, score: number): GalleryCandidate {
  return { booking, template: `t_${booking}`, subject: `subj_${booking}`, score, others: [] }
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function must<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`)
}

export function codeOf(outcome: Outcome<unknown, string>): string {
  return outcome.ok ? 'ok' : outcome.problem.code
}
