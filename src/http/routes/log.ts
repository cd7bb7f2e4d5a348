import { Readable } from 'node:stream'
import { type Actor, displayNames, requireRole } from '../../access/index.ts'
import { type ListedEntry, sentenceOf, type Witnessed } from '../../audit/index.ts'
import { actorOf } from '../authenticate.ts'
import {
  entriesQuery,
  entryListSchema,
  type LogEntries,
  type LogEntry,
  type LogHead,
  type LogProof,
  type LogVerification,
  logHeadSchema,
  logProofSchema,
  logVerificationSchema,
  seqParams,
} from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { answers, changes, fileAnswer } from '../route-docs.ts'

const TAGS = { tags: ['log'] }

export function logRoutes(app: Door, deps: HttpDeps): void {
  const heading = {
    ...TAGS,
    summary: 'The signed checkpoint and the key to verify it',
    response: answers({ 200: logHeadSchema }),
  }
  app.get('/log', { schema: heading }, async (): Promise<LogHead> => {
    const { origin, verifierKey } = deps.log
    const { note, size, root } = await deps.log.checkpoint()
    return { origin, verifierKey, checkpoint: note, size, root, witnessed: witnessedBody(await deps.log.witnessed()) }
  })
  const proving = {
    ...TAGS,
    summary: 'Proof that an entry is in the log',
    params: seqParams,
    response: answers({ 200: logProofSchema }, 404, 422),
  }
  app.get('/log/entries/:seq/proof', { schema: proving }, async (request): Promise<LogProof> => {
    const proof = valueFrom(await deps.log.proof(request.params.seq))
    return { ...proof, path: [...proof.path] }
  })
  readerRoutes(app, deps)
}

function witnessedBody(last: Witnessed | null): LogHead['witnessed'] {
  if (last === null) return null
  const { note: checkpoint, ...rest } = last
  return { ...rest, checkpoint }
}

/** Roles: auditor, supervisor; each of these is an entry itself. */
function readerRoutes(app: Door, deps: HttpDeps): void {
  const listing = {
    ...TAGS,
    summary: 'Entries of the own agency and of no agency, newest first',
    querystring: entriesQuery,
    response: answers({ 200: entryListSchema }, 403, 422),
  }
  app.get('/log/entries', { schema: listing }, async (request): Promise<LogEntries> => {
    const reader = readerOf(actorOf(request))
    const { before, about, limit } = request.query
    const given = { ...(before === undefined ? {} : { before }), ...(about === undefined ? {} : { about }) }
    const page = await deps.log.entries({ limit, agency: reader.agency, ...given }, reader)
    return { entries: await entryBodies(deps, reader, page.entries), size: page.size }
  })

  const lines = fileAnswer('application/jsonl', 'The whole log, for `countenance verify`')
  const exporting = { ...TAGS, summary: 'Export the log', response: answers({ 200: lines }, 403) }
  app.get('/log/export', { schema: exporting }, async (request, reply) => {
    const reader = readerOf(actorOf(request))
    reply.header('content-disposition', 'attachment; filename="countenance-log.jsonl"')
    return reply.type('application/jsonl').send(Readable.from(deps.log.exportLog(reader)))
  })

  const verifying = {
    ...TAGS,
    summary: 'Recompute the whole log',
    response: changes({ 200: logVerificationSchema }),
  }
  app.post('/log/verification', { schema: verifying }, async (request): Promise<LogVerification> => {
    const reader = readerOf(actorOf(request))
    const started = performance.now()
    const { ok, size, root, faults } = await deps.log.verify(reader)
    const tookMs = Math.round(performance.now() - started)
    return { ok, size, root, tookMs, faults: faults.map((fault) => fault.sentence) }
  })
}

function readerOf(actor: Actor): Actor {
  return valueFrom(requireRole(actor, 'auditor', 'supervisor'))
}

async function entryBodies(deps: HttpDeps, reader: Actor, entries: readonly ListedEntry[]): Promise<LogEntry[]> {
  const actors = entries.flatMap((entry) => (entry.actor === null ? [] : [entry.actor]))
  const names = await displayNames(deps, reader, actors)
  return entries.map((entry) => entryBody(entry, names))
}

function entryBody(entry: ListedEntry, names: ReadonlyMap<string, string>): LogEntry {
  const { seq, act, at, actor, agency, about, leafHash } = entry
  const name = actor === null ? undefined : names.get(actor)
  const sentence = sentenceOf(entry, name === undefined ? {} : { actor: name })
  const facts = { ...entry.facts } as LogEntry['facts']
  return { ...{ seq, act, sentence, at, actor, agency, about, leafHash, facts }, actorName: name ?? null }
}
