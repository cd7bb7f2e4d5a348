import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../base/index.ts'
import { type Engine, openEngine } from '../engine/index.ts'
import { good } from './evaluation.fixture.ts'
import type { EvaluationReport } from './evaluation-report.ts'
import { frllSet, hasFrll, WEIGHTS } from './frll.fixture.ts'
import { reportHtml } from './report-html.ts'
import { runEvaluation } from './run-evaluation.ts'

describe.skipIf(!hasFrll)('the engine on sixteen consenting adults', () => {
  let engine: Engine
  let report: EvaluationReport
  beforeAll(async () => {
    engine = await openEngine({ weightsDir: WEIGHTS })
    report = good(await runEvaluation({ engine, clock: systemClock }, await frllSet(16, 4)))
  })
  afterAll(() => engine?.close())

  it('finds every smiling person by the neutral photograph, and tells them from strangers', () => {
    expect(report.protocol).toMatchObject({ enrolled: 12, matedSearches: 12, nonMatedSearches: 4, leftOut: 0 })
    expect(report.cmc[0]).toMatchObject({ errors: 0, trials: 12 })
    expect(report.failures).toMatchObject({ enrolment: { errors: 0 }, extraction: { errors: 0 } })
    expect(report.operatingPoints[1]).toMatchObject({ fnir: { errors: 0 } })
    expect(report.verification.dPrime).toBeGreaterThan(4)
  })

  it('names the model that was measured, and groups too small to state', () => {
    expect(report.model).toEqual(engine.model)
    const sex = report.groups.find(({ axis }) => axis === 'sex')
    expect(sex?.fnir.rows.every(({ rate }) => rate === null)).toBe(true)
    expect(reportHtml(report)).toContain(report.model.sha256)
  })
})
