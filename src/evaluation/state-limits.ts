import type { EvaluationReport } from './evaluation-report.ts'
import { RULE_OF_THIRTY } from './figures/intervals.ts'
import { plainNumber, power, share } from './plain-numbers.ts'
import { axisTitle } from './tables-of-groups.ts'

type Measured = Pick<
  EvaluationReport,
  'protocol' | 'failures' | 'operatingPoints' | 'verification' | 'calibration' | 'groups' | 'groupComparisons'
>

/** What the figures of this report cannot tell, in sentences. */
export function limitsOf(report: Measured): readonly string[] {
  return [
    ALWAYS,
    ...sizeLimits(report),
    ...openSetLimits(report),
    ...comparisonLimits(report),
    ...groupLimits(report),
    ...groupComparisonLimits(report),
  ]
}

const ALWAYS =
  'The figures hold for photographs like these. Probes that are darker, smaller, more turned or older than these ' +
  'will be missed more often.'

function sizeLimits({ protocol }: Measured): readonly string[] {
  return [
    `The gallery held ${plainNumber(protocol.enrolled)} people. In a larger gallery more innocent people reach any ` +
      'threshold, and more mates are crowded off the list.',
    'Labels are taken for true: a person under two names, or a wrong name, counts as an error of the engine.',
  ]
}

function openSetLimits({ protocol, operatingPoints }: Measured): readonly string[] {
  if (protocol.nonMatedSearches === 0) {
    return ['No probe shows a person outside the gallery, so nothing is known about FPIR, and no threshold is set.']
  }
  return operatingPoints
    .filter((point) => !point.threshold.ruleOfThirty)
    .map(({ threshold }) => `Threshold for FPIR ${share(threshold.targetFpir)}: ${threshold.sentence}`)
}

function comparisonLimits({ verification, calibration }: Measured): readonly string[] {
  const sampled =
    verification.impostor < verification.impostorPairs
      ? [
          `Of ${plainNumber(verification.impostorPairs)} pairs of two people an even sample of ` +
            `${plainNumber(verification.impostor)} was compared.`,
        ]
      : []
  const floor =
    calibration.points.length === 0
      ? 'There are too few pairs of two people to state any FMR.'
      : `No FMR below ${power(calibration.floor)} is stated: fewer than 30 pairs would carry it. Pairs ` +
        'share people, so the true intervals of the calibration are wider than those printed.'
  return [...sampled, floor]
}

function groupLimits({ groups, groupComparisons = [] }: Measured): readonly string[] {
  const axes = [...groups, ...groupComparisons].map(({ axis }) => axis)
  if (axes.length === 0)
    return ['Nothing about sex, age or race is recorded, so no difference between groups is shown.']
  const recorded = 'Groups are as the source recorded them; nothing about a person was inferred from the face.'
  const skin =
    'Luminance of the face is measured on the photograph and depends on the light as much as on the skin: read it as ' +
    'a property of photographs.'
  const rows = [...groups.map(({ fnir }) => fnir), ...groupComparisons.map(({ fmr }) => fmr)].flatMap(
    (table) => table.rows,
  )
  const suppressed = rows.some((row) => row.suppressed !== null)
  return [
    ...(axes.some((axis) => axis !== 'skin') ? [recorded] : []),
    ...(axes.includes('skin') ? [skin] : []),
    ...(suppressed ? ['Groups too small to state a rate are named without one.'] : []),
  ]
}

function groupComparisonLimits({ groupComparisons = [] }: Measured): readonly string[] {
  const [first] = groupComparisons
  if (first === undefined) return []
  const sampled = groupComparisons.flatMap(({ axis, impostorPairs, fmr }) => {
    const compared = fmr.rows.reduce((total, row) => total + row.trials, 0)
    if (compared === impostorPairs) return []
    const pairs = `${axisTitle({ axis })}: of ${plainNumber(impostorPairs)} pairs of two people of one group`
    return [`${pairs} an even sample of ${plainNumber(compared)} was compared.`]
  })
  const weak =
    first.everybody.errors < RULE_OF_THIRTY
      ? [
          'The threshold at which groups are compared within rests on fewer than 30 pairs: FMR by group is a rough guide.',
        ]
      : []
  const shared =
    'Pairs within a group share people, so the true intervals of FMR and FNMR by group are wider than those printed.'
  return [...sampled, ...weak, shared]
}
