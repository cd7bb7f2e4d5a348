/** Turns a value of an axis into a place on the drawing. */
export interface ChartScale {
  at(value: number): number
  readonly ticks: readonly ChartTick[]
}

export interface ChartTick {
  readonly value: number
  /** Empty for a line without a number. */
  readonly label: string
}

type Range = readonly [number, number]

/** A logarithmic axis, both ends above 0; ticks at 1, 2 and 5 of every decade, labelled by `label`. */
export function logScale([low, high]: Range, [from, to]: Range, label: (value: number) => string): ChartScale {
  if (!(low > 0 && high > low)) throw new RangeError('A logarithmic axis runs from above 0 upwards.')
  const span = Math.log(high) - Math.log(low)
  const decades = Array.from({ length: Math.ceil(Math.log10(high) - Math.log10(low)) + 2 }, (_, at) => {
    return 10 ** (Math.floor(Math.log10(low)) + at)
  })
  const ticks = decades.flatMap((decade) => [1, 2, 5].map((step) => ({ value: step * decade, main: step === 1 })))
  const few = span / Math.LN10 < 2.2
  return {
    at: (value) => from + ((Math.log(value) - Math.log(low)) / span) * (to - from),
    ticks: ticks
      .filter(({ value }) => value >= low * 0.999 && value <= high * 1.001)
      .map(({ value, main }) => ({ value, label: main || few ? label(value) : '' })),
  }
}

/** An even axis with four to eight ticks at round numbers. */
export function evenScale([low, high]: Range, [from, to]: Range, label: (value: number) => string): ChartScale {
  if (!(high > low)) throw new RangeError('An axis runs upwards.')
  const step = roundStep((high - low) / 7)
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return {
    at: (value) => from + ((value - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: count }, (_, at) => (first + at) * step).map((value) => ({
      value,
      label: label(value),
    })),
  }
}

/** The nearest of 1, 2, 2.5 and 5 times a power of ten. */
function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted))
  return ([1, 2, 2.5, 5].find((step) => step * power >= wanted * 0.99) ?? 10) * power
}
