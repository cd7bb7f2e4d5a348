import type { ReactNode } from 'react'
import type { EvaluationFigures, GroupAxis, GroupCell, GroupSpread } from '../../api/types.ts'
import { DataTable } from '../../components/data-table.tsx'
import { formatCount } from '../../components/moment.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { axisTitle, groupName, suppressedGroups } from './answers.ts'
import { GroupPairsTables } from './group-pairs-tables.tsx'
import { amount, score, share } from './numbers.ts'
import { RateCell } from './rate-cell.tsx'

const HINT =
  'Missed mates and listed innocents are two different harms and are never folded into one. Where intervals overlap widely, no difference is shown.'

export function GroupSection({ figures }: { readonly figures: EvaluationFigures }) {
  const { groups, groupThreshold, groupComparisons } = figures
  const reading =
    groupThreshold === null ? 'first place, whatever the score' : `a threshold of ${score(groupThreshold)}`
  return (
    <RuleSection title="For whom" hint={HINT}>
      {groups.length === 0 ? (
        <p>The set records nothing about the people in it, so no difference between groups is known.</p>
      ) : (
        <p className="small soft">Read at {reading}. Under each rate its 95 % interval.</p>
      )}
      {groups.map((axis) => (
        <Axis key={axis.axis} axis={axis} />
      ))}
      {groups.length === 0 ? null : <GroupPairsTables comparisons={groupComparisons} />}
    </RuleSection>
  )
}

function Axis({ axis }: { readonly axis: GroupAxis }) {
  const small = suppressedGroups(axis)
  return (
    <div className="stack">
      <DataTable
        caption={axisTitle(axis.axis)}
        columns={[
          { title: 'Group' },
          { title: 'Missed mates (FNIR)', numeric: true },
          { title: 'Searches', numeric: true },
          { title: 'List innocents (FPIR)', numeric: true },
          { title: 'Searches', numeric: true },
        ]}
        rows={axis.rows.map(({ group, missed, listed }) => [groupName(group), ...cells(missed), ...cells(listed)])}
      />
      {small.length === 0 ? null : (
        <p className="small">
          Too few people or searches to state a rate: {small.join(', ')}. Nothing is known about them.
        </p>
      )}
      <Spread name="Missed mates" spread={axis.missedSpread} />
      <Spread name="Listed innocents" spread={axis.listedSpread} />
    </div>
  )
}

function cells(cell: GroupCell | null): readonly ReactNode[] {
  if (cell === null) return ['not measured', '0']
  const { rate, trials } = cell
  return [rate === null ? 'too few' : <RateCell key="rate" rate={rate} />, formatCount(trials)]
}

function Spread({ name, spread }: { readonly name: string; readonly spread: GroupSpread | null }) {
  if (spread === null) return null
  const { worst, best, maxMin, maxMinusMin, gini } = spread
  const ends = `${amount(maxMin.low)} to ${maxMin.high === null ? 'no upper bound' : amount(maxMin.high)}`
  const ratio = maxMin.value === null ? `undefined (${ends})` : `${amount(maxMin.value)} (${ends})`
  return (
    <p className="small soft">
      {name}: highest in {groupName(worst)}, lowest in {groupName(best)}; Max/Min {ratio}, Max − Min{' '}
      {share(maxMinusMin)}, Gini {gini.toFixed(3)} (0 is equal).
    </p>
  )
}
