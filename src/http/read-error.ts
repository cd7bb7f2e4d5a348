import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { fail, type Problem, refuse } from '../base/index.ts'
import { UPLOAD_LIMIT_BYTES } from './contract/index.ts'
import { HttpProblem } from './http-problem.ts'

/** What a thrown value means to the client; null for the unexpected. */
export function readError(error: unknown): HttpProblem | null {
  if (error instanceof HttpProblem) return error
  if (hasZodFastifySchemaValidationErrors(error)) return new HttpProblem(fieldProblem(error.validation))
  return storageProblem(error) ?? logProblem(error) ?? transportProblem(error)
}

interface FieldFault {
  readonly instancePath: string
  readonly message?: string | undefined
  readonly params: unknown
}

/** The first field that does not fit, as a path such as `predicate.level`. */
function fieldProblem(faults: readonly FieldFault[]): Problem {
  const fault = faults[0]
  const path = (fault?.instancePath ?? '').split('/').filter((part) => part !== '')
  const where = path.join('.') || strangeKey(fault) || 'body'
  const message = `The field ${where} cannot be used: ${fault?.message ?? 'it does not fit'}.`
  return refuse('input_invalid', message, 'Correct the field and send it again.', { where }).problem
}

/** zod names keys that are not in the schema in its issue alone. */
function strangeKey(fault: FieldFault | undefined): string | undefined {
  const params = fault?.params
  if (params === null || typeof params !== 'object') return undefined
  const issue = 'issue' in params ? params.issue : params
  if (issue === null || typeof issue !== 'object' || !('keys' in issue) || !Array.isArray(issue.keys)) return undefined
  return String(issue.keys[0])
}

const STORAGE = {
  database_unavailable: ['The database cannot be reached, so nothing was recorded.', 'Try again in a moment.'],
  disk_full: ['The disk of the service is full, so nothing was recorded.', 'Tell the administrator, then try again.'],
} as const satisfies Record<string, readonly [string, string]>

/** Known by name and code: the door may not know the store. Its words stay inside. */
function storageProblem(error: unknown): HttpProblem | null {
  if (!(error instanceof Error) || error.name !== 'StoreError' || !('code' in error)) return null
  const code = error.code as keyof typeof STORAGE
  const words = Object.hasOwn(STORAGE, code) ? STORAGE[code] : undefined
  return words === undefined ? null : new HttpProblem(fail(code, words[0], words[1]).problem)
}

/** While the log cannot be written nothing happens; the cause is for the operator. */
function logProblem(error: unknown): HttpProblem | null {
  if (!(error instanceof Error) || error.name !== 'AuditError' || !('code' in error)) return null
  if (error.code !== 'log_failing') return null
  const message = 'The audit log cannot be written at the moment, so nothing was done.'
  return new HttpProblem(fail('log_failing', message, 'Tell the administrator, then try again.').problem)
}

const MEGABYTES = UPLOAD_LIMIT_BYTES / (1024 * 1024)
const TOO_LARGE = ['upload_too_large', `The file is larger than ${MEGABYTES} MB.`, 'Upload a smaller file.'] as const
const TOO_MANY = ['too_many_files', 'More than one file was sent.', 'Send one file alone.'] as const
const TOO_MANY_FIELDS = ['too_many_fields', 'The upload has too many fields.', 'See /openapi.json.'] as const
const WRONG_TYPE = ['media_type_unsupported', 'The body has the wrong media type.', 'See /openapi.json.'] as const

/** Codes of the server framework. */
const TRANSPORT: Readonly<Record<string, readonly [string, string, string]>> = {
  FST_REQ_FILE_TOO_LARGE: TOO_LARGE,
  FST_FILES_LIMIT: TOO_MANY,
  FST_PARTS_LIMIT: TOO_MANY_FIELDS,
  FST_FIELDS_LIMIT: TOO_MANY_FIELDS,
  FST_INVALID_MULTIPART_CONTENT_TYPE: WRONG_TYPE,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: WRONG_TYPE,
  FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'No record has an id that long.', 'Check the address.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['body_too_large', 'The body is too large.', 'Send less at once.'],
  FST_ERR_RATE_LIMITED: ['too_many_attempts', 'Too many attempts to sign in.', 'Wait a minute, then try again.'],
}

function transportProblem(error: unknown): HttpProblem | null {
  if (!(error instanceof Error)) return null
  const known = 'code' in error ? TRANSPORT[String(error.code)] : undefined
  if (known !== undefined) return new HttpProblem(refuse(...known).problem)
  const status = 'statusCode' in error ? Number(error.statusCode) : 500
  if (!(status >= 400 && status < 500)) return null
  const problem = refuse('body_unreadable', 'The request could not be read.', 'Send it as /openapi.json says.').problem
  return new HttpProblem(problem, { status: 400 })
}
