import { beforeAll, describe, expect, it } from 'vitest'
import type { EvaluationReport } from '../evaluation/index.ts'
import { readFigures } from './read-figures.ts'
import { changed, must, rate, reportOf } from './transparency.fixture.ts'

let report: EvaluationReport

beforeAll(async () => {
  report = await reportOf()
})

const spread = {
  ...{ groups: 2, worst: 'F', best: 'M', maxMinusMin: 0.02, gini: 0.1 },
  maxMin: { value: null, low: 1, high: null, note: 'No error in the best group.' },
  maxGeoMean: { value: null, low: 1, high: null, note: null },
}

/** Two groups of people, the second too small. */
function withGroups() {
  const row = (group: string, errors: number) => ({
    group,
    subjects: 40,
    trials: 40,
    rate: rate(errors, 40),
    suppressed: null,
  })
  const small = { group: 'X', subjects: 2, trials: 3, rate: null, suppressed: 'fewer than 10 people' }
  const fnir = { rows: [row('F', 2), row('M', 1), small], unrecorded: 0, spread }
  const fpir = { rows: [row('M', 3)], unrecorded: 4, spread: null }
  return changed(report, ['groups'], [{ axis: 'sex', fnir, fpir, selectivity: fpir, fdr: null }])
}

describe('readFigures', () => {
  it('reads a report as an evaluation writes it, and keeps its numbers as they are', () => {
    const { modelSha256, figures } = must(readFigures(report))
    expect(modelSha256).toBe(report.model.sha256)
    expect(figures.set).toEqual({ name: report.set.name, digest: report.set.digest, photographs: 80, people: 40 })
    expect(figures.protocol.enrolled).toBe(report.protocol.enrolled)
    expect(figures.cmc).toEqual(report.cmc)
    expect(figures.det).toEqual(report.det)
    expect(figures.thresholds).toHaveLength(report.operatingPoints.length)
    for (const [at, { threshold, fnir, selectivity }] of report.operatingPoints.entries()) {
      const { targetFpir, measured: fpir } = threshold
      expect(figures.thresholds[at]).toMatchObject({ targetFpir, fpir, fnir, selectivity })
    }
    expect(figures.calibration).toEqual(report.calibration)
    expect(figures.limits).toEqual(report.limits)
  })

  it('puts missed mates and listed innocents of a group side by side; small groups stay, without a rate', () => {
    const [sex] = must(readFigures(withGroups())).figures.groups
    expect(sex?.rows.map(({ group }) => group)).toEqual(['F', 'M', 'X'])
    expect(sex?.rows[0]).toMatchObject({ missed: { people: 40, rate: { errors: 2 } }, listed: null })
    expect(sex?.rows[1]).toMatchObject({ missed: { rate: { errors: 1 } }, listed: { rate: { errors: 3 } } })
    expect(sex?.rows[2]?.missed).toEqual({ people: 2, trials: 3, rate: null, suppressed: 'fewer than 10 people' })
    expect(sex).toMatchObject({
      missedSpread: { worst: 'F', maxMin: { value: null, low: 1, high: null } },
      listedSpread: null,
    })
  })

  it('reads a discard curve, and a mean count of more than one candidate', () => {
    const points = [{ fraction: 0, discarded: 0, leastQuality: null, rate: rate(4, 40) }]
    const discard = { threshold: 0.4, points, rankCorrelation: -0.2 }
    const read = must(readFigures(changed(report, ['discard'], discard))).figures.discard
    expect(read).toEqual({
      threshold: 0.4,
      points: [{ fraction: 0, leastQuality: null, rate: rate(4, 40) }],
      rankCorrelation: -0.2,
    })
    const many = { ...rate(80, 40), rate: 2, high: 3 }
    const busy = must(readFigures(changed(report, ['operatingPoints', 0, 'selectivity'], many)))
    expect(busy.figures.thresholds[0]?.selectivity).toEqual(many)
  })

  it.each([
    [['schemaVersion'], 2, 'schemaVersion'],
    [['model', 'sha256'], 7, 'model.sha256'],
    [['cmc', 0, 'rank'], '1', 'cmc[0].rank'],
    [['cmc', 0, 'rate'], 1.5, 'cmc[0].rate'],
    [['det'], undefined, 'det'],
    [['det', 0, 'fnir'], null, 'det[0].fnir'],
    [['operatingPoints', 0, 'fnir', 'errors'], -1, 'operatingPoints[0].fnir.errors'],
    [['calibration', 'points'], 'none', 'calibration.points'],
    [['verification'], [], 'verification'],
    [['groups'], [{ axis: 'sex' }], 'groups[0].fnir'],
    [['discard'], { points: [] }, 'discard.threshold'],
    [['limits', 0], { html: '' }, 'limits[0]'],
    [['protocol', 'sentence'], 'x'.repeat(6000), 'protocol.sentence'],
  ] as const)('is left out when its %j is %j, with the place', (path, value, place) => {
    const read = readFigures(changed(report, path, value))
    expect(read).toMatchObject({ ok: false, problem: { code: 'report_unreadable', kind: 'failure' } })
    expect(!read.ok && read.problem.message).toContain(`The report's ${place} is not`)
  })

  it.each([null, [], 'text', 4, {}])('%j is no report', (value) => {
    expect(readFigures(value)).toMatchObject({ ok: false, problem: { code: 'report_unreadable' } })
  })
})
