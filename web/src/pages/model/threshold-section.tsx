import type { EvaluationFigures } from '../../api/types.ts'
import { DataTable } from '../../components/data-table.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { detCurve } from './chart/curves.ts'
import { LineChart } from './chart/line-chart.tsx'
import { FigureWithTwin } from './figure-with-twin.tsx'
import { amount, interval, score, share } from './numbers.ts'
import { RateCell } from './rate-cell.tsx'

const HINT =
  'A higher threshold lists fewer innocents and misses more mates. FPIR counts searches for somebody who is not enrolled that list somebody all the same.'
const MOST_POINTS = 16

export function ThresholdSection({ figures }: { readonly figures: EvaluationFigures }) {
  const { thresholds } = figures
  const curve = detCurve(figures)
  if (thresholds.length === 0) return null
  return (
    <RuleSection title="When a threshold cuts the list" hint={HINT}>
      <ThresholdTable thresholds={thresholds} />
      <p className="small soft">
        Under each rate its 95 % interval; “by person” draws people, not searches, again.
        {thresholds.some(({ carried }) => !carried)
          ? ' * Too few searches for this target: the threshold is only a bound.'
          : ''}
      </p>
      {curve === null ? null : (
        <FigureWithTwin
          caption="DET: the trade between missed mates and searches that list innocents, both on logarithmic axes. Marks are the thresholds of the table."
          picture={
            <LineChart
              title="DET curve"
              description="Missed mates fall as searches that list innocents rise. The table below has the numbers."
              xTitle="searches that list innocents (FPIR)"
              yTitle="missed mates (FNIR)"
              {...curve}
            />
          }
          twin={<DetTable det={figures.det} />}
        />
      )}
    </RuleSection>
  )
}

function ThresholdTable({ thresholds }: Pick<EvaluationFigures, 'thresholds'>) {
  return (
    <DataTable
      caption="Only candidates at the threshold or above are listed"
      columns={[
        { title: 'Target FPIR' },
        { title: 'Threshold', numeric: true },
        { title: 'List innocents (FPIR)', numeric: true },
        { title: 'Missed mates (FNIR)', numeric: true },
        { title: 'FNIR by person', numeric: true },
        { title: 'Innocents per search', numeric: true },
      ]}
      rows={thresholds.map(({ targetFpir, threshold, fpir, fnir, fnirByPerson, selectivity, carried }) => [
        `${share(targetFpir)}${carried ? '' : ' *'}`,
        score(threshold),
        <RateCell key="fpir" rate={fpir} />,
        <RateCell key="fnir" rate={fnir} />,
        interval(fnirByPerson),
        amount(selectivity.rate),
      ])}
    />
  )
}

function DetTable({ det }: Pick<EvaluationFigures, 'det'>) {
  const step = Math.max(1, (det.length - 1) / (MOST_POINTS - 1))
  const places = new Set(Array.from({ length: MOST_POINTS }, (_, at) => Math.round(at * step)))
  return (
    <DataTable
      caption="DET, some points"
      columns={[{ title: 'Threshold' }, { title: 'FPIR', numeric: true }, { title: 'FNIR', numeric: true }]}
      rows={det
        .filter((_, at) => places.has(at))
        .map(({ threshold, fpir, fnir }) => [score(threshold), share(fpir), share(fnir)])}
    />
  )
}
