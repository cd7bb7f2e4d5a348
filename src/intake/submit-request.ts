import { type Actor, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import { sourcesFor } from '../gallery/index.ts'
import type { Tx } from '../store/index.ts'
import { commitCase } from './commit-case.ts'
import { isCrimeCode } from './crime-codes.ts'
import type { FieldCode } from './field-reader.ts'
import type { IntakeDeps } from './intake-deps.ts'
import { mayRead } from './read-probe.ts'
import { probeOf } from './records.ts'
import { insertRequest } from './records-request.ts'
import type { RequestInput, SearchRequest } from './request.ts'
import { type RequestForm, readRequestForm } from './request-form.ts'
import { withhold } from './withhold.ts'

export type SubmitCode = FieldCode | 'no_such_probe' | 'source_unknown'

/**
 * Files a request, also one that policy will refuse: what was asked for is kept either way.
 * Fields that cannot be read, an unknown probe or face are refused here and not kept.
 */
export async function submitRequest(
  deps: Pick<IntakeDeps, 'store' | 'clock' | 'ids'>,
  actor: Actor,
  input: RequestInput,
): Promise<Outcome<SearchRequest, SubmitCode>> {
  const form = readRequestForm(input, deps.clock.now())
  if (!form.ok) return form
  const filed = await deps.store.act(scopeOf(actor), (tx) => fileRequest(deps, tx, actor, form.value))
  if (!filed.ok && filed.problem.code === 'no_such_probe') await withhold(deps, actor, 'probe', form.value.probe)
  return filed
}

async function fileRequest(
  deps: Pick<IntakeDeps, 'clock' | 'ids'>,
  tx: Tx,
  actor: Actor,
  form: RequestForm,
): Promise<Outcome<SearchRequest, SubmitCode>> {
  const probe = await probeOf(tx, form.probe)
  if (probe === null || !mayRead(actor, probe.uploadedBy)) {
    return refuse('no_such_probe', 'There is no such probe.', 'Upload the photograph first.', { where: 'probe' })
  }
  if (probe.faces[form.faceIndex] === undefined) {
    const message = `The photograph has no face number ${form.faceIndex + 1}; ${probe.faces.length} were found.`
    return refuse('no_such_face', message, 'Choose a face in the photograph.', { where: 'faceIndex' })
  }
  if (!(await maySearchAll(tx, actor, form.filter?.sources ?? []))) return sourceUnknown()
  const request = requestFrom(deps, actor, form)
  const commitment = commitCase(request.caseNumber)
  await insertRequest(tx, request, commitment.salt)
  await logRequest(deps, tx, actor, request, commitment.digest)
  return done(request)
}

/** One that the agency may not search is answered like one that does not exist. */
async function maySearchAll(tx: Tx, actor: Actor, sources: readonly string[]): Promise<boolean> {
  if (sources.length === 0) return true
  const visible = new Set((await sourcesFor(tx, actor.agency)).map(({ id }) => id))
  return sources.every((source) => visible.has(source))
}

function sourceUnknown(): Outcome<never, 'source_unknown'> {
  const message = 'The filter names a source that your agency cannot search.'
  return refuse('source_unknown', message, 'Choose among the sources of the form.', { where: 'filter.sources' })
}

function requestFrom(deps: Pick<IntakeDeps, 'clock' | 'ids'>, actor: Actor, form: RequestForm): SearchRequest {
  return {
    id: deps.ids.next('req'),
    agency: actor.agency,
    requester: actor.account,
    requesterName: actor.name,
    createdAt: toStamp(deps.clock.now()),
    ...form,
    state: 'submitted',
  }
}

const UNKNOWN = 'unknown'
/** The form of an Originating Agency Identifier. */
const ORI = /^[A-Z]{2}[A-Z0-9]{7}$/

async function logRequest(
  deps: Pick<IntakeDeps, 'clock'>,
  tx: Tx,
  actor: Actor,
  request: SearchRequest,
  caseCommitment: string,
): Promise<void> {
  await append(tx, deps, {
    act: 'request.submitted',
    actor: actor.account,
    agency: actor.agency,
    about: request.id,
    facts: {
      probe: request.probe,
      face: request.faceIndex,
      caseCommitment,
      // What is no code is a stranger's text: it stays in the request, and policy refuses it.
      crime: request.crimeCode === '' || isCrimeCode(request.crimeCode) ? request.crimeCode : UNKNOWN,
      purpose: request.purpose,
      beneficiary: request.beneficiaryOri === '' || ORI.test(request.beneficiaryOri) ? request.beneficiaryOri : UNKNOWN,
    },
  })
}
