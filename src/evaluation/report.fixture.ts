import { embedded, madeUpReport } from './evaluation.fixture.ts'
import type { EvaluationReport } from './evaluation-report.ts'
import { calibrate } from './figures/calibration.ts'
import { seededRandom } from './figures/intervals.ts'
import type { Groups, MatedSearch, NonMatedSearch } from './figures/searches.ts'
import { measureSearches } from './measure-searches.ts'

/** Quality falls with the number of the probe, and so does the score of its mate. */
function searches(count: number): {
  readonly mated: readonly MatedSearch[]
  readonly nonMated: readonly NonMatedSearch[]
} {
  const random = seededRandom(11)
  const groupsOf = (at: number): Groups => ({
    sex: at % 2 === 0 ? 'F' : 'M',
    race: at % 40 === 0 ? '<rare & few>' : 'W',
  })
  const mated = Array.from({ length: count }, (_, at): MatedSearch => {
    const score = 0.9 - 0.6 * (at / count) - 0.1 * random()
    const listed = score > 0.26
    const rank = score > 0.3 ? 1 : 7
    const common = {
      probe: `person${at}/1.jpg`,
      subject: `person${at}`,
      failed: false,
      strangers: [],
      groups: groupsOf(at),
    }
    return { ...common, mateRank: listed ? rank : null, mateScore: listed ? score : null }
  })
  const nonMated = Array.from({ length: count }, (_, at): NonMatedSearch => {
    const scores = [0.2 + 0.25 * random(), 0.1]
    return { probe: `other${at}/1.jpg`, subject: `other${at}`, failed: false, scores, groups: groupsOf(at) }
  })
  return { mated, nonMated }
}

/** A report in which every part has something to show: misses, thresholds, groups, quality. */
export async function fullReport(count = 400): Promise<EvaluationReport> {
  const base = await madeUpReport()
  const { mated, nonMated } = searches(count)
  const photos = mated.map((search, at) => {
    const [subject = '', name = ''] = search.probe.split('/')
    return { ...embedded(subject, name, [1]), measures: { quality: 100 - (100 * at) / count, luminance: null } }
  })
  const figures = measureSearches({ mated, nonMated, enrolled: 500 }, photos, 1)
  const random = seededRandom(3)
  const calibration = calibrate(Float64Array.from({ length: 20_000 }, () => random() * 0.4))
  return { ...base, ...figures, calibration, limits: ['A limit with <b>signs</b> & "quotes".', ...base.limits] }
}
