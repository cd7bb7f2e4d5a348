import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakeDeps, good, madeUpReport, peopleFiles, problemOf, setOf, temporaryFolder } from './evaluation.fixture.ts'
import { digestOf, type EvaluationReport } from './evaluation-report.ts'
import { type EvaluationProgress, runEvaluation } from './run-evaluation.ts'

let report: EvaluationReport
beforeAll(async () => {
  report = await madeUpReport()
})

describe('runEvaluation on sixty made-up people', () => {
  it('says what was measured, how, and with which model', () => {
    expect(report).toMatchObject({
      schemaVersion: 1,
      madeAt: '2026-01-02T03:04:05.00Z',
      model: { id: 'fake-engine-1', dimension: 512 },
      set: { name: 'made-up', photographs: 120, people: 60, leftAside: 0 },
      protocol: { leftOut: 15, seed: 1, enrolled: 45, matedSearches: 45, nonMatedSearches: 30, listLength: 50 },
    })
    expect(report.protocol.sentence).toMatch(/15 people, drawn with seed 1.*most similar of the enrolled/s)
    expect(report.protocol.faceRule).toMatch(/several faces/)
  })

  it('an engine that tells these people apart misses nobody', () => {
    expect(report.cmc[0]).toMatchObject({ rank: 1, errors: 0, trials: 45, rate: 1 })
    expect(report.cmc.at(-1)?.rank).toBe(50)
    expect(report.failures).toMatchObject({ enrolment: { errors: 0, trials: 45 }, extraction: { trials: 75 } })
    expect(report.operatingPoints.map(({ threshold }) => threshold.targetFpir)).toEqual([0.1, 0.01, 0.001])
    expect(report.operatingPoints[0]).toMatchObject({ fnir: { errors: 0 }, threshold: { measured: { errors: 3 } } })
    expect(report.verification).toMatchObject({ genuine: 60, failedGenuine: 0, impostor: (120 * 118) / 2 })
    expect(report.verification.tar.map(({ tar }) => tar.rate)).toEqual([1, 1, 1])
  })

  it('a threshold that too few searches carry says so, in the figures and in the limits', () => {
    expect(report.operatingPoints[2]?.threshold).toMatchObject({ carried: false, ruleOfThirty: false })
    expect(report.limits.join(' ')).toMatch(/Threshold for FPIR 0\.1 %:.*too few/)
  })

  it('calibration stops at thirty pairs of two people', () => {
    expect(report.calibration.impostorComparisons).toBe(7080)
    expect(report.calibration.floor).toBeCloseTo(30 / 7080, 9)
    expect(report.calibration.points.every(({ fmr }) => fmr >= 30 / 7080)).toBe(true)
  })

  it('shows the axes that are recorded; a group too small is named without a rate', () => {
    expect(report.groups.map(({ axis }) => axis)).toEqual(['sex'])
    const rows = report.groups[0]?.fnir.rows ?? []
    expect(rows.map(({ group }) => group)).toEqual(['F', 'M'])
    for (const row of rows) expect(row).toMatchObject({ rate: null, suppressed: expect.stringMatching(/trials/) })
    expect(report.limits.join(' ')).toMatch(/Groups too small to state a rate/)
  })

  it('compares people within each recorded group at the threshold of FMR 0.1 % over everybody', () => {
    const [sex, ...more] = report.groupComparisons ?? []
    expect(more).toEqual([])
    expect(sex).toMatchObject({ axis: 'sex', threshold: report.verification.tar[1]?.threshold, impostorPairs: 3480 })
    expect(sex?.everybody).toEqual(report.verification.tar[1]?.fmr)
    expect(sex?.fmr.rows.map(({ group, subjects, trials }) => [group, subjects, trials])).toEqual([
      ['F', 30, 1740],
      ['M', 30, 1740],
    ])
    expect(sex?.fnmr.rows.map(({ rate }) => [rate?.errors, rate?.trials])).toEqual([
      [0, 30],
      [0, 30],
    ])
  })

  it('is plain JSON, and its digest survives being written and read', () => {
    const read = JSON.parse(JSON.stringify(report)) as EvaluationReport
    expect(read).toEqual(report)
    expect(digestOf(read)).toBe(digestOf(report))
    expect(digestOf({ ...read, madeAt: '2026-01-02T03:04:06.00Z' })).not.toBe(digestOf(report))
  })

  it('holds no label of a person and no name of a photograph', () => {
    expect(JSON.stringify(report)).not.toMatch(/p0\d\d|\.jpg/)
  })

  it('the same set and seed give the same figures, another seed another draw', async () => {
    expect(await madeUpReport()).toEqual(report)
    const other = await madeUpReport({ seed: 2 })
    expect(other.set.digest).toBe(report.set.digest)
    expect(other.protocol.sentence).not.toBe(report.protocol.sentence)
    expect(digestOf(other)).not.toBe(digestOf(report))
  })
})

describe('what a set lacks', () => {
  it('without non-mates there is no FPIR, no threshold and no DET, and the limits say so', async () => {
    const few = await madeUpReport({}, 3)
    expect(few).toMatchObject({ operatingPoints: [], det: [], groupThreshold: null, discard: null })
    expect(few.protocol.nonMatedSearches).toBe(0)
    expect(few.limits.join(' ')).toMatch(/nothing is known about FPIR/)
    expect(few.limits.join(' ')).toMatch(/too few pairs of two people/)
    expect(digestOf(few)).toMatch(/^[0-9a-f]{64}$/)
  })

  it('an even sample of comparisons is called one', async () => {
    const sampled = await madeUpReport({ mostComparisons: 1000 })
    expect(sampled.verification).toMatchObject({ impostor: 1000, impostorPairs: 7080 })
    expect(sampled.limits.join(' ')).toMatch(/Of 7,080 pairs of two people an even sample of 1,000/)
    expect(sampled.groupComparisons?.[0]?.fmr.rows.map(({ trials }) => trials)).toEqual([1000, 1000])
    expect(sampled.limits.join(' ')).toMatch(/of 3,480 pairs of two people of one group an even sample of 2,000/)
  })
})

describe('what goes wrong', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  const files = peopleFiles(20, 2)
  beforeAll(async () => {
    folder = await temporaryFolder(files)
  })
  afterAll(() => folder.remove())

  it('refuses a set with nobody to find again before the engine sees a photograph', async () => {
    const deps = fakeDeps()
    const alone = setOf(
      folder.path,
      Object.keys(files).filter((file) => file.endsWith('/0.jpg')),
    )
    expect(problemOf(await runEvaluation(deps, alone)).code).toBe('nobody_with_two_photos')
    expect(deps.engine.counts).toEqual({ analyses: 0, templates: 0 })
  })

  it('failures count as misses, are counted by code, and leave the others alone', async () => {
    await writeFile(join(folder.path, 'p003/1.jpg'), 'NOFACE')
    await writeFile(join(folder.path, 'p004/0.jpg'), 'BROKEN')
    await rename(join(folder.path, 'p005/1.jpg'), join(folder.path, 'p005/gone.jpg'))
    const set = setOf(folder.path, Object.keys(files))
    const photos = set.photos.map(
      (one) => ({ ...one, role: one.file.endsWith('/0.jpg') ? 'gallery' : 'probe' }) as const,
    )
    const report = good(await runEvaluation(fakeDeps(), { ...set, photos }))
    expect(report.protocol).toMatchObject({ enrolled: 19, matedSearches: 20, leftOut: 0 })
    expect(report.cmc.at(-1)).toMatchObject({ errors: 3, trials: 20 })
    expect(report.failures.enrolment).toMatchObject({ errors: 1, trials: 20 })
    expect(report.failures.byCode).toEqual([
      { code: 'file_unreadable', photographs: 1 },
      { code: 'no_face', photographs: 1 },
      { code: 'unreadable_image', photographs: 1 },
    ])
    expect(report.verification).toMatchObject({ genuine: 20, failedGenuine: 3 })
    expect(report.verification.tar[0]?.tar).toMatchObject({ errors: 3, trials: 20 })
  })

  it('a set of which no template can be made is refused with the codes', async () => {
    const bad = await temporaryFolder({ 'a/1.jpg': 'NOFACE', 'a/2.jpg': 'BROKEN', 'b/1.jpg': 'NOFACE 2' })
    const problem = problemOf(await runEvaluation(fakeDeps(), setOf(bad.path, ['a/1.jpg', 'a/2.jpg', 'b/1.jpg'])))
    expect(problem).toMatchObject({ code: 'no_templates', facts: { codes: ['no_face', 'unreadable_image'] } })
    expect(problem.message).toContain('any of the 3 photographs (no_face, unreadable_image)')
    await bad.remove()
  })

  it('one changed byte, label or role gives another digest of the set', async () => {
    const set = setOf(folder.path, Object.keys(files).slice(12))
    const digestWith = async (change: (photo: (typeof set.photos)[number]) => object) => {
      const photos = set.photos.map((one, at) => (at === 1 ? { ...one, ...change(one) } : one))
      return good(await runEvaluation(fakeDeps(), { ...set, photos })).set.digest
    }
    const same = await digestWith(() => ({}))
    expect(await digestWith(() => ({ subject: 'somebody else' }))).not.toBe(same)
    expect(await digestWith(() => ({ role: 'probe' }))).not.toBe(same)
    await writeFile(join(folder.path, set.photos[1]?.file ?? ''), 'PERSON:p006:changed')
    expect(await digestWith(() => ({}))).not.toBe(same)
  })

  it('tells of photographs, then searches, then comparisons', async () => {
    const told: EvaluationProgress[] = []
    const set = setOf(folder.path, Object.keys(files).slice(12))
    await runEvaluation(fakeDeps(), set, {}, (progress) => told.push(progress))
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['templates', 'searches', 'comparisons'])
    for (const phase of ['templates', 'searches', 'comparisons'] as const) {
      const last = told.filter((one) => one.phase === phase).at(-1)
      expect(last?.done).toBe(last?.total)
    }
  })
})
