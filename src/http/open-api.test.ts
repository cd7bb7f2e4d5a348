import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SUSPENSION_REASONS } from '../access/index.ts'
import { PROBE_BYTES_LIMIT } from '../intake/index.ts'
import { REVOCATION_REASONS, TRACKS } from '../training/index.ts'
import {
  examinationViewSchema,
  revocationBody,
  suspensionBody,
  trackSchema,
  UPLOAD_LIMIT_BYTES,
} from './contract/index.ts'
import { openTestDoor, type TestDoor } from './door.fixture.ts'

interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: readonly unknown[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly responses: Record<string, { content?: Record<string, { schema?: unknown }> }>
}

interface Description {
  readonly openapi: string
  readonly info: { title: string; version: string; license: unknown }
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { schemas: Record<string, unknown>; securitySchemes: object }
}

/** The whole contract; a route that is not here is a surprise. */
const ROUTES = [
  'GET /health',
  'GET /api/welcome',
  'POST /api/session',
  'GET /api/session',
  'DELETE /api/session',
  'GET /api/reference',
  'GET /api/accounts',
  'PUT /api/session/password',
  'POST /api/accounts/{id}/suspension',
  'POST /api/accounts/{id}/release',
  'POST /api/accounts/{id}/certificates',
  'POST /api/certificates/{id}/revocation',
  'POST /api/probes',
  'GET /api/probes/{id}',
  'GET /api/probes/{id}/image',
  'POST /api/requests',
  'GET /api/requests',
  'GET /api/requests/{id}',
  'POST /api/requests/{id}/search',
  'POST /api/requests/{id}/examinations',
  'GET /api/requests/{id}/examination-record',
  'GET /api/examinations',
  'GET /api/examinations/{id}',
  'GET /api/examinations/{id}/probe/image',
  'GET /api/examinations/{id}/candidates/{candidate}/image',
  'PUT /api/examinations/{id}/verdicts/{candidate}',
  'POST /api/examinations/{id}/signature',
  'POST /api/examinations/{id}/release',
  'GET /api/leads',
  'GET /api/leads/{id}',
  'GET /api/leads/{id}/probe/image',
  'GET /api/leads/{id}/images/{candidate}',
  'GET /api/leads/{id}/sheet.pdf',
  'POST /api/leads/{id}/corroborations',
  'POST /api/leads/{id}/reliance',
  'GET /api/gallery',
  'GET /api/gallery/bookings',
  'GET /api/gallery/bookings/{id}/image',
  'POST /api/gallery/bookings',
  'GET /api/policy',
  'POST /api/policy/moratorium',
  'DELETE /api/policy/moratorium',
  'GET /api/model',
  'GET /api/model/changes',
  'POST /api/model/changes',
  'POST /api/model/changes/{id}/approval',
  'POST /api/model/changes/{id}/rejection',
  'GET /api/log',
  'GET /api/log/entries',
  'GET /api/log/entries/{seq}/proof',
  'GET /api/log/export',
  'POST /api/log/verification',
]

const OPEN = ['GET /health', 'GET /api/welcome', 'POST /api/session']

/** Neither reads anything. */
const CANNOT_FAIL = ['GET /health', 'GET /api/welcome']

let door: TestDoor
let description: Description

beforeAll(async () => {
  door = await openTestDoor()
  const response = await door.app.inject({ url: '/openapi.json' })
  expect(response.statusCode).toBe(200)
  description = response.json()
})

afterAll(() => door.close())

function operations(): readonly (readonly [string, Operation])[] {
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  )
}

/** Every `$ref` of a document. */
function references(value: unknown): readonly string[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  )
}

describe('/openapi.json', () => {
  it('is OpenAPI 3.1 with title, version and licence', () => {
    expect(description.openapi).toBe('3.1.0')
    expect(description.info).toMatchObject({
      title: 'Countenance',
      version: '0.1.0-test',
      license: { name: 'Apache-2.0' },
    })
    expect(Object.keys(description.components.securitySchemes)).toEqual(['session', 'token'])
  })

  it('has every route of the contract and no other', () => {
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual([...ROUTES].sort())
  })

  it('every reference points somewhere', () => {
    const known = new Set(Object.keys(description.components.schemas).map((name) => `#/components/schemas/${name}`))
    const used = references(description)
    expect(used.length).toBeGreaterThan(ROUTES.length)
    expect(used.filter((reference) => !known.has(reference))).toEqual([])
  })

  it('every operation has words, a good answer and problems as problem+json', () => {
    for (const [name, { summary, tags, responses }] of operations()) {
      expect(summary, name).toBeTruthy()
      expect(tags?.length, name).toBeGreaterThan(0)
      const statuses = Object.keys(responses)
      expect(
        statuses.filter((status) => status.startsWith('2')),
        name,
      ).toHaveLength(1)
      const problems = statuses.filter((status) => !status.startsWith('2'))
      if (!CANNOT_FAIL.includes(name)) expect(problems, name).toContain('500')
      for (const status of problems) {
        const schema = responses[status]?.content?.['application/problem+json']?.schema
        expect(schema, `${name} ${status}`).toEqual({ $ref: '#/components/schemas/Problem' })
      }
    }
  })

  it('every place in an address is a required parameter', () => {
    for (const [name, { parameters = [] }] of operations()) {
      const places = [...name.matchAll(/\{(\w+)\}/g)].map((found) => found[1])
      const inPath = parameters.filter((parameter) => parameter.in === 'path')
      expect(
        inPath.map((parameter) => parameter.name),
        name,
      ).toEqual(places)
      expect(
        inPath.every((parameter) => parameter.required === true),
        name,
      ).toBe(true)
    }
  })

  it('every operation behind sign-in says so and can answer 401', () => {
    for (const [name, { security, responses }] of operations()) {
      if (OPEN.includes(name)) expect(security, name).toEqual([])
      else expect(Object.keys(responses), name).toContain('401')
    }
  })
})

describe('the examination view', () => {
  const FORBIDDEN =
    /score|rank|similar|verdictFirst|verdictSecond|narrative|case|requester|crime|booking|examiner|expected|threshold/i

  it('has no word for score, rank, the verdict of another, the story or the case', () => {
    const text = JSON.stringify(z.toJSONSchema(examinationViewSchema, { io: 'output' }))
    const keys = [...text.matchAll(/"(\w+)":\{/g)].map((found) => found[1])
    expect(keys).toContain('candidates')
    expect(keys.filter((key) => FORBIDDEN.test(key ?? ''))).toEqual([])
  })

  it('is strict at every level: a further key cannot be sent', () => {
    const face = { box: { x: 0, y: 0, width: 1, height: 1 }, landmarks: [] }
    const probe = { imageUrl: '/p', width: 1, height: 1, face, limitations: [] }
    const candidate = { id: 'cand_1', imageUrl: '/c', photoDate: null, verdict: null, note: null }
    const view = {
      id: 'e',
      request: 'r',
      order: 2,
      openedAt: 't',
      signed: false,
      probe,
      searched: 's',
      candidates: [candidate],
    }
    expect(examinationViewSchema.safeParse(view).success).toBe(true)
    for (const leaking of [
      { ...view, narrative: 'x' },
      { ...view, filter: { ageFrom: 20 } },
      { ...view, probe: { ...probe, caseNumber: '1' } },
      { ...view, probe: { ...probe, face: { ...face, score: 1 } } },
      { ...view, candidates: [{ ...candidate, rank: 1 }] },
    ]) {
      expect(examinationViewSchema.safeParse(leaking).success).toBe(false)
    }
  })
})

it('the upload limit is the one of intake', () => {
  expect(UPLOAD_LIMIT_BYTES).toBe(PROBE_BYTES_LIMIT)
})

it('tracks and the reasons of a revocation are those of training', () => {
  expect(trackSchema.options).toEqual([...TRACKS])
  expect(revocationBody.shape.reason.options).toEqual([...REVOCATION_REASONS])
})

it('the reasons of a suspension are those of access', () => {
  expect(suspensionBody.shape.reason.options).toEqual([...SUSPENSION_REASONS])
})
