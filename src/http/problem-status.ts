import type { Problem } from '../base/index.ts'

/** HTTP status of a problem's code; codes that are not here follow `statusOf`. */
const STATUS = {
  session_required: 401,
  session_expired: 401,
  credentials_wrong: 401,
  account_locked: 403,
  account_suspended: 403,
  console_header_required: 403,
  role_required: 403,
  not_the_requester: 403,
  permit_of_another: 403,
  moratorium: 403,
  certificate_missing: 403,
  requester_cannot_examine: 403,
  requester_cannot_release: 403,
  examiner_cannot_release: 403,
  own_proposal: 403,
  record_closed_until_settled: 403,
  not_found: 404,
  candidate_unknown: 404,
  entry_not_found: 404,
  route_unknown: 404,
  source_exists: 409,
  image_of_another_person: 409,
  booking_of_another_person: 409,
  upload_too_large: 413,
  body_too_large: 413,
  too_many_files: 413,
  too_many_fields: 413,
  field_too_long: 413,
  media_type_unsupported: 415,
  too_many_attempts: 429,
  engine_busy: 503,
  coverage_incomplete: 503,
  shard_unavailable: 503,
  cluster_refused: 503,
  removal_incomplete: 503,
  database_unavailable: 503,
  log_failing: 503,
  disk_full: 507,
} as const satisfies Record<string, number>

/** A refusal that policy decided says which decision it was. */
function isPolicyRefusal(problem: Problem): boolean {
  return problem.facts !== undefined && 'decision' in problem.facts
}

/**
 * A field that cannot be used, or an image that cannot: 422. A state that does not allow the act: 409.
 * A rule of policy: 403, whatever its code.
 */
export function statusOf(problem: Problem): number {
  if (isPolicyRefusal(problem)) return 403
  const known = (STATUS as Readonly<Record<string, number>>)[problem.code]
  if (known !== undefined) return known
  return problem.where !== undefined || problem.kind === 'failure' ? 422 : 409
}
