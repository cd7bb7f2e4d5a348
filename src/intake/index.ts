/**
 * intake: a probe photograph and the form that asks for one search.
 * In: the bytes of a JPEG or PNG file; the form's fields. Out: probes (pixels of the upright image) and
 * requests (ISO times). Anyone of the agency may hand in and file; whether a search is allowed is
 * policy's business. A requester reads their own; supervisors and auditors read their agency's.
 * `requestOf`, `narrowingOf`, `probeOf`, `probeBytes`, `displayProbe`, `requestsIn`, `lockRequest`, `moveRequest` are for the rooms
 * below and work inside their transaction; they ask for no role.
 */
export { CRIMES, crimeLabel, isCrimeCode } from './crime-codes.ts'
export { displayProbe, type ProbeImage, probeImage } from './display-probe.ts'
export type { IntakeDeps } from './intake-deps.ts'
export { listRequests } from './list-requests.ts'
export { moveRequest } from './move-request.ts'
export { narrowingOf, readNarrowing } from './narrowing-of.ts'
export { PROBE_BYTES_LIMIT, type Probe } from './probe.ts'
export { readProbe } from './read-probe.ts'
export { readRequest } from './read-request.ts'
export { type ReceiveCode, receiveProbe } from './receive-probe.ts'
export { probeBytes, probeOf } from './records.ts'
export { lockRequest, requestOf, requestsIn } from './records-request.ts'
export {
  type RequestInput,
  type RequestState,
  type RequestSummary,
  type SearchRequest,
  STATE_SENTENCES,
} from './request.ts'
export { galleryFilter, type RequestFilter, type RequestFilterInput } from './request-filter.ts'
export { type SubmitCode, submitRequest } from './submit-request.ts'
export {
  ACQUISITION_BASES,
  type AcquisitionBasis,
  type CodeLabel,
  DEPICTS,
  type Depicts,
  PREDICATES,
  PROBE_SOURCES,
  type Predicate,
  type ProbeSource,
  PURPOSES,
  type Purpose,
  RECORDED_SEXES,
  type RecordedSex,
} from './vocabulary.ts'
export { withhold } from './withhold.ts'
