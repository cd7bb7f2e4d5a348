import { toStamp } from '../base/index.ts'
import type { Store } from '../store/index.ts'
import { append } from './append.ts'
import { AuditError } from './audit-error.ts'
import { failureHere, setFailureHere } from './failure-here.ts'
import { clearLogFailure, type LogFailure, setLogFailure } from './records-health.ts'
import type { LogContext } from './sign-checkpoint.ts'
import { TlogError } from './tlog/tlog-error.ts'

/** From now on acts are refused, in this process at once and in the others when the database can still be told. */
export async function raiseAlarm(context: LogContext, holder: string, error: unknown): Promise<void> {
  const failure = failureHere() ?? { since: toStamp(context.clock.now()), ...causeOf(error) }
  setFailureHere(failure)
  await tell(context.store, holder, failure).catch(() => undefined)
}

function tell(store: Pick<Store, 'transaction'>, holder: string, failure: LogFailure): Promise<void> {
  return store.transaction({ agency: null }, (tx) => setLogFailure(tx, holder, failure))
}

/** Acts are possible again, and the log says since when they were not. Nothing happens when there was no alarm. */
export async function endAlarm(context: LogContext, holder: string, takeOver: boolean): Promise<void> {
  const before = failureHere()
  try {
    await context.store.transaction({ agency: null }, async (tx) => {
      const failure = (await clearLogFailure(tx, holder, takeOver)) ?? before
      if (failure === null) return
      setFailureHere(null)
      const facts = { since: failure.since, until: toStamp(context.clock.now()), reason: failure.code }
      await append(tx, context, { act: 'log.alarm', actor: null, agency: null, about: null, facts })
    })
  } catch (error) {
    setFailureHere(before)
    throw error
  }
}

/** The database is away or being shut down: no act can happen anyway, and each says so itself. */
export function isAbsence(error: unknown): boolean {
  return codeOf(error) === 'database_unavailable'
}

const DISK: Readonly<Record<string, readonly [code: string, reason: string]>> = {
  ENOSPC: ['disk_full', 'The disk that keeps the log is full.'],
  EDQUOT: ['disk_full', 'The disk that keeps the log is full.'],
  EFBIG: ['disk_full', 'A file of the log may not grow further.'],
  disk_full: ['disk_full', 'The disk of the database is full.'],
  EIO: ['disk_failed', 'The disk that keeps the log reports errors.'],
  EROFS: ['disk_failed', 'The disk that keeps the log cannot be written to.'],
  ENOTDIR: ['folder_closed', 'Something else is where the folder of the log should be.'],
  EEXIST: ['folder_closed', 'Something else is where the folder of the log should be.'],
  EACCES: ['folder_closed', 'The folder of the log may not be written to.'],
  EPERM: ['folder_closed', 'The folder of the log may not be written to.'],
}

function causeOf(error: unknown): Pick<LogFailure, 'code' | 'reason'> {
  if (error instanceof AuditError || error instanceof TlogError) return { code: error.code, reason: error.message }
  const [code, reason] = DISK[codeOf(error)] ?? ['unexpected', 'Something unexpected happened to it.']
  return { code, reason }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
