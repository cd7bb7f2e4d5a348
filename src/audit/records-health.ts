import { toStamp } from '../base/index.ts'
import { sql, type Tx } from '../store/index.ts'

/** That the log cannot be written on. */
export interface LogFailure {
  /** UTC, to a hundredth of a second. */
  readonly since: string
  /** A word of ours, such as `disk_full`. */
  readonly code: string
  /** For people: a sentence with its full stop. */
  readonly reason: string
}

/** An alarm that nobody repeats is that of a process that is gone. */
const SILENT_SECONDS = 10

interface HealthRow {
  readonly since: Date
  readonly code: string
  readonly reason: string
}

/** Why the log cannot be written on; null when it can. */
export async function logFailure(tx: Tx): Promise<LogFailure | null> {
  const { rows } = await sql<HealthRow>`
    select failing_since as since, code, reason from log_health where failing_since is not null`.execute(tx)
  return failureOf(rows[0])
}

/** From now on, for every process. The first reason stays until the log can be written on. */
export async function setLogFailure(tx: Tx, holder: string, { since, code, reason }: LogFailure): Promise<void> {
  await sql`update log_health set failing_since = coalesce(failing_since, ${since}), code = coalesce(code, ${code}),
    reason = coalesce(reason, ${reason.slice(0, 500)}), holder = ${holder}, seen_at = clock_timestamp()`.execute(tx)
}

/**
 * The log can be written on again. Null when it could before, or when another process says that it cannot.
 * @param takeOver what another process said counts no longer.
 */
export async function clearLogFailure(tx: Tx, holder: string, takeOver: boolean): Promise<LogFailure | null> {
  const { rows } = await sql<HealthRow>`
    select failing_since as since, code, reason from log_health
    where failing_since is not null and (${takeOver} or holder = ${holder}
      or seen_at < clock_timestamp() - make_interval(secs => ${SILENT_SECONDS}))
    for update`.execute(tx)
  if (rows[0] === undefined) return null
  await sql`update log_health set failing_since = null, code = null, reason = null`.execute(tx)
  return failureOf(rows[0])
}

export interface LogState {
  /** Entries that have a place. */
  readonly size: number
  readonly waiting: boolean
  readonly failing: boolean
}

/** What there is to do, in one look. */
export async function logState(tx: Tx): Promise<LogState> {
  const { rows } = await sql<LogState>`select coalesce((select max(seq) + 1 from log_entry), 0) as size,
    exists (select 1 from log_entry where seq is null) as waiting,
    (select failing_since is not null from log_health) as failing`.execute(tx)
  return rows[0] as LogState
}

function failureOf(row: HealthRow | undefined): LogFailure | null {
  return row === undefined ? null : { since: toStamp(row.since), code: row.code, reason: row.reason }
}
