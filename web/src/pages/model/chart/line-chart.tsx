import { useId } from 'react'
import type { Scale } from './scale.ts'

/** A measured point with its interval. */
export interface ChartMark {
  readonly x: number
  readonly y: number
  readonly low: number
  readonly high: number
  readonly label: string
}

interface LineChartProps {
  readonly title: string
  /** What the picture shows, for those who do not see it. */
  readonly description: string
  readonly xTitle: string
  readonly yTitle: string
  readonly x: Scale
  readonly y: Scale
  readonly line: readonly (readonly [number, number])[]
  readonly marks: readonly ChartMark[]
}

/** The drawing area in a picture of 720 by 400. */
export const PLOT = { left: 82, top: 16, right: 692, bottom: 336 } as const
export const ACROSS = [PLOT.left, PLOT.right] as const
export const UPWARDS = [PLOT.bottom, PLOT.top] as const

/** One curve with its grid, axes and measured points; its numbers stand in a table beside it. */
export function LineChart({ title, description, line, marks, ...axes }: LineChartProps) {
  const id = useId()
  const { x, y } = axes
  const path = line.map(([across, up], at) => `${at === 0 ? 'M' : 'L'}${place(x.at(across))} ${place(y.at(up))}`)
  return (
    <svg className="chart" viewBox="0 0 720 400" role="img" aria-labelledby={`${id}-title ${id}-text`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-text`}>{description}</desc>
      <Axes {...axes} />
      <path className="chart__curve" d={path.join('')} />
      {marks.map((mark) => (
        <Mark key={`${mark.x} ${mark.y}`} mark={mark} x={x} y={y} />
      ))}
    </svg>
  )
}

function Axes({ x, y, xTitle, yTitle }: Pick<LineChartProps, 'x' | 'y' | 'xTitle' | 'yTitle'>) {
  const [middle, centre] = [(PLOT.left + PLOT.right) / 2, (PLOT.top + PLOT.bottom) / 2]
  return (
    <g>
      {x.ticks.map(({ value, label }) => (
        <g key={value}>
          <path className={gridOf(label)} d={`M${place(x.at(value))} ${PLOT.top}V${PLOT.bottom}`} />
          <text x={place(x.at(value))} y={PLOT.bottom + 20} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
      {y.ticks.map(({ value, label }) => (
        <g key={value}>
          <path className={gridOf(label)} d={`M${PLOT.left} ${place(y.at(value))}H${PLOT.right}`} />
          <text x={PLOT.left - 8} y={place(y.at(value)) + 4} textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      <text className="chart__axis" x={middle} y={PLOT.bottom + 50} textAnchor="middle">
        {xTitle}
      </text>
      <text className="chart__axis" x={14} y={centre} textAnchor="middle" transform={`rotate(-90 14 ${centre})`}>
        {yTitle}
      </text>
    </g>
  )
}

function Mark({ mark, x, y }: { readonly mark: ChartMark; readonly x: Scale; readonly y: Scale }) {
  const within = (value: number) => place(Math.min(PLOT.bottom, Math.max(PLOT.top, y.at(value))))
  const [at, dot, low, high] = [place(x.at(mark.x)), within(mark.y), within(mark.low), within(mark.high)]
  const left = at > PLOT.right - 120
  return (
    <g>
      <path className="chart__bar" d={`M${at} ${low}V${high}M${at - 5} ${low}h10M${at - 5} ${high}h10`} />
      <circle className="chart__dot" cx={at} cy={dot} r="4.5" />
      {mark.label === '' ? null : (
        <text className="chart__name" x={at + (left ? -10 : 10)} y={dot - 8} textAnchor={left ? 'end' : 'start'}>
          {mark.label}
        </text>
      )}
    </g>
  )
}

function gridOf(label: string): string {
  return label === '' ? 'chart__grid chart__grid--fine' : 'chart__grid'
}

/** NaN, as of a rate of 0 on a logarithmic axis, would break the whole picture. */
function place(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 10) / 10 : PLOT.bottom
}
