import { digestOf, type EvaluationReport } from './evaluation-report.ts'
import { type Rate, rateOf } from './figures/error-rates.ts'
import { drawCmc, drawDet, drawDiscard } from './page/draw-curves.ts'
import { drawGroups } from './page/draw-groups.ts'
import { drawFigure, drawSection, drawTable, escapeText, paragraph } from './page/page-parts.ts'
import { PAGE_STYLE } from './page/page-style.ts'
import { counted, interval, plainNumber, power, score, share } from './plain-numbers.ts'
import { summaryOf } from './report-summary.ts'
import { calibrationTable, verificationTable } from './tables-of-comparisons.ts'
import {
  GROUP_COMPARISONS_TITLE,
  groupComparisonFinding,
  groupComparisonSpread,
  groupComparisonTable,
  WHY_WITHIN_GROUPS,
} from './tables-of-group-comparisons.ts'
import { axisTitle, groupTableOf, spreadTable } from './tables-of-groups.ts'
import { cmcTable, detTable, discardTable, failureTable, rankTable, thresholdTable } from './tables-of-searches.ts'

/** The report as one page that needs nothing else: no script, no font, no photograph, no name of a person. */
export function reportHtml(report: EvaluationReport): string {
  const title = `How accurate is ${report.model.id}?`
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeText(title)}</title><style>${PAGE_STYLE}</style></head><body><main>`,
    drawHead(report, title),
    readingSection(report),
    thresholdSection(report),
    innocentSection(report),
    groupSection(report),
    groupComparisonSection(report),
    failureSection(report),
    qualitySection(report),
    comparisonSection(report),
    limitSection(report),
    `<footer>Report ${escapeText(digestOf(report))} (SHA-256 of its data), made ${escapeText(report.madeAt)}.</footer>`,
    '</main></body></html>',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function drawHead(report: EvaluationReport, title: string): string {
  const { set, protocol } = report
  const sizes = `${plainNumber(set.photographs)} photographs of ${plainNumber(set.people)} people`
  return [
    `<header><p class="kicker">Evaluation of a face search engine</p><h1>${escapeText(title)}</h1>`,
    paragraph(`Measured on the set “${set.name}”: ${sizes}, ${plainNumber(protocol.enrolled)} enrolled.`, 'soft'),
    `</header><dl class="key">${keyFigures(report).join('')}</dl>`,
    `<div class="summary">${summaryOf(report)
      .map((sentence) => paragraph(sentence))
      .join('')}</div>`,
  ].join('\n')
}

function keyFigures({ cmc, operatingPoints, failures }: EvaluationReport): readonly string[] {
  const card = (name: string, rate: Rate) =>
    `<div><dt>${escapeText(name)}</dt><dd class="value">${share(rate.rate)}</dd>` +
    `<dd class="ends">${interval(rate)}, ${counted(rate)}</dd></div>`
  const first = cmc[0]
  const shown = operatingPoints.filter(({ threshold }) => threshold.targetFpir >= 0.01)
  return [
    ...(first === undefined ? [] : [card('Mate missed at rank 1', rateOf(first.errors, first.trials))]),
    ...shown.map(({ threshold, fnir }) => card(`Mate missed at FPIR ${share(threshold.targetFpir)}`, fnir)),
    card('Probes that gave no template (FTX)', failures.extraction),
  ]
}

function readingSection(report: EvaluationReport): string {
  const chart = drawCmc(report)
  return drawSection('reading', 'When a person reads the list', [
    paragraph('No threshold: the examiner sees the first R candidates, and it counts whether the mate is among them.'),
    drawTable(rankTable(report)),
    ...(report.rankOneMissByPerson === null
      ? []
      : [paragraph(`Miss at rank 1 with people, not searches, drawn again: ${interval(report.rankOneMissByPerson)}.`)]),
    chart === null ? '' : drawFigure(chart, 'CMC with 95 % intervals; R on a log axis.', cmcTable(report)),
  ])
}

function thresholdSection(report: EvaluationReport): string {
  if (report.operatingPoints.length === 0) return ''
  const chart = drawDet(report)
  const weak = report.operatingPoints.some(({ threshold }) => !threshold.carried)
  return drawSection('threshold', 'When a threshold cuts the list', [
    paragraph(
      'A higher threshold T shows fewer innocent people and misses more mates. SEL is the number of innocent ' +
        'candidates per search of somebody who is not enrolled.',
    ),
    drawTable(thresholdTable(report)),
    weak ? paragraph('* Too few searches for this target: the threshold is a bound, see the limits.', 'soft') : '',
    chart === null
      ? ''
      : drawFigure(chart, 'DET: both axes logarithmic; marks are the thresholds of the table.', detTable(report)),
  ])
}

function innocentSection(report: EvaluationReport): string {
  if (report.calibration.points.length === 0) return ''
  const { impostorComparisons, floor } = report.calibration
  return drawSection('innocent', 'How many innocent people look this much alike', [
    paragraph(
      `Measured on ${plainNumber(impostorComparisons)} pairs of photographs of two people. Multiplied with the number ` +
        'of people searched, it is what every candidate list states beside a score. Nothing is stated below an FMR of ' +
        `${power(floor)}.`,
    ),
    drawTable(calibrationTable(report)),
  ])
}

function groupSection(report: EvaluationReport): string {
  if (report.groups.length === 0) return ''
  const reading =
    report.groupThreshold === null
      ? 'Read at rank 1, whatever the score.'
      : `Read at T = ${score(report.groupThreshold)}, the threshold of FPIR 1 %.`
  const parts = report.groups.flatMap((axis) => {
    const [chart, spread] = [drawGroups(axis), spreadTable(axis)]
    const caption = 'Dots are measured rates, bars 95 % intervals. Where bars overlap widely, no difference is shown.'
    return [
      `<h3>${escapeText(axisTitle(axis))}</h3>`,
      chart === null ? '' : drawFigure(chart, caption, null),
      drawTable(groupTableOf(axis)),
      spread === null ? '' : drawTable(spread),
    ]
  })
  return drawSection('groups', 'For whom', [paragraph(`${reading} FNIR and FPIR are never folded into one.`), ...parts])
}

function groupComparisonSection({ groupComparisons = [] }: EvaluationReport): string {
  if (groupComparisons.length === 0) return ''
  const parts = groupComparisons.flatMap((axis) => {
    const spread = groupComparisonSpread(axis)
    const drawn = [paragraph(groupComparisonFinding(axis)), drawTable(groupComparisonTable(axis))]
    return [`<h3>${escapeText(axisTitle(axis))}</h3>`, ...drawn, spread === null ? '' : drawTable(spread)]
  })
  return drawSection('within', GROUP_COMPARISONS_TITLE, [paragraph(WHY_WITHIN_GROUPS), ...parts])
}

function failureSection(report: EvaluationReport): string {
  const several = `${plainNumber(report.failures.severalFaces)} photographs show several faces. ${report.protocol.faceRule}`
  return drawSection('failures', 'Photographs that could not be used', [
    drawTable(failureTable(report)),
    paragraph(several, 'soft'),
  ])
}

function qualitySection(report: EvaluationReport): string {
  const table = discardTable(report)
  const chart = drawDiscard(report)
  if (table === null) return ''
  return drawSection('quality', 'Does measured quality foretell a miss?', [
    chart === null ? '' : drawFigure(chart, 'A useful quality measure falls steeply from the left.', null),
    drawTable(table),
  ])
}

function comparisonSection(report: EvaluationReport): string {
  const { dPrime, failedGenuine } = report.verification
  const separation = dPrime === null ? '' : ` d' = ${dPrime.toFixed(2)}.`
  return drawSection('comparison', 'One against one', [
    paragraph(`For comparison with published figures only: a search is never one against one.${separation}`),
    drawTable(verificationTable(report)),
    paragraph(`${plainNumber(failedGenuine)} pairs of one person lack a template and count as missed.`, 'soft'),
  ])
}

function limitSection({ protocol, limits, model, set }: EvaluationReport): string {
  const fact = (name: string, value: string) => `<dt>${name}</dt><dd>${escapeText(value)}</dd>`
  const left = set.leftAside === 0 ? '' : ` ${plainNumber(set.leftAside)} lines or files could not be used.`
  return drawSection('limits', 'How it was measured, and what that cannot tell', [
    paragraph(protocol.sentence + left),
    `<ul>${limits.map((limit) => `<li>${escapeText(limit)}</li>`).join('')}</ul>`,
    '<dl class="facts">',
    fact('model', `${model.id}, ${model.dimension} numbers per template`),
    `<dt>model SHA-256</dt><dd><code>${escapeText(model.sha256)}</code></dd>`,
    `<dt>set SHA-256</dt><dd><code>${escapeText(set.digest)}</code></dd>`,
    fact('seed', String(protocol.seed)),
    '</dl>',
  ])
}
