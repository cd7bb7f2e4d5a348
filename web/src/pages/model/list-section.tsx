import type { EvaluationFigures } from '../../api/types.ts'
import { DataTable } from '../../components/data-table.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { cmcCurve } from './chart/curves.ts'
import { LineChart } from './chart/line-chart.tsx'
import { FigureWithTwin } from './figure-with-twin.tsx'
import { interval, outOf, share } from './numbers.ts'

const HINT =
  'The examiner sees the first candidates, whatever their score. FNIR counts missed mates: searches in which the person was enrolled and did not come up.'
const SHORT_RANKS = [1, 5, 10, 20, 50]

export function ListSection({ figures }: { readonly figures: EvaluationFigures }) {
  const curve = cmcCurve(figures)
  return (
    <RuleSection title="When a person reads the list" hint={HINT}>
      <RankTable figures={figures} ranks={SHORT_RANKS} caption="Missed mates among the first candidates" />
      {figures.rankOneMissByPerson === null ? null : (
        <p className="small soft">
          Missed in first place, with people instead of searches drawn again: {interval(figures.rankOneMissByPerson)}.
        </p>
      )}
      {curve === null ? null : (
        <FigureWithTwin
          caption="CMC: how many of the people who are enrolled stand among the first candidates. Bars are 95 % intervals."
          picture={
            <LineChart
              title="CMC curve"
              description="The share of enrolled people listed rises with the number of candidates read. The table below has the numbers."
              xTitle="candidates read"
              yTitle="mates listed"
              {...curve}
            />
          }
          twin={<RankTable figures={figures} ranks={null} caption="CMC, rank by rank" />}
        />
      )}
    </RuleSection>
  )
}

interface RankTableProps {
  readonly figures: EvaluationFigures
  readonly ranks: readonly number[] | null
  readonly caption: string
}

function RankTable({ figures, ranks, caption }: RankTableProps) {
  const points = figures.cmc.filter(({ rank }) => ranks === null || ranks.includes(rank))
  return (
    <DataTable
      caption={caption}
      columns={[
        { title: 'Candidates read' },
        { title: 'Missed mates (FNIR)', numeric: true },
        { title: '95 % interval', numeric: true },
        { title: 'Searches', numeric: true },
      ]}
      rows={points.map((point) => [
        `first ${point.rank}`,
        share(point.rate === null ? null : 1 - point.rate),
        interval({ low: 1 - point.high, high: 1 - point.low }),
        outOf(point),
      ])}
    />
  )
}
