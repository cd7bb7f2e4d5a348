import { z } from 'zod'
import { findingSchema, idSchema, longText, shortText, stampSchema } from './common.ts'

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
    returned: z.int(),
    startedAt: stampSchema,
    finishedAt: stampSchema,
  })
  .meta({ id: 'SearchSummary' })

export type SearchSummary = z.infer<typeof searchSummarySchema>

export const requestPageSchema = z
  .strictObject({
    request: requestSchema,
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
