import { done, fail, type Outcome } from '../base/index.ts'
import type { CardDiscard, CardFigures, CardThreshold } from './card-figures.ts'
import { axisOf, comparisonsOf } from './read-groups.ts'
import { intervalAt, meanOf, rateOf } from './read-rate.ts'
import { ReportFault, ReportPart } from './report-part.ts'

/** A report and the model it is about. */
export interface ReadFigures {
  readonly modelSha256: string
  readonly figures: CardFigures
}

/** The figures of a report from a file or from the records; one that is damaged says where. */
export function readFigures(report: unknown): Outcome<ReadFigures, 'report_unreadable'> {
  try {
    const whole = new ReportPart(report)
    if (whole.count('schemaVersion') !== 1) throw new ReportFault('schemaVersion')
    return done({ modelSha256: whole.part('model').text('sha256'), figures: figuresOf(whole) })
  } catch (error) {
    if (!(error instanceof ReportFault)) throw error
    return fail('report_unreadable', error.message, 'Make the evaluation again with this version.')
  }
}

function figuresOf(report: ReportPart): CardFigures {
  return {
    madeAt: report.text('madeAt'),
    ...headOf(report),
    cmc: report.parts('cmc').map((point) => ({ rank: point.count('rank'), ...rateOf(point) })),
    rankOneMissByPerson: report.orNull('rankOneMissByPerson', intervalAt),
    thresholds: report.parts('operatingPoints').map(thresholdOf),
    det: report.parts('det').map((point) => ({
      threshold: point.number('threshold'),
      fnir: point.share('fnir'),
      fpir: point.share('fpir'),
    })),
    verification: report
      .part('verification')
      .parts('tar')
      .map((point) => ({
        targetFmr: point.share('targetFmr'),
        threshold: point.orNull('threshold', (part, name) => part.number(name)),
        tar: rateOf(point.part('tar')),
        firm: point.flag('ruleOfThirty'),
      })),
    calibration: calibrationOf(report.part('calibration')),
    groupThreshold: report.orNull('groupThreshold', (part, name) => part.number(name)),
    groups: report.parts('groups').map(axisOf),
    groupComparisons: report.ifThere('groupComparisons', (part, name) => part.parts(name).map(comparisonsOf)),
    discard: report.orNull('discard', discardAt),
    limits: report.texts('limits'),
  }
}

function headOf(report: ReportPart): Pick<CardFigures, 'set' | 'protocol' | 'failures'> {
  const [set, protocol, failures] = [report.part('set'), report.part('protocol'), report.part('failures')]
  return {
    set: {
      name: set.text('name'),
      digest: set.text('digest'),
      photographs: set.count('photographs'),
      people: set.count('people'),
    },
    protocol: {
      sentence: protocol.text('sentence'),
      faceRule: protocol.text('faceRule'),
      enrolled: protocol.count('enrolled'),
      matedSearches: protocol.count('matedSearches'),
      nonMatedSearches: protocol.count('nonMatedSearches'),
      listLength: protocol.count('listLength'),
    },
    failures: { enrolment: rateOf(failures.part('enrolment')), extraction: rateOf(failures.part('extraction')) },
  }
}

function thresholdOf(point: ReportPart): CardThreshold {
  const threshold = point.part('threshold')
  return {
    targetFpir: threshold.share('targetFpir'),
    threshold: threshold.orNull('threshold', (part, name) => part.number(name)),
    fpir: rateOf(threshold.part('measured')),
    fnir: rateOf(point.part('fnir')),
    fnirByPerson: point.orNull('fnirByPerson', intervalAt),
    selectivity: meanOf(point.part('selectivity')),
    carried: threshold.flag('carried'),
    sentence: threshold.text('sentence'),
  }
}

function calibrationOf(calibration: ReportPart): CardFigures['calibration'] {
  return {
    points: calibration.parts('points').map((point) => ({
      score: point.number('score'),
      fmr: point.share('fmr'),
      low: point.share('low'),
      high: point.share('high'),
    })),
    impostorComparisons: calibration.count('impostorComparisons'),
    floor: calibration.share('floor'),
  }
}

function discardAt(report: ReportPart, name: string): CardDiscard {
  const discard = report.part(name)
  return {
    threshold: discard.number('threshold'),
    points: discard.parts('points').map((point) => ({
      fraction: point.share('fraction'),
      leastQuality: point.orNull('leastQuality', (part, field) => part.number(field)),
      rate: rateOf(point.part('rate')),
    })),
    rankCorrelation: discard.orNull('rankCorrelation', (part, field) => part.number(field)),
  }
}
