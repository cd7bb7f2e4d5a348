import type { EvaluationReport, OperatingPoint } from './evaluation-report.ts'
import { rateOf } from './figures/error-rates.ts'
import { interval, plainNumber, score, share } from './plain-numbers.ts'

/** The outcome in sentences for somebody who knows none of the abbreviations. */
export function summaryOf(report: EvaluationReport): readonly string[] {
  const { protocol, operatingPoints } = report
  const main = operatingPoints.find((point) => point.threshold.targetFpir === 0.01)
  return [
    `${plainNumber(protocol.matedSearches)} searches looked for a person among ${plainNumber(protocol.enrolled)} ` +
      `enrolled people, ${plainNumber(protocol.nonMatedSearches)} for a person who was not among them.`,
    ...rankSentences(report),
    ...(main === undefined ? [] : [thresholdSentence(main)]),
  ]
}

function rankSentences({ cmc }: EvaluationReport): readonly string[] {
  const [first, last] = [cmc[0], cmc.at(-1)]
  if (first === undefined || last === undefined) return []
  const [missed, absent] = [rateOf(first.errors, first.trials), rateOf(last.errors, last.trials)]
  return [
    `The person was not in first place in ${share(missed.rate)} of them (95 % interval ${interval(missed)}), and ` +
      `nowhere among the first ${last.rank} candidates in ${share(absent.rate)} (${interval(absent)}).`,
  ]
}

function thresholdSentence({ threshold, fnir, selectivity }: OperatingPoint): string {
  if (threshold.threshold === null) return threshold.sentence
  const candidates = plainNumber(selectivity.errors)
  return (
    `If only candidates with a similarity score of ${score(threshold.threshold)} or above are shown, ` +
    `${plainNumber(threshold.measured.errors)} of ${plainNumber(threshold.measured.trials)} searches for a person ` +
    `who is not enrolled still show somebody (innocent candidates in all: ${candidates}), and ${share(fnir.rate)} of ` +
    `the searches for an enrolled person miss that person (${interval(fnir)}).`
  )
}
