import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ANN,
  BROUGHT,
  BUILT_IN,
  BUILT_IN_FLOOR,
  CHIEF,
  codeOf,
  must,
  openTestModels,
  person,
  reportOf,
  type TestModels,
} from './operating-point.fixture.ts'
import type { ProposalInput } from './operating-point.ts'
import { proposeOperatingPoint } from './propose-operating-point.ts'
import { currentOperatingPoint } from './records.ts'
import { rejectOperatingPoint } from './reject-operating-point.ts'

let models: TestModels

beforeEach(async () => {
  models = await openTestModels()
})
afterEach(() => models.store.close())

const propose = (input: Partial<ProposalInput>, actor = CHIEF) => {
  const change = { modelSha256: BUILT_IN.model.sha256, similarityFloor: 0.3, ...input }
  return proposeOperatingPoint(models.deps, actor, change)
}
const refusals = async () =>
  (await models.acts()).filter(({ act }) => act === 'operating.point.refused').map(({ facts }) => facts)

describe('a proposal', () => {
  it('of another floor rests on an evaluation and changes nothing yet', async () => {
    const evaluation = await models.evaluate(reportOf())
    const proposal = must(await propose({ evaluation }))
    expect(proposal).toMatchObject({
      ...{ kind: 'floor', model: { id: BUILT_IN.model.id }, similarityFloor: 0.3, evaluation, state: 'proposed' },
      ...{ proposedBy: CHIEF.account, approvals: [], closure: null },
    })
    expect(proposal.findings.map(({ outcome }) => outcome)).toEqual(Array(8).fill('passed'))
    expect(await models.store.transaction({ agency: null }, currentOperatingPoint)).toBeNull()
    expect((await models.acts()).at(-1)).toMatchObject({
      act: 'operating.point.proposed',
      about: proposal.id,
      facts: { model: BUILT_IN.model.sha256, floor: 0.3, evaluation },
    })
  })

  it('of another model is compared with the one in force on the same searches', async () => {
    expect(await models.proposeBrought()).toMatchObject({ kind: 'model', model: { id: 'brought-model' } })
  })
})

describe('is refused, on record,', () => {
  it('without an evaluation, whether none is named or none exists', async () => {
    expect(codeOf(await propose({}))).toBe('evaluation_missing')
    expect(codeOf(await propose({ evaluation: 'eval_00000000000000000099' }))).toBe('evaluation_missing')
    expect(codeOf(await propose({ evaluation: 'Robert; drop table' }))).toBe('evaluation_missing')
    expect(await refusals()).toEqual([
      { codes: ['evaluation_missing'], model: BUILT_IN.model.sha256 },
      { codes: ['evaluation_missing'], model: BUILT_IN.model.sha256, evaluation: 'eval_00000000000000000099' },
      { codes: ['evaluation_missing'], model: BUILT_IN.model.sha256 },
    ])
  })

  it('with a model that nobody registered', async () => {
    expect(codeOf(await propose({ modelSha256: BROUGHT.model.sha256 }))).toBe('model_unknown')
    expect(codeOf(await propose({ modelSha256: 'no digest at all' }))).toBe('model_unknown')
    expect(await refusals()).toEqual([
      { codes: ['model_unknown'], model: BROUGHT.model.sha256 },
      { codes: ['model_unknown'] },
    ])
  })

  it('with the evaluation of another model', async () => {
    const proposal = await models.proposeBrought()
    must(await rejectOperatingPoint(models.deps, CHIEF, { proposal: proposal.id, reason: 'Again.' }))
    const evaluation = proposal.evaluation
    expect(codeOf(await propose({ evaluation }))).toBe('evaluation_other_model')
  })

  it('when nothing changes', async () => {
    const evaluation = await models.evaluate(reportOf())
    expect(codeOf(await propose({ similarityFloor: BUILT_IN_FLOOR, evaluation }))).toBe('nothing_changes')
  })

  it('while another is open', async () => {
    const evaluation = await models.evaluate(reportOf())
    must(await propose({ evaluation }))
    expect(codeOf(await propose({ similarityFloor: 0.25, evaluation }))).toBe('another_proposal_open')
  })

  it.each([
    ['another set', { set: 'b' }],
    ['other searches', { seed: 2 }],
  ])('when the model in force was evaluated on %s only', async (_, wishes) => {
    const proposal = await models.proposeBrought()
    must(await rejectOperatingPoint(models.deps, CHIEF, { proposal: proposal.id, reason: 'Again.' }))
    const evaluation = await models.evaluate(reportOf({ model: BROUGHT.model, ...wishes }))
    const change = { modelSha256: BROUGHT.model.sha256, evaluation }
    expect(codeOf(await propose(change))).toBe('active_not_evaluated')
  })

  it('below the floor, with every rule that failed', async () => {
    const evaluation = await models.evaluate(reportOf({ mated: 100, nonMated: 10, misses: 30 }))
    const outcome = await propose({ evaluation })
    const rules = ['too_few_mated_searches', 'too_few_non_mated_searches', 'misses_above_ceiling']
    expect(outcome).toMatchObject({ problem: { code: 'evaluation_below_floor', facts: { rules } } })
    expect(await refusals()).toEqual([
      { codes: ['evaluation_below_floor', ...rules], model: BUILT_IN.model.sha256, evaluation },
    ])
  })

  it.each([1.01, -1.01, Number.NaN, Number.POSITIVE_INFINITY])('not at all with a floor of %d', async (floor) => {
    expect(codeOf(await propose({ similarityFloor: floor }))).toBe('similarity_floor_unusable')
  })

  it('from anybody but an administrator', async () => {
    for (const actor of [ANN, person('eve', 'examiner'), person('ivo', 'investigator')]) {
      expect(codeOf(await propose({}, actor))).toBe('role_required')
    }
  })
})

it('two at the same moment: one is proposed', async () => {
  const evaluation = await models.evaluate(reportOf())
  const both = await Promise.all([propose({ evaluation }), propose({ evaluation, similarityFloor: 0.25 })])
  expect(both.map(codeOf).sort()).toEqual(['another_proposal_open', 'ok'])
})
