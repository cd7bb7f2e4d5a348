import type { Actor, Role } from '../access/index.ts'
import { countingIds, fixedClock } from '../base/index.ts'
import { createFakeEngine, type Engine } from '../engine/index.ts'
import { openTestStore, type Store, sql, type TestStore } from '../store/index.ts'
import type { Booking, BookingInput } from './booking.ts'
import { enrolBooking } from './enrol-booking.ts'
import type { GalleryDeps } from './gallery-deps.ts'
import { registerSource } from './register-source.ts'
import type { Source } from './source.ts'

/** For tests: one source in a fresh database, and the fake engine unless another is given. */
export interface TestGallery {
  readonly store: TestStore
  readonly deps: GalleryDeps
  readonly source: Source
  /** Enrols `image` and returns its booking; throws when it is refused. */
  enrol(image: string | Uint8Array, input?: Partial<BookingInput>): Promise<Booking>
  /** Every entry of the log, oldest first. */
  entries(): Promise<readonly { readonly act: string; readonly facts: Readonly<Record<string, unknown>> }[]>
  count(table: string): Promise<number>
  close(): Promise<void>
}

/** The tables that an enrolment writes, `log_entry` last. */
export const TABLES = ['gallery_subject', 'gallery_booking', 'gallery_template', 'data_key', 'sealed_blob', 'log_entry']

export async function openTestGallery(engine: Engine = createFakeEngine()): Promise<TestGallery> {
  const store = await openTestStore()
  const deps: GalleryDeps = { store, engine, clock: fixedClock('2026-11-22T15:00:00Z'), ids: countingIds() }
  const source = await registerSource(deps, actorWith('custodian'), {
    name: 'Test County Jail',
    legalBasis: 'Penal Code section 13150',
    class: 'county_booking',
  })
  if (!source.ok) throw new Error(source.problem.message)
  return {
    store,
    deps,
    source: source.value,
    enrol: (image, input) => enrolOrThrow(deps, { ...bookingInput(source.value.id, image), ...input }),
    entries: () => readLog(store),
    count: (table) => countRows(store, table),
    close: () => store.close(),
  }
}

export function actorWith(...roles: readonly Role[]): Actor {
  return { account: 'acct_test', agency: 'agcy_test', ori: 'CA0190000', name: 'Robin Test', roles }
}

/** A booking whose person and number follow from the image, so that two images are two people. */
export function bookingInput(source: string, image: string | Uint8Array): BookingInput {
  const bytes = typeof image === 'string' ? new TextEncoder().encode(image) : image
  const key = Buffer.from(bytes.subarray(0, 20)).toString('hex')
  return {
    source,
    bookingNumber: `B-${key}`,
    personKey: `P-${key}`,
    bookedAt: '2024-05-31',
    capturedAt: '2024-05-31',
    birthYear: 1990,
    sex: 'F',
    chargeUcr: '13A',
    image: bytes,
  }
}

/** How many rows each of `TABLES` has. */
export async function countAll(gallery: TestGallery): Promise<readonly number[]> {
  return await Promise.all(TABLES.map((table) => gallery.count(table)))
}

async function enrolOrThrow(deps: GalleryDeps, input: BookingInput): Promise<Booking> {
  const outcome = await enrolBooking(deps, actorWith('custodian'), input)
  if (!outcome.ok) throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`)
  return outcome.value.booking
}

async function readLog(store: Store): ReturnType<TestGallery['entries']> {
  return await store.transaction({ agency: null }, async (tx) => {
    const { rows } = await sql<{ leaf: string }>`select leaf from log_entry order by id`.execute(tx)
    return rows.map((row) => JSON.parse(row.leaf))
  })
}

async function countRows(store: Store, table: string): Promise<number> {
  return await store.transaction({ agency: null }, async (tx) => {
    const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(tx)
    return rows[0]?.rows ?? 0
  })
}
