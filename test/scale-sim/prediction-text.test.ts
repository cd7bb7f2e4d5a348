import { describe, expect, it } from 'vitest'
import { serverBytes, shardMs } from '../../bench/scale-sim/cluster-plan.ts'
import type { Measured } from '../../bench/scale-sim/measured.ts'
import { INSTALLATIONS, type Installation, rateOf } from '../../bench/scale-sim/plans.ts'
import { predictionText, probabilityText } from '../../bench/scale-sim/prediction-text.ts'
import { withSection } from '../../bench/scale-sim/with-section.ts'

const MEASURED: Measured = {
  date: '2026-01-02',
  machine: '2 x a processor',
  load: 3.5,
  command: 'node bench/scale-sim.ts --write',
  embedded: { dimension: 704, rowMicroseconds: 0.04, overheadMs: 2, spread: 0.1 },
  clickhouse: { dimension: 352, rowMicroseconds: 1, overheadMs: 50, spread: 0.1 },
  comparisons: [{ what: 'p50, 200000 rows', predicted: 200, measured: 230 }],
  shardEnded: 'Shard 2 (127.0.0.1:..., 127.0.0.1:...) of the cluster does not answer.',
}
const PLAN: Installation = {
  engine: 'ClickHouse float32',
  rows: 1_000_000,
  shards: 2,
  replicas: 2,
  cores: 1,
  bandwidth: 1e9,
}

describe('rates of the table', () => {
  it('ClickHouse: time grows with the numbers of a template', () => {
    // 500,000 rows x 1 us x 704 / 352
    expect(shardMs(PLAN, rateOf(PLAN, MEASURED))).toBeCloseTo(1000, 9)
    expect(serverBytes(PLAN, rateOf(PLAN, MEASURED))).toBe(500_000 * (4 * 704 + 18))
  })

  it('codes: one byte a number and 32 for the rest, a coordinator only for several shards', () => {
    const own = { ...PLAN, engine: 'embedded int8' } as const
    expect(serverBytes(own, rateOf(own, MEASURED))).toBe(500_000 * 736)
    expect(rateOf(own, MEASURED).overheadMs).toBe(52)
    expect(rateOf({ ...own, shards: 1 }, MEASURED).overheadMs).toBe(2)
  })
})

describe('text', () => {
  const text = predictionText(MEASURED)

  it('says when, where and how it was measured', () => {
    for (const part of [MEASURED.date, MEASURED.machine, MEASURED.command]) expect(text).toContain(part)
    expect(text).toContain('load average 3.5')
  })

  it('has a line for each installation; what no county may have is marked', () => {
    const lines = text.split('\n').filter((line) => /^\| \d+ million/.test(line))
    expect(lines).toHaveLength(INSTALLATIONS.length)
    for (const line of lines) expect(line.startsWith('| 100 million\\*')).toBe(line.startsWith('| 100'))
    expect(text).toContain('Beyond any lawful county gallery')
  })

  it('sets what was predicted beside what was measured', () => {
    expect(text).toContain('| p50, 200000 rows | 200 | 230 | 1.15 |')
    expect(text).toContain(MEASURED.shardEnded)
  })

  it('is the same again', () => {
    expect(predictionText(MEASURED)).toBe(text)
  })

  it.each([
    [1, '1'],
    [0.99, '0.990'],
    [0.9999, '0.99990'],
    [0.5, '0.50'],
    [0, '0.00'],
  ])('a probability of %d is written %s', (probability, expected) => {
    expect(probabilityText(probability)).toBe(expected)
  })
})

describe('section of a page', () => {
  it('replaces what is between the markers and nothing else', () => {
    const page = '# Page\n\n<!-- scale-sim -->\nold\n<!-- /scale-sim -->\n\n## After\n'
    expect(withSection(page, 'new')).toBe('# Page\n\n<!-- scale-sim -->\n\nnew\n\n<!-- /scale-sim -->\n\n## After\n')
  })

  it('is added at the end where there is none, and found there the next time', () => {
    const once = withSection('# Page\n\nText.\n', 'new')
    expect(once).toBe(
      '# Page\n\nText.\n\n## Predicted latency and coverage\n\n<!-- scale-sim -->\n\nnew\n\n<!-- /scale-sim -->\n',
    )
    expect(withSection(once, 'new')).toBe(once)
  })

  it.each(['<!-- scale-sim -->', '<!-- /scale-sim -->', '<!-- /scale-sim --> <!-- scale-sim -->'])(
    'refuses markers that do not go together: %s',
    (markers) => {
      expect(() => withSection(`# Page\n${markers}\n`, 'new')).toThrow('The page needs')
    },
  )
})
