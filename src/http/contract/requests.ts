import { z } from 'zod'
import { findingSchema, idSchema, longText, searchProofSchema, shortText, stampSchema } from './common.ts'

/** What narrows a search. Strict: there is no other filter, so none by race or origin. */
export const requestFilterBody = z
  .strictObject({
    /** Ids of `/api/reference` sources. */
    sources: z.array(idSchema).max(500).optional(),
    /** ISO days of booking, inclusive. */
    bookedFrom: shortText.optional(),
    bookedTo: shortText.optional(),
    /** Codes of `/api/reference` recordedSexes; photographs with no sex recorded are always compared. */
    sexes: z.array(shortText).max(10).optional(),
    /** Years on the day of filing, 0 to 120, inclusive; photographs with no birth year are always compared. */
    ageFrom: z.number().optional(),
    ageTo: z.number().optional(),
  })
  .meta({ id: 'NarrowSearch' })

export type RequestFilterBody = z.input<typeof requestFilterBody>

/** The intake form. Codes are those of `/api/reference`; a missing case number or crime is left to policy. */
export const submitRequestBody = z
  .strictObject({
    caseNumber: shortText.default(''),
    crimeCode: shortText.default(''),
    crimeStatute: shortText.optional(),
    purpose: shortText,
    predicate: z.strictObject({ level: shortText, narrative: longText }),
    beneficiaryOri: shortText,
    probe: idSchema,
    faceIndex: z.int().min(0).max(1000),
    probeSource: shortText,
    acquisition: z.strictObject({ basis: shortText, from: shortText, at: shortText.optional() }),
    depicts: shortText,
    /** The probe was lawfully acquired. */
    attested: z.boolean(),
    capturedAt: shortText.optional(),
    otherMeansTried: longText.optional(),
    conflictDeclared: z.boolean().default(false),
    conflictNote: longText.optional(),
    /** Longest candidate list. */
    limit: z.int().min(1).max(50).default(20),
    /** Everything the agency may search when absent. */
    filter: requestFilterBody.optional(),
  })
  .meta({ id: 'SubmitRequest' })

/** The intake form as a client sends it. */
export type SubmitRequestBody = z.input<typeof submitRequestBody>

export const requestStateSchema = z.enum([
  'submitted',
  'refused',
  'permitted',
  'searched',
  'failed',
  'in_examination',
  'in_verification',
  'in_resolution',
  'lead',
  'closed',
])

export type RequestState = z.infer<typeof requestStateSchema>

/** What was asked, null where nothing was, and the birth years that the ages became. */
export const requestFilterSchema = z
  .strictObject({
    sources: z.array(z.string()).nullable(),
    bookedFrom: z.string().nullable(),
    bookedTo: z.string().nullable(),
    sexes: z.array(z.enum(['F', 'M', 'X'])).nullable(),
    ageFrom: z.int().nullable(),
    ageTo: z.int().nullable(),
    bornFrom: z.int().nullable(),
    bornTo: z.int().nullable(),
  })
  .meta({ id: 'RequestFilter' })

export const requestSchema = z
  .strictObject({
    id: z.string(),
    createdAt: stampSchema,
    requester: z.string(),
    requesterName: z.string(),
    caseNumber: z.string(),
    crimeCode: z.string(),
    crimeLabel: z.string(),
    crimeStatute: z.string().nullable(),
    purpose: z.string(),
    predicate: z.strictObject({ level: z.string(), narrative: z.string() }),
    beneficiaryOri: z.string(),
    probe: z.string(),
    faceIndex: z.int(),
    probeSource: z.string(),
    acquisition: z.strictObject({ basis: z.string(), from: z.string(), at: z.string().nullable() }),
    depicts: z.string(),
    attested: z.boolean(),
    capturedAt: z.string().nullable(),
    otherMeansTried: z.string().nullable(),
    conflictDeclared: z.boolean(),
    conflictNote: z.string().nullable(),
    limit: z.int(),
    /** Null when the search is not narrowed. */
    filter: requestFilterSchema.nullable(),
    state: requestStateSchema,
    stateSentence: z.string(),
  })
  .meta({ id: 'Request' })

export type Request = z.infer<typeof requestSchema>

export const requestSummarySchema = z
  .strictObject({
    id: z.string(),
    createdAt: stampSchema,
    caseNumber: z.string(),
    crimeCode: z.string(),
    crimeLabel: z.string(),
    purpose: z.string(),
    state: requestStateSchema,
    stateSentence: z.string(),
    requesterName: z.string(),
  })
  .meta({ id: 'RequestSummary' })

export type RequestSummary = z.infer<typeof requestSummarySchema>

export const decisionSchema = z
  .strictObject({
    outcome: z.enum(['permitted', 'refused']),
    at: stampSchema,
    /** Digest of the active set of directives. */
    policyDigest: z.string(),
    findings: z.array(findingSchema),
    permit: z.strictObject({ id: z.string(), expiresAt: stampSchema }).nullable(),
  })
  .meta({ id: 'Decision' })

export type Decision = z.infer<typeof decisionSchema>

export const submittedSchema = z
  .strictObject({ request: requestSchema, decision: decisionSchema })
  .meta({ id: 'SubmittedRequest' })

export type SubmittedRequest = z.infer<typeof submittedSchema>

export const requestListSchema = z.strictObject({ requests: z.array(requestSummarySchema) }).meta({ id: 'RequestList' })

export type RequestList = z.infer<typeof requestListSchema>

/** How much was searched; never who was found: that is for the examiners. */
export const searchSummarySchema = z
  .strictObject({
    searched: z.int(),
    /** What proves the list exact; null for searches made before there was a proof. */
    proof: searchProofSchema.nullable(),
    /** How much was compared, for people. */
    sentence: z.string(),
    returned: z.int(),
    startedAt: stampSchema,
    finishedAt: stampSchema,
  })
  .meta({ id: 'SearchSummary' })

export type SearchSummary = z.infer<typeof searchSummarySchema>

export const requestPageSchema = z
  .strictObject({
    request: requestSchema,
    /** What the search is narrowed to, for people; null when it is not. */
    narrowed: z.string().nullable(),
    decision: decisionSchema.nullable(),
    search: searchSummarySchema.nullable(),
    lead: z.strictObject({ id: z.string() }).nullable(),
  })
  .meta({ id: 'RequestPage' })

export type RequestPage = z.infer<typeof requestPageSchema>

export const searchedSchema = z
  .strictObject({ search: searchSummarySchema, state: requestStateSchema })
  .meta({ id: 'SearchedRequest' })

export type SearchedRequest = z.infer<typeof searchedSchema>
