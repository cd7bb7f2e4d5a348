import type { ModelCard } from '../../api/types.ts'
import { DataTable } from '../../components/data-table.tsx'
import { formatCount } from '../../components/moment.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { amount, oneIn, score } from './numbers.ts'

const HINT =
  'Every candidate list states beside a score how many innocent people chance alone brings. It rests on these.'
const GALLERIES = [1_000, 10_000, 100_000, 1_000_000]

/** Innocent people to expect at a score or above, by size of the gallery: N x FMR. */
export function CalibrationSection({ calibration }: Pick<ModelCard, 'calibration'>) {
  const { points, dataset, impostorComparisons, origin } = calibration
  const last = points.at(-1)
  const source = origin === 'engine' ? 'Measured with this version' : 'From the evaluation that the change rests on'
  return (
    <RuleSection title="How many innocent people look this much alike" hint={HINT}>
      {last === undefined ? (
        <p className="soft">Nothing was measured, so no candidate list can say how many innocents to expect.</p>
      ) : (
        <>
          <DataTable
            caption="Innocent people to expect at a similarity score or above"
            columns={[
              { title: 'Similarity score' },
              { title: 'of two people (FMR)', numeric: true },
              ...GALLERIES.map((people) => ({ title: `among ${formatCount(people)}`, numeric: true })),
            ]}
            rows={points.map(({ score: at, fmr }) => [
              score(at),
              oneIn(fmr),
              ...GALLERIES.map((people) => amount(people * fmr)),
            ])}
          />
          <p className="small soft">
            {source}: {dataset}, {formatCount(impostorComparisons)} pairs of photographs of two people. Above{' '}
            {score(last.score)} nothing is measured; lists then say “fewer than”. Relatives and look-alikes raise every
            figure.
          </p>
        </>
      )}
    </RuleSection>
  )
}
