import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { AuditLog } from '../audit/index.ts'
import type { OperatingPointDeps } from '../policy/index.ts'
import type { SearchDeps } from '../search/index.ts'
import type { ShippedReports } from '../transparency/index.ts'

/** Something unexpected that was told to the client as an id alone. */
export interface Incident {
  /** `inc_...`, as in the answer. */
  readonly id: string
  readonly method: string
  readonly url: string
  readonly error: unknown
}

/** The composed rooms that the door opens: `store`, `engine`, `gallery`, `clock`, `ids`, the built-in model, and: */
export interface HttpDeps extends SearchDeps, OperatingPointDeps {
  readonly log: AuditLog
  /** Evaluations that came with this version. */
  readonly reports: ShippedReports
  /** Version of the product, such as `0.1.0`. */
  readonly version: string
  /** Folder with the built console; without it the door serves the API alone. */
  readonly webDir?: string
  /** Reached over https: `__Host-` cookie with Secure, and HSTS. */
  readonly secureCookies: boolean
  /** Sign-in attempts per minute and address; 30 when absent. */
  readonly signInsPerMinute?: number
  /** Told of everything unexpected, for the operator's log. */
  readonly onIncident?: (incident: Incident) => void
}

/** The server as the route files see it: schemas are zod. */
export type Door = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>
