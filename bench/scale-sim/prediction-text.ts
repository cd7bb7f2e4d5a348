import { coverageProbability, serverBytes, shardMs } from './cluster-plan.ts'
import { markdownTable } from './markdown-table.ts'
import type { Measured, MeasuredCost } from './measured.ts'
import {
  BEYOND_COUNTY_ROWS,
  INSTALLATIONS,
  type Installation,
  rateOf,
  TABLE_CHANCES,
  TABLE_DIMENSION,
} from './plans.ts'
import { simulateQueries } from './simulate-queries.ts'
import { shareWithin } from './slowest-factor.ts'

const SIMULATION = { queries: 100_000, seed: 1 } as const

/** How far the closed form's share of queries within a simulated time may be off: six standard deviations at p50. */
const TOLERANCE = 0.01

const HEADS = [
  ...['gallery', 'shards by', 'S', 'R', 'servers', 'cores a server', 'GB a server'],
  ...['p50 ms', 'p99 ms', 'coverage at .99', 'coverage at .999'],
]

/** What goes into the documentation: the table, where its numbers come from, and how the model did on a real cluster. */
export function predictionText(measured: Measured): string {
  const { date, machine, load, command } = measured
  return [
    `${date}, ${machine}, beside other work (load average ${load}); \`${command}\`. Templates of ${TABLE_DIMENSION} numbers, one search at a time, no filter.`,
    markdownTable(
      HEADS,
      INSTALLATIONS.map((installation) => tableRow(installation, measured)),
    ),
    HOW,
    `Measured constants (processor time, medians; of ClickHouse in ticks of 10 ms, so that its line through two sizes is known to about a seventh): ${costText("the product's own int8 scan", measured.embedded)}; ${costText('ClickHouse', measured.clickhouse)}.`,
    'The same model for the real cluster (two shards, two replicas, a coordinator, 512 numbers, all on this machine, which other work shared; one core for each shard). The p50 is foretold from what passed at 50,000 and 100,000 rows in the same minutes; the least time from processor time alone, as the large table is, and how far it is off is other work and whatever the model leaves out, not told apart here: the milliseconds of the large table are not confirmed on a machine without other work.',
    comparisonTable(measured),
    `One shard ended: coverage 0 predicted, and no list was made: "${measured.shardEnded}"`,
  ].join('\n\n')
}

const HOW = [
  '\\* Beyond any lawful county gallery; here for the arithmetic only.',
  'A search takes the overhead and the slowest shard: rows of a shard x time of a row / cores, or its bytes / memory bandwidth where that is more, times a lognormal noise as measured, other work included.',
  `Assumed, not measured: a pass in ${1 / TABLE_CHANCES.stragglers} takes ${TABLE_CHANCES.stragglerFactor} times as long; servers of 4, 16 and 64 cores read 25, 50 and 200 GB/s; their cores are as fast as this machine's and do nothing else.`,
  'Coverage is the probability that each shard has a replica that is up, with replicas up .99 or .999 of the time and independently; the coordinator, the database and the network are not in it.',
  'Without coverage a search fails and says so. The first living replica is asked, and no second one beside it. A replica whose host vanishes without a word costs the first search after it up to 2 s (`connect_timeout_with_failover_ms`), which is not in p99.',
  'The exact scoring of the candidates from the database is not in it. Several shards of int8 codes are arithmetic too: the product has one, and the overhead of ClickHouse stands in for a coordinator.',
].join(' ')

/** @throws Error when simulation and closed form disagree */
function tableRow(installation: Installation, measured: Measured): readonly string[] {
  const { rows, engine, shards, replicas, cores } = installation
  const rate = rateOf(installation, measured)
  const { p50, p99 } = simulateQueries(installation, rate, TABLE_CHANCES, SIMULATION)
  for (const [part, simulated] of [[0.5, p50] as const, [0.99, p99] as const]) {
    const factor = (simulated - rate.overheadMs) / shardMs(installation, rate)
    const exact = shareWithin(shards, rate.spread, TABLE_CHANCES, factor)
    if (Math.abs(exact - part) > TOLERANCE) throw new Error(`${simulated} ms is the quantile ${exact}, not ${part}.`)
  }
  return [
    `${rows / 1e6} million${rows >= BEYOND_COUNTY_ROWS ? '\\*' : ''}`,
    ...[engine, shards, replicas, shards * replicas, cores].map(String),
    (serverBytes(installation, rate) / 1e9).toFixed(1),
    ...[p50, p99].map(threeDigits),
    ...[0.99, 0.999].map((up) => probabilityText(coverageProbability(installation, up))),
  ]
}

/** 1 - 0.9999 is a little below 0.0001. */
const ROUNDING = 1e-6

/** Enough digits to see how far it is from 1. */
export function probabilityText(probability: number): string {
  const missing = 1 - probability
  return missing <= 0 ? '1' : probability.toFixed(Math.max(2, 1 - Math.floor(Math.log10(missing) + ROUNDING)))
}

function threeDigits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US')
}

function costText(name: string, { dimension, rowMicroseconds, overheadMs, spread }: MeasuredCost): string {
  const row = `${threeDigits(rowMicroseconds * 1000)} ms of one core for a million rows of ${dimension} numbers`
  return `${name} ${row} and ${threeDigits(overheadMs)} ms for a search of any size, spread of the time ${spread.toFixed(2)}`
}

function comparisonTable({ comparisons }: Measured): string {
  return markdownTable(
    ['what', 'predicted ms', 'measured ms', 'measured / predicted'],
    comparisons.map(({ what, predicted, measured }) => [
      what,
      threeDigits(predicted),
      threeDigits(measured),
      (measured / predicted).toFixed(2),
    ]),
  )
}
