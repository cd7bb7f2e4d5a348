import type { Role } from '../access/index.ts'
import { form } from './case.fixture.ts'
import { ask, type StaffName, send, type TestDoor, upload } from './door.fixture.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One operation of /openapi.json. */
export interface Operation {
  /** As in `POST /api/requests/{id}/search`. */
  readonly name: string
  readonly method: Method
  readonly path: string
  readonly open: boolean
  readonly multipart: boolean
  /** Documented statuses. */
  readonly statuses: readonly number[]
  /** Names of the fields of the JSON body, none when there is no body. */
  readonly fields: readonly string[]
}

interface Described {
  readonly security?: readonly unknown[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: SchemaOrRef }> }
  readonly responses: Record<string, unknown>
}

interface SchemaOrRef {
  readonly $ref?: string
  readonly properties?: Record<string, unknown>
}

/** Everything the door says it can do, as the description tells it. */
export async function operationsOf({ app }: Pick<TestDoor, 'app'>): Promise<readonly Operation[]> {
  const { paths, components } = (await app.inject({ url: '/openapi.json' })).json()
  const described: Record<string, Record<string, Described>> = paths
  return Object.entries(described).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => {
      const content = told.requestBody?.content ?? {}
      const schema = content['application/json']?.schema
      const named: SchemaOrRef | undefined = components.schemas[schema?.$ref?.split('/').at(-1) ?? '']
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase() as Method,
        path,
        open: told.security?.length === 0,
        multipart: 'multipart/form-data' in content,
        statuses: Object.keys(told.responses).map(Number),
        fields: Object.keys((named ?? schema)?.properties ?? {}),
      }
    }),
  )
}

/** Who holds which role alone. */
export const HOLDERS = {
  investigator: 'officer',
  examiner: 'first',
  supervisor: 'supervisor',
  custodian: 'custodian',
  auditor: 'auditor',
  administrator: 'administrator',
} as const satisfies Record<Role, StaffName>

const EVIDENCE = { type: 'dna', independentOfLead: true, derivedFromLead: false, obtainedAt: '2026-11-20' }
const COURSE = { track: 'requester', course: 'face-search-requester', courseVersion: '1', score: 0.9 }

/** A body that fits, for each operation that reads one. */
export const BODIES: Readonly<Record<string, object>> = {
  'POST /api/session': { username: 'officer', password: 'a long enough phrase', acknowledged: true },
  'PUT /api/session/password': { oldPassword: 'a wrong phrase', newPassword: 'another phrase that is long' },
  'POST /api/accounts/{id}/suspension': { reason: 'on_leave' },
  'POST /api/accounts/{id}/certificates': COURSE,
  'POST /api/certificates/{id}/revocation': { reason: 'misuse' },
  'POST /api/requests': form('prob_1'),
  'PUT /api/examinations/{id}/verdicts/{candidate}': { verdict: 'excluded' },
  'POST /api/examinations/{id}/signature': { conclusion: 'inconclusive', justification: 'Too dark.' },
  'POST /api/examinations/{id}/release': { reason: 'OPENED_BY_MISTAKE' },
  'POST /api/leads/{id}/corroborations': { ...EVIDENCE, reference: 'LAB-1' },
  'POST /api/leads/{id}/reliance': { corroboration: 'corr_1' },
  'POST /api/policy/moratorium': { reason: 'Independent review' },
  'DELETE /api/policy/moratorium': { reason: 'Review is finished' },
  'POST /api/model/changes': { model: 'a'.repeat(64), similarityFloor: 0.4, evaluation: 'eval_1' },
  'POST /api/model/changes/{id}/rejection': { reason: 'It misses more than the one in force' },
}

/** The text fields beside a photograph, likewise. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'POST /api/gallery/bookings': {
    ...{ source: 'none_1', bookingNumber: 'B-1', personKey: 'P-1', bookedAt: '2025-02-01', capturedAt: '2025-02-01' },
  },
}

/** The address with every place filled in; nothing has these ids. */
export function addressOf(path: string, places: Readonly<Record<string, string>> = {}): string {
  const nobodys: Readonly<Record<string, string>> = { id: 'none_1', candidate: 'none_2', seq: '0', ...places }
  return path.replace(/\{(\w+)\}/g, (_, place: string) => encodeURIComponent(nobodys[place] ?? place))
}

/** The operation done with a body that fits. */
export function perform(door: TestDoor, who: StaffName | null, operation: Operation, url = addressOf(operation.path)) {
  if (operation.multipart) return send(door, who, url, upload('PERSON:mara:any', FIELDS[operation.name]))
  return ask(door, who, operation.method, url, BODIES[operation.name])
}
