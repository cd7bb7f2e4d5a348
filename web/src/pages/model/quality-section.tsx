import type { EvaluationFigures, ModelCard } from '../../api/types.ts'
import { DataTable } from '../../components/data-table.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { discardCurve } from './chart/curves.ts'
import { LineChart } from './chart/line-chart.tsx'
import { FigureWithTwin } from './figure-with-twin.tsx'
import { interval, outOf, score, share } from './numbers.ts'

const HINT = 'The quality of a photograph is measured before the search, in the terms of ISO/IEC 29794-5.'

interface QualitySectionProps {
  readonly card: ModelCard
  readonly figures: EvaluationFigures | null
}

export function QualitySection({ card, figures }: QualitySectionProps) {
  const { measured, notMeasured, limits } = card
  return (
    <RuleSection title="Quality of photographs" hint={HINT}>
      {figures === null ? null : <Discard figures={figures} />}
      <p className="small">
        Below {limits.refuseBelowInterEyePixels} pixels between the eyes a face is refused; below{' '}
        {limits.warnBelowInterEyePixels} it is taken with a warning.
      </p>
      <details>
        <summary>{measured.length} components are measured</summary>
        <ul className="columns small">
          {measured.map(({ code, title, iso }) => (
            <li key={code}>
              {title} <span className="soft">{iso === 0 ? 'own measure' : isoNumber(iso)}</span>
            </li>
          ))}
        </ul>
      </details>
      <h3>Not measured</h3>
      <ul className="ruled small">
        {notMeasured.map(({ code, title, iso, reason }) => (
          <li key={code}>
            <p>
              <strong>{title}</strong> <span className="soft">{isoNumber(iso)}</span>
            </p>
            <p className="soft">{reason}</p>
          </li>
        ))}
      </ul>
    </RuleSection>
  )
}

function isoNumber(iso: number): string {
  return `component 0x${iso.toString(16)}`
}

function Discard({ figures }: { readonly figures: EvaluationFigures }) {
  const { discard } = figures
  const curve = discardCurve(figures)
  if (discard === null || curve === null) {
    return <p className="soft small">Whether measured quality foretells a miss was not measured on this set.</p>
  }
  return (
    <FigureWithTwin
      caption={`Does measured quality foretell a miss? Missed mates at a threshold of ${score(discard.threshold)} as the photographs of lowest quality are left out: a useful measure falls steeply from the left.`}
      picture={
        <LineChart
          title="Error versus discard"
          description="Missed mates as the probes of lowest quality are left out. The table below has the numbers."
          xTitle="probes left out, lowest quality first"
          yTitle="missed mates of the rest"
          {...curve}
        />
      }
      twin={
        <DataTable
          caption="Error versus discard"
          columns={[
            { title: 'Left out' },
            { title: 'Lowest quality kept', numeric: true },
            { title: 'Missed mates (FNIR)', numeric: true },
            { title: '95 % interval', numeric: true },
            { title: 'Searches', numeric: true },
          ]}
          rows={discard.points.map(({ fraction, leastQuality, rate }) => [
            share(fraction),
            leastQuality === null ? '–' : String(Math.round(leastQuality)),
            share(rate.rate),
            interval(rate),
            outOf(rate),
          ])}
        />
      }
    />
  )
}
