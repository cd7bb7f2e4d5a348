import type { EvaluationFigures, GroupComparisons } from '../../api/types.ts'
import { DataTable } from '../../components/data-table.tsx'
import { axisTitle } from './answers.ts'
import {
  noPairs,
  PAIRS_TITLE,
  pairsFinding,
  pairsNotStated,
  pairsReading,
  pairsRows,
  WHY_WITHIN_GROUPS,
} from './group-pairs.ts'
import { RateCell } from './rate-cell.tsx'

export function GroupPairsTables({ comparisons }: { readonly comparisons: EvaluationFigures['groupComparisons'] }) {
  const none = noPairs(comparisons)
  return (
    <>
      <h3>{PAIRS_TITLE}</h3>
      <p className="small">{WHY_WITHIN_GROUPS}</p>
      {none === null ? null : <p className="small soft">{none}</p>}
      {comparisons?.map((one) => (
        <Pairs key={one.axis} comparisons={one} />
      ))}
    </>
  )
}

function Pairs({ comparisons }: { readonly comparisons: GroupComparisons }) {
  const small = pairsNotStated(comparisons)
  const finding = pairsFinding(comparisons.spread)
  return (
    <div className="stack">
      <DataTable
        caption={`${axisTitle(comparisons.axis)}: pairs within a group`}
        columns={[
          { title: 'Group' },
          { title: 'People', numeric: true },
          { title: 'Pairs', numeric: true },
          { title: 'Taken for one person (FMR)', numeric: true },
          { title: 'Of everybody’s FMR', numeric: true },
        ]}
        rows={pairsRows(comparisons).map(({ group, people, pairs, rate, timesEverybody }) => [
          ...[group, people, pairs],
          rate === null ? 'too few' : <RateCell key="rate" rate={rate} />,
          timesEverybody,
        ])}
      />
      <p className="small soft">{pairsReading(comparisons)}</p>
      {finding === null ? null : <p className="small soft">{finding}</p>}
      {small.length === 0 ? null : <p className="small">Not stated: {small.join(' ')}</p>}
    </div>
  )
}
