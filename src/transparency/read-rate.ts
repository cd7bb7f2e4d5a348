import type { CardInterval, CardRate } from './card-figures.ts'
import type { ReportPart } from './report-part.ts'

/** A share of trials. */
export function rateOf(part: ReportPart): CardRate {
  const rate = part.orNull('rate', (whole, name) => whole.share(name))
  return { errors: part.count('errors'), trials: part.count('trials'), rate, ...intervalOf(part) }
}

/** A mean count over trials, which may be above 1. */
export function meanOf(part: ReportPart): CardRate {
  const rate = part.orNull('rate', (whole, name) => whole.number(name))
  const ends = { low: part.number('low'), high: part.number('high') }
  return { errors: part.count('errors'), trials: part.count('trials'), rate, ...ends }
}

export function intervalAt(part: ReportPart, name: string): CardInterval {
  return intervalOf(part.part(name))
}

function intervalOf(part: ReportPart): CardInterval {
  return { low: part.share('low'), high: part.share('high') }
}
