import type { ErrorRate } from '../../api/types.ts'
import { formatCount } from '../../components/moment.tsx'

const NOT_STATED = '–'
/** Keeps a number and its unit on one line. */
const SPACE = '\u00a0'

/** A share of searches as hundredths, two or three telling digits: 0.0123 is "1.23 %". Never written for a score. */
export function share(value: number | null): string {
  if (value === null) return NOT_STATED
  const hundredths = value * 100
  if (hundredths === 0) return `0${SPACE}%`
  if (hundredths >= 99.995) return `100${SPACE}%`
  if (hundredths > 10) return `${Number(hundredths.toFixed(hundredths > 99 ? 2 : 1))}${SPACE}%`
  return `${Number(hundredths.toPrecision(hundredths < 1 ? 2 : 3))}${SPACE}%`
}

/** "0.85 % to 1.9 %". */
export function interval(ends: { readonly low: number; readonly high: number } | null): string {
  return ends === null ? NOT_STATED : `${share(ends.low)} to ${share(ends.high)}`
}

/** "12 of 1,897". */
export function outOf({ errors, trials }: Pick<ErrorRate, 'errors' | 'trials'>): string {
  return `${formatCount(errors)} of ${formatCount(trials)}`
}

/** A similarity score: cosine, three places. */
export function score(value: number | null): string {
  return value === null ? NOT_STATED : value.toFixed(3)
}

/** People expected, or a mean or ratio: few digits, never a false exactness. */
export function amount(value: number | null): string {
  if (value === null) return NOT_STATED
  if (value >= 10) return formatCount(Math.round(value))
  if (value >= 1) return String(Number(value.toFixed(1)))
  return value < 0.001 && value > 0 ? 'under 0.001' : String(Number(value.toPrecision(1)))
}

/** "2.7 times": how often a rate is another; nothing of a rate that is unknown, or measured against none. */
export function times(rate: number | null, other: number | null): string {
  return rate === null || other === null || other <= 0 ? NOT_STATED : `${amount(rate / other)}${SPACE}times`
}

/** "1 in 1,000": an FMR in the words of people compared. */
export function oneIn(rate: number): string {
  return rate <= 0 ? NOT_STATED : `1 in ${formatCount(Math.round(1 / rate))}`
}
