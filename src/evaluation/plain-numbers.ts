import type { Rate } from './figures/error-rates.ts'
import type { Interval } from './figures/intervals.ts'

const NOT_STATED = '–'

/** A whole number with thousands set apart: 1,234,567. */
export function plainNumber(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** A share as hundredths with two or three telling digits: 0.0123 is "1.23 %". Never written for a score. */
export function share(value: number | null): string {
  if (value === null) return NOT_STATED
  const hundredths = value * 100
  if (hundredths === 0) return '0 %'
  if (hundredths >= 99.995) return '100 %'
  if (hundredths > 10) return `${Number(hundredths.toFixed(hundredths > 99 ? 2 : 1))} %`
  return `${Number(hundredths.toPrecision(hundredths < 1 ? 2 : 3))} %`
}

/** "0.85 % to 1.9 %". */
export function interval(ends: Interval | null): string {
  return ends === null ? NOT_STATED : `${share(ends.low)} to ${share(ends.high)}`
}

/** "12 of 1,897". */
export function counted({ errors, trials }: Rate): string {
  return `${plainNumber(errors)} of ${plainNumber(trials)}`
}

/** The errors behind a share of successes, as successes. */
export function succeeded({ errors, trials }: Rate): string {
  return `${plainNumber(trials - errors)} of ${plainNumber(trials)}`
}

/** A similarity score (cosine) to three places. */
export function score(value: number | null): string {
  return value === null ? NOT_STATED : value.toFixed(3)
}

/** A mean count, such as selectivity, or a ratio. */
export function mean(value: number | null): string {
  if (value === null) return NOT_STATED
  if (value >= 100) return plainNumber(value)
  return value >= 10 ? value.toFixed(1) : value.toFixed(value > 0 && value < 0.1 ? 3 : 2)
}

/** A small rate in powers of ten, two telling digits: "1e-4", "2.5e-6". */
export function power(value: number): string {
  return Number(value.toPrecision(2)).toExponential()
}
