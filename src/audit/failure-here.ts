import type { LogFailure } from './records-health.ts'

/** A process has one log. This holds where the database is what fails; `log_health` tells the other processes. */
let here: LogFailure | null = null

/** Why this process must append nothing; null when it may. */
export function failureHere(): LogFailure | null {
  return here
}

export function setFailureHere(failure: LogFailure | null): void {
  here = failure
}
