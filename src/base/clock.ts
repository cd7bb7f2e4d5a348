/** The time now, injected so that tests are exact. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until moved; for tests. */
export function fixedClock(start: string): Clock & { advance(milliseconds: number): void } {
  let at = new Date(start).getTime()
  return {
    now: () => new Date(at),
    advance: (milliseconds) => {
      at += milliseconds
    },
  }
}

/** UTC, to a hundredth of a second (CJIS AU-8), e.g. `2026-11-22T15:24:03.17Z`. */
export function toStamp(at: Date): string {
  return `${at.toISOString().slice(0, 22)}Z`
}
